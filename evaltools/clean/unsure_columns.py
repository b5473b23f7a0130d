"""How sure a proposal is: certain and likely ones may be accepted without a question, unsure ones never."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from evaltools.clean.header_words import header_words, words_of

__all__ = ["THRESHOLDS", "Match", "Sureness", "Thresholds", "says_too_little", "sureness"]

Sureness = Literal["certain", "likely", "unsure"]


@dataclass(frozen=True)
class Thresholds:
    """Every threshold of the mapping, each from 0 to 1.

    shown: score from which a field is proposed at all. likely_header: similarity of header and name from which a proposal
    may be likely. named: from which the header is one of the field's very names (a group's name may stand above it).
    fits: share of the entries that the field must be able to hold; fits_named: the same where the header is such a name;
    fits_coded: where moreover the field holds codes, as each unknown code is asked about. ahead: how far the next field
    must lie behind. context: how much a table gains that other columns of the sheet speak for.
    """

    shown: float = 0.4
    likely_header: float = 0.85
    named: float = 0.95
    fits: float = 0.9
    fits_named: float = 0.7
    fits_coded: float = 0.4
    ahead: float = 0.12
    context: float = 0.1


THRESHOLDS = Thresholds()


@dataclass(frozen=True)
class Match:
    """How a column and a field match. similarity: of the header and the field's nearest name. fit: of the entries.

    lead: score less that of the next field. vague: the header alone says too little. names: how many fields have this very
    name. coded: the field holds codes. empty: the column has no entries, so that its name alone must do.
    """

    similarity: float
    fit: float
    lead: float
    vague: bool = False
    names: int = 1
    coded: bool = False
    empty: bool = False


_GENERIC = words_of(
    "a active age amount band category code comment count cost current date day description detail duration end "
    "ended finish from full group held hour in kind level line name new note number of on or other outcome period "
    "reason result score service source start started state status stop the time to total type unit value week year"
)


def says_too_little(header: str, speaking: Sequence[str] = ()) -> bool:
    """Say whether a header has no word that names one thing: 'Start date' may be of a job, of support or of a post.

    speaking: generic words that are enough all the same, such as 'age'.

    >>> says_too_little("Start date"), says_too_little("Job start date")
    (True, False)
    """
    return set(header_words(header)) <= _GENERIC - set(speaking)


def sureness(match: Match) -> Sureness:
    """Judge one proposal: certain or likely ones need no question.

    >>> sureness(Match(1.0, 1.0, 0.4)), sureness(Match(0.9, 1.0, 0.3)), sureness(Match(1.0, 0.3, 0.4))
    ('certain', 'likely', 'unsure')
    """
    named = match.similarity >= THRESHOLDS.named and match.names == 1
    if match.empty:
        return "likely" if named and not match.vague else "unsure"
    if match.vague or match.similarity < THRESHOLDS.likely_header or match.fit < _needed(named, match.coded):
        return "unsure"
    if match.similarity == 1.0 and named and match.lead > 0 and match.fit >= THRESHOLDS.fits:
        return "certain"
    return "likely" if match.lead >= THRESHOLDS.ahead else "unsure"


def _needed(named: bool, coded: bool) -> float:
    if not named:
        return THRESHOLDS.fits
    return THRESHOLDS.fits_coded if coded else THRESHOLDS.fits_named
