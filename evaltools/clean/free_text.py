"""Tell columns of free text, which are never read: notes, comments, names of employers."""

from __future__ import annotations

from collections.abc import Sequence

from evaltools.clean.header_words import header_words, words_of
from evaltools.clean.sheet import Cell

__all__ = ["free_text"]

_WORDS = words_of("note notes comment comments narrative remarks remark text")
_NAMES = words_of("employer company workplace business organisation name of work place job title role occupation position")
_OF_JOBS = frozenset({"employer", "company", "workplace", "title", "role", "occupation"})
_LONG, _SHARE = 45, 0.5  # letters from which an entry is a sentence, and the share of the entries that must be so long


def free_text(header: str, cells: Sequence[Cell]) -> str:
    """Say why a column is free text, or ''. cells: some of its filled cells.

    >>> free_text("Notes", []), free_text("Outcome", ["F"])
    ('free text (by its header)', '')
    """
    words = set(header_words(header))
    if _WORDS & words:
        return "free text (by its header)"
    if words & _OF_JOBS and words <= _NAMES:
        return "free text (names of employers or jobs)"
    long = [isinstance(cell, str) and len(cell) > _LONG and " " in cell for cell in cells]
    return "free text (long entries)" if long and sum(long) >= _SHARE * len(long) else ""
