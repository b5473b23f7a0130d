"""Show what a column holds without showing anybody: known words and small numbers as they are, the rest as a pattern."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import datetime

from evaltools.clean.notations import NOTATION_READERS
from evaltools.clean.sheet import Cell
from evaltools.clean.value_tests import is_day

__all__ = ["masked", "masked_examples"]

_SMALL_NUMBER = re.compile(r"-?£?\d{1,4}(\.\d{1,2})?%?", re.ASCII)
_LONGEST = 24  # letters of a pattern that are shown


def masked(cell: Cell, words: Collection[str] = (), numbers: bool = False) -> str:
    """Mask one entry. words: known ones, in small letters, shown as they are. numbers: small ones may be shown.

    A day is shown as its notation, a letter as 'a' or 'A', a digit as '9'.

    >>> masked("Smith, J"), masked("03/04/2021"), masked("CMHT", {"cmht"}), masked("37.5", numbers=True), masked("NM-0042")
    ('Aaaaa, A', 'dd/mm/yyyy', 'CMHT', '37.5', 'AA-9999')
    """
    if isinstance(cell, datetime):
        return "a date"
    if cell.casefold() in words or (numbers and _SMALL_NUMBER.fullmatch(cell)):
        return cell
    if is_day(cell):
        return next(name for name, read in NOTATION_READERS.items() if read(cell) is not None)
    pattern = "".join("9" if one.isnumeric() else _letter(one) for one in cell)
    return pattern if len(pattern) <= _LONGEST else pattern[: _LONGEST - 1] + "…"


def _letter(one: str) -> str:
    return ("A" if one.isupper() else "a") if one.isalpha() else one


def masked_examples(
    cells: Sequence[Cell], words: Collection[str] = (), numbers: bool = False, count: int = 3
) -> tuple[str, ...]:
    """Give up to `count` different masked entries. cells: distinct, the commonest first; words, numbers: as for `masked`.

    >>> masked_examples(["F", "M", "Non-binary"], {"f", "m"})
    ('F', 'M', 'Aaa-aaaaaa')
    """
    return tuple(dict.fromkeys(masked(cell, words, numbers) for cell in cells[:60]))[:count]
