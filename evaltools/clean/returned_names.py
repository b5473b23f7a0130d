"""Name the tabs of a returned workbook after the provider's files and sheets: valid, unique, at most 31 characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

__all__ = ["tab_names"]

_LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]")


def tab_names(places: Sequence[tuple[str, str]], taken: Iterable[str] = ()) -> list[str]:
    """Give a tab name for each file and sheet. taken: names in use; 'History' is Excel's own.

    The sheet's own name is used where no other sheet has it, else the file's name stands before it.

    >>> tab_names([("a.xlsx", "Clients"), ("b.xlsx", "Clients"), ("jobs.csv", "")])
    ['a, Clients', 'b, Clients', 'jobs']
    """
    plain = [sheet or _stem(file) for file, sheet in places]
    often = {name.casefold() for name in plain if sum(name.casefold() == other.casefold() for other in plain) > 1}
    used = {name.casefold() for name in (*taken, "History")}
    names = []
    for (file, sheet), short in zip(places, plain, strict=True):
        wanted = f"{_stem(file)}, {sheet}" if sheet and short.casefold() in often else short
        names.append(_free(_valid(wanted, sheet), used))
        used.add(names[-1].casefold())
    return names


def _stem(file: str) -> str:
    return PurePosixPath(file).stem


def _valid(name: str, sheet: str) -> str:
    """Make a name valid; one that is too long loses the end of the file's name, not the sheet's."""
    clean = _FORBIDDEN.sub(" ", name).strip().strip("'") or "Sheet"
    tail = _FORBIDDEN.sub(" ", sheet).strip()
    if len(clean) > _LONGEST and tail and clean.endswith(", " + tail) and len(tail) < _LONGEST - 8:
        clean = clean[: _LONGEST - len(tail) - 3].rstrip() + "…, " + tail
    return clean[:_LONGEST].rstrip().rstrip("'")


def _free(name: str, used: set[str]) -> str:
    number, free = 2, name
    while free.casefold() in used:
        ending = f" ({number})"
        free, number = name[: _LONGEST - len(ending)] + ending, number + 1
    return free
