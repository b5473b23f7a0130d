"""Turn cells into yes and no, by a fixed list of words."""

from __future__ import annotations

from types import MappingProxyType

from evaltools.clean.quoting import quoted
from evaltools.clean.reading import Reading
from evaltools.clean.sheet import Cell

__all__ = ["read_boolean"]

_WORDS = MappingProxyType(
    dict.fromkeys(("yes", "y", "true", "1"), True)
    | dict.fromkeys(("no", "n", "false", "0"), False)
    | dict.fromkeys(("unknown", "not known", "not stated", "nk"), None)
)


def read_boolean(cell: Cell) -> Reading:
    """Read one cell as yes, no or not known; any other word is an unknown code (D107).

    >>> read_boolean("Y").value, read_boolean("No").value, read_boolean("Maybe").code
    (True, False, 'D107')
    """
    if cell == "":
        return Reading(None)
    word = cell.casefold() if isinstance(cell, str) else ""
    if word in _WORDS:
        return Reading(_WORDS[word], "yes or no" if cell not in {"True", "False"} else "")
    return Reading(None, "code", "D107", detail=quoted(cell, _WORDS))
