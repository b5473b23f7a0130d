"""Say which entries of a coded column are known words, and propose a code for those that are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from evaltools.clean.coerce_booleans import read_boolean
from evaltools.schema.table import Codelist

__all__ = ["ProposedCodes", "UnseenEntry", "propose_codes"]

_SHORT = 2  # letters up to which an entry means nothing by itself
_ALIKE = 70.0  # of 100, from which a known word is proposed
_YES_NO = Codelist("yes or no", {"true": "Yes", "false": "No"}, {"yes": "true", "no": "false"})


@dataclass(frozen=True)
class UnseenEntry:
    """An entry for a person to read. count: of cells. guesses: codes with the words most like it, best first.

    doubtful: the codelist knows it, but hardly as this provider means it.
    """

    entry: str
    count: int
    guesses: tuple[str, ...]
    doubtful: bool = False


@dataclass(frozen=True)
class ProposedCodes:
    """known: entries that the codelist's words decide. unseen: those for a person. allowed: codes to choose from."""

    known: Mapping[str, str]
    unseen: tuple[UnseenEntry, ...]
    allowed: tuple[str, ...]


def propose_codes(counts: Mapping[str, int], codelist: Codelist | None) -> ProposedCodes:
    """Sort the entries of a column. counts: cells of each distinct entry, tidied. codelist: None for yes or no.

    >>> sex = Codelist("sex", {"female": "Female", "male": "Male"}, {"f": "female", "female": "female", "male": "male"})
    >>> done = propose_codes({"F": 9, "Femal": 1}, sex)
    >>> dict(done.known), done.unseen[0].guesses
    ({'F': 'female'}, ('female',))
    """
    known: dict[str, str] = {}
    unseen: list[UnseenEntry] = []
    words = codelist or _YES_NO
    for entry, count in counts.items():
        code = _known(entry, codelist)
        if code is None:
            unseen.append(UnseenEntry(entry, count, _guesses(entry, words)))
        else:
            known[entry] = code
    doubtful = _doubtful(known, unseen)
    asked = [UnseenEntry(entry, counts[entry], (known.pop(entry),), True) for entry in doubtful]
    return ProposedCodes(known, (*unseen, *asked), tuple(words.labels))


def _doubtful(known: Mapping[str, str], unseen: Sequence[UnseenEntry]) -> list[str]:
    """Find entries such as 'A' that the list knows beside letters that it does not: they are another list's."""
    if not any(len(one.entry) <= _SHORT for one in unseen):
        return []
    return [entry for entry, code in known.items() if len(entry) <= _SHORT and code != "unknown"]


def _known(entry: str, codelist: Codelist | None) -> str | None:
    if codelist is not None:
        return codelist.synonyms.get(entry.casefold())
    reading = read_boolean(entry)
    return None if reading.code else {True: "true", False: "false", None: "unknown"}[reading.value]


def _guesses(entry: str, codelist: Codelist) -> tuple[str, ...]:
    near = process.extract(entry.casefold(), list(codelist.synonyms), scorer=fuzz.WRatio, score_cutoff=_ALIKE, limit=5)
    return tuple(dict.fromkeys(codelist.synonyms[word] for word, _, _ in near))[:2]
