"""One column of a provider's sheet: its header, what it means to us, and how values are written in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date

import pandas as pd

from evaltools.synthetic.workbook_grid import Cell, serial_number

__all__ = ["ProviderColumn", "date_text", "entered"]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclasses.dataclass(frozen=True)
class ProviderColumn:
    """One column.

    field: `table.field`, or empty where the column is not read. words: what the provider writes, by our code. dates:
    declared notations; values are written in the first, or in turn where `in_turn`. number: of the job, where one sheet
    holds several. as_text: numbers are entered as text.
    """

    header: str
    field: str = ""
    words: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    dates: tuple[str, ...] = ()
    in_turn: bool = False
    number: int = 0
    as_text: bool = False

    @property
    def key(self) -> str:
        """Name of the column in a frame of records."""
        return f"{self.field}.{self.number}" if self.number else self.field or self.header


def entered(value: object, column: ProviderColumn, line: int) -> Cell:
    """Write one value as the provider would.

    Parameters
    ----------
    value
        Our value; missing values leave the cell empty.
    column
        The column.
    line
        Number of the record: providers with two words for one code use them in turn.

    Returns
    -------
    str, int, float, date or None
        What stands in the cell.
    """
    if value is None or value == "" or pd.isna(value):  # type: ignore[call-overload]
        return None
    if column.words:
        words = column.words[str(value).lower()]
        return words[line % len(words)]
    if column.dates:
        return date_text(pd.Timestamp(str(value)).date(), column.dates[line % len(column.dates) if column.in_turn else 0])
    if isinstance(value, str):
        return value
    number = float(value)  # type: ignore[arg-type]
    tidy = int(number) if number.is_integer() else number
    return str(tidy) if column.as_text else tidy


def date_text(day: date, notation: str) -> Cell:
    """Write a day in one notation.

    Parameters
    ----------
    day
        The day.
    notation
        As in site layouts; `typed` gives the day itself.

    Returns
    -------
    str, int or date
        What stands in the cell.

    Examples
    --------
    >>> date_text(date(2019, 2, 5), "d mmm yyyy"), date_text(date(2019, 2, 5), "mm/dd/yyyy")
    ('5 Feb 2019', '02/05/2019')
    """
    month = _MONTHS[day.month - 1]
    written: dict[str, Cell] = {
        "typed": day,
        "dd/mm/yyyy": f"{day:%d/%m/%Y}",
        "dd/mm/yy": f"{day:%d/%m/%y}",
        "mm/dd/yyyy": f"{day:%m/%d/%Y}",
        "dd-mm-yyyy": f"{day:%d-%m-%Y}",
        "dd.mm.yyyy": f"{day:%d.%m.%Y}",
        "dd.mm.yy": f"{day:%d.%m.%y}",
        "yyyy-mm-dd": day.isoformat(),
        "d mmm yyyy": f"{day.day} {month} {day.year}",
        "d mmm yy": f"{day.day:02d}-{month}-{day:%y}",
        "serial 1900": serial_number(day),
        "serial 1904": serial_number(day, date1904=True),
    }
    return written[notation]
