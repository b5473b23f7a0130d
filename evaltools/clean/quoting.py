"""Quote an entry in a finding only where it is nearly a known code: anything else may be somebody's name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from evaltools.clean.sheet import Cell

__all__ = ["quoted"]

_CODE_LIKE = re.compile(r"[^\W\d_][^\d\n]{0,39}")
_NEAR = 0.8  # of difflib's ratio


def quoted(cell: Cell, known: Iterable[str]) -> str:
    """Quote an entry that is nearly one of the known words, capitals aside; a name, a date or free text is not shown.

    >>> quoted("Femal", ["female"]), quoted("Jane Doe", ["female"]), quoted("AB123", ["AB124"])
    ("'Femal'", '', '')
    """
    if not isinstance(cell, str) or not _CODE_LIKE.fullmatch(cell):
        return ""
    near = difflib.get_close_matches(cell.casefold(), {word.casefold() for word in known}, 1, _NEAR)
    return f"'{cell}'" if near else ""
