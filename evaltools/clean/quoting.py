"""Quote an entry in a finding only where it looks like a code: short, without digits."""

from __future__ import annotations

import re

from evaltools.clean.sheet import Cell

__all__ = ["quoted"]

_CODE_LIKE = re.compile(r"[^\W\d_][^\d\n]{0,23}")


def quoted(cell: Cell) -> str:
    """Quote a code; anything that could be an identifier, a date or free text is not shown.

    >>> quoted("Bipolar"), quoted("03/04/2021"), quoted("AB123"), quoted("met him in the park, was well")
    ("'Bipolar'", '', '', '')
    """
    if not isinstance(cell, str) or not _CODE_LIKE.fullmatch(cell) or cell.count(" ") > 2:
        return ""
    return f"'{cell}'"
