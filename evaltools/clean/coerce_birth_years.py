"""Keep the year of a birth date alone: day and month are dropped at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evaltools.clean.coerce_numbers import read_number
from evaltools.clean.notations import day_in
from evaltools.clean.reading import Reading
from evaltools.clean.sheet import Cell
from evaltools.schema.table import Field

__all__ = ["read_birth_year"]


def read_birth_year(cell: Cell, notations: Sequence[str], field: Field) -> Reading:
    """Read one cell as a year of birth: a year, or the year of a day in a declared notation, within the field's limits.

    Notations that give different years set it aside (D103). What is no year and no such day is read as a number.

    >>> year = Field("birth_year", "integer", "Year of birth", minimum=1900, maximum=2020)
    >>> read_birth_year("03/04/1985", ["dd/mm/yyyy"], year).value, read_birth_year("1985", ["dd/mm/yyyy"], year).value
    (1985, 1985)
    """
    years = {day.year for notation in notations if (day := day_in(notation, cell)) is not None}
    if len(years) > 1:
        return Reading(None, "set aside", "D103", True, "the notations give different years")
    if not years:
        return read_number(cell, field)
    reading = read_number(str(years.pop()), field)
    return reading if reading.code else replace(reading, rule="year of a day")
