"""The grammar of date notations: which day a cell is in each of them, strictly."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from evaltools.clean.sheet import Cell

__all__ = ["FIRST_YEAR", "NOTATION_READERS", "SERIAL_DAYS", "TWO_DIGIT_PIVOT", "day_in"]

TWO_DIGIT_PIVOT = 50  # 00 to 49 are 2000 to 2049, 50 to 99 are 1950 to 1999
FIRST_YEAR = 1900
SERIAL_DAYS = (date(1950, 1, 1), date(2099, 12, 31))  # a number outside these days is no date: 2021 may be a year
_MONTHS = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            [
                ("jan", "january"),
                ("feb", "february"),
                ("mar", "march"),
                ("apr", "april"),
                ("may",),
                ("jun", "june"),
                ("jul", "july"),
                ("aug", "august"),
                ("sep", "sept", "september"),
                ("oct", "october"),
                ("nov", "november"),
                ("dec", "december"),
            ],
            1,
        )
        for name in names
    }
)
_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_SERIAL = re.compile(r"\d{1,6}(?:\.\d+)?", re.ASCII)


def day_in(notation: str, cell: Cell) -> date | None:
    """Read a cell in one notation; None where it is not written so or no such day exists.

    >>> day_in("dd/mm/yyyy", "03/04/2021"), day_in("mm/dd/yyyy", "03/04/2021"), day_in("dd/mm/yyyy", "31/04/2021")
    (datetime.date(2021, 4, 3), datetime.date(2021, 3, 4), None)
    """
    return NOTATION_READERS[notation](cell)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= FIRST_YEAR else None
    except ValueError:
        return None


def _typed(cell: Cell) -> date | None:
    return cell.date() if isinstance(cell, datetime) else None


def _written(pattern: str) -> Callable[[Cell], date | None]:
    """Make a reader from a pattern with the groups d, m or name, and y or short."""
    matcher = re.compile(pattern, re.ASCII | re.IGNORECASE)

    def read(cell: Cell) -> date | None:
        found = matcher.fullmatch(cell) if isinstance(cell, str) else None
        if found is None:
            return None
        parts = found.groupdict()
        month = int(parts["m"]) if "m" in parts else _MONTHS.get(parts["name"].casefold(), 0)
        year = int(parts["y"]) if "y" in parts else _whole_year(int(parts["short"]))
        return _day(year, month, int(parts["d"]))

    return read


def _whole_year(short: int) -> int:
    return short + (2000 if short < TWO_DIGIT_PIVOT else 1900)


def _counted(start: date) -> Callable[[Cell], date | None]:
    def read(cell: Cell) -> date | None:
        if not isinstance(cell, str) or not _SERIAL.fullmatch(cell):
            return None
        day = start + timedelta(days=int(float(cell)))
        return day if SERIAL_DAYS[0] <= day <= SERIAL_DAYS[1] else None

    return read


NOTATION_READERS: Mapping[str, Callable[[Cell], date | None]] = MappingProxyType(
    {
        "typed": _typed,
        "dd/mm/yyyy": _written(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})"),
        "dd/mm/yy": _written(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<short>\d{2})"),
        "mm/dd/yyyy": _written(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})"),
        "dd-mm-yyyy": _written(r"(?P<d>\d{1,2})-(?P<m>\d{1,2})-(?P<y>\d{4})"),
        "dd.mm.yyyy": _written(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})"),
        "dd.mm.yy": _written(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<short>\d{2})"),
        "yyyy-mm-dd": _written(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})" + _TIME),
        "d mmm yyyy": _written(r"(?P<d>\d{1,2})(?: +|-)(?P<name>[a-z]{3,9})(?: +|-)(?P<y>\d{4})"),
        "d mmm yy": _written(r"(?P<d>\d{1,2})(?: +|-)(?P<name>[a-z]{3,9})(?: +|-)(?P<short>\d{2})"),
        "serial 1900": _counted(date(1899, 12, 30)),
        "serial 1904": _counted(date(1904, 1, 1)),
    }
)
