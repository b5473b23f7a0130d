"""Turn cells into months written as yyyy-mm."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from evaltools.clean.notations import day_in
from evaltools.clean.reading import Reading
from evaltools.clean.sheet import Cell

__all__ = ["read_month"]

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)


def read_month(cell: Cell, notations: Sequence[str]) -> Reading:
    """Read one cell as a month: yyyy-mm, or the month of a day in a declared notation (a typed day without declaration).

    >>> read_month("2021-04", ()).value, read_month("30/04/2021", ["dd/mm/yyyy"]).value, read_month("Apr-21", ()).code
    ('2021-04', '2021-04', 'D102')
    """
    if cell == "" or (isinstance(cell, str) and _MONTH.fullmatch(cell)):
        return Reading(cell or None)
    days = {day for notation in (*notations, "typed") if (day := day_in(notation, cell)) is not None}
    months = {f"{day:%Y-%m}" for day in days}
    if not months:
        return Reading(None, "set aside", "D102", True, "no month as yyyy-mm", "a month is written as yyyy-mm")
    if len(months) > 1:
        return Reading(None, "set aside", "D103", True, f"read as {' and '.join(sorted(months))}")
    return Reading(months.pop(), "month" if isinstance(cell, datetime) else "month of a day")
