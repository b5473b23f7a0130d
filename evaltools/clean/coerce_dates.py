"""Turn cells into days, strictly by the notations that the layout declares for the column; nothing is guessed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from evaltools.clean.notations import NOTATION_READERS, day_in
from evaltools.clean.reading import Reading
from evaltools.clean.sheet import Cell, cell_text

__all__ = ["UNDECLARED", "read_date"]

UNDECLARED = ("typed", "yyyy-mm-dd")  # for a column that declares none: the two that can be read in one way only


def read_date(cell: Cell, notations: Sequence[str], data_cut: date) -> Reading:
    """Read one cell. Two notations that give different days set it aside (D103), none at all too (D102).

    A day after the data cut is set aside (D106).

    >>> read_date("03/04/2021", ["dd/mm/yyyy", "mm/dd/yyyy"], date(2024, 12, 31)).why
    'dd/mm/yyyy reads 2021-04-03; mm/dd/yyyy reads 2021-03-04'
    """
    if cell == "":
        return Reading(None)
    declared = notations or UNDECLARED
    days = {notation: day for notation in declared if (day := day_in(notation, cell)) is not None}
    if not days:
        return _aside("D102", f"no day in any of: {', '.join(declared)}", _hint(cell, declared))
    if len(set(days.values())) > 1:
        readings = "; ".join(f"{notation} reads {day.isoformat()}" for notation, day in days.items())
        return _aside("D103", readings, f"read differently by: {', '.join(days)}")
    day = next(iter(days.values()))
    if day > data_cut:
        return _aside("D106", f"{day.isoformat()} lies after the data cut {data_cut.isoformat()}", "")
    value = pd.Timestamp(day)
    return Reading(value, "" if cell_text(cell) == day.isoformat() else f"date {next(iter(days))}")


def _hint(cell: Cell, declared: Sequence[str]) -> str:
    """Say what the layout declares, and which other notations would read the cell: they are not used, but proposed."""
    others = [notation for notation in NOTATION_READERS if notation not in declared and day_in(notation, cell)]
    proposed = f"; not declared, but would read it: {', '.join(others)}" if others else ""
    return f"declared notations: {', '.join(declared)}{proposed}"


def _aside(code: str, why: str, detail: str) -> Reading:
    return Reading(None, "set aside", code, True, why, detail)
