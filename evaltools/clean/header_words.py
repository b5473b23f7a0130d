"""The words of a header: small letters, abbreviations written out, hints of format left out."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType

from evaltools.clean.tidy_text import tidy

__all__ = ["header_words", "words_of"]

_WORD = re.compile(r"[^\W_]+")
_ABBREVIATIONS = (
    "appt: appointment; apt: appointment; dob: date birth; yob: year birth; dt: date; emp: employment; empl: "
    "employment; es: employment specialist; hr: hour; hrs: hour; hours: hour; wk: week; wks: week; wkly: weekly; "
    "pw: per week; ph: per hour; mth: month; mths: month; yr: year; yrs: year; no: number; nr: number; num: "
    "number; nbr: number; vp: vocational profile; diag: diagnosis; dx: diagnosis; spec: specialist; qty: "
    "quantity; ident: identifier; id: identifier; wte: fte; 1st: first; 2nd: second; 3rd: third; f2f: face to "
    "face; cmht: community mental health team; dep: deprivation; prim: primary; mh: mental health; ni: national "
    "insurance; nino: national insurance number; tel: telephone; amt: amount; org: organisation"
)
_SHORT = MappingProxyType(dict(pair.split(": ") for pair in _ABBREVIATIONS.split("; ")))
_HINTS = re.compile(
    r"\(?\b(?:d{1,2}[/\-. ]m{1,3}[/\-. ]y{2,4}|y{4}-m{2}(?:-d{2})?|yes ?/ ?no|y ?/ ?n|please select|drop ?down|if known"
    r"|optional|mandatory|select)\b\)?|[*†:]",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}[A-Za-z]?\b|\b(?:[A-Za-z]\.){2,}")
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")


def words_of(text: str) -> frozenset[str]:
    """Give the words of a list that is written as one text.

    >>> sorted(words_of("note notes"))
    ['note', 'notes']
    """
    return frozenset(_WORD.findall(text))


@lru_cache(maxsize=50_000)
def header_words(header: str) -> tuple[str, ...]:
    """Split a header into words.

    >>> header_words("Appt_3 Dt (dd/mm/yyyy)"), header_words("VPStart"), header_words("D.O.B.")
    (('appointment', '3', 'date'), ('vocational', 'profile', 'start'), ('date', 'birth'))
    """
    whole = _DOTTED.sub(lambda found: found[0].replace(".", ""), tidy(header))
    text = _HINTS.sub(" ", whole.replace("£", " pounds ").replace("#", " number "))
    text = re.sub(r"(?<=[A-Z]{2})(?=[A-Z][a-z]{2})", " ", _HUMPS.sub(" ", text)).replace("'", "")
    words: list[str] = []
    for word in _WORD.findall(text.casefold()):
        words += _SHORT.get(word, word).split()
    return tuple(words)
