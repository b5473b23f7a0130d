"""What a provider's file holds before anybody has interpreted it: sheets of cells at their true positions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

import pandas as pd

from evaltools.clean.cell_names import cell_name, column_letters

__all__ = ["Cell", "RawFile", "Sheet", "cell_name", "cell_text", "column_letters"]

Cell: TypeAlias = str | datetime
"""A cell is its text, or the day and time that the workbook itself holds; '' is an empty cell."""


@dataclass(frozen=True)
class Sheet:
    """One sheet. cells: objects of type Cell; the index holds row numbers from 1, the columns hold positions from 0.

    A column of cells may be coded (`clean.coded_cells`): it then holds each distinct cell once.

    merged: ranges as (first row, first column, last row, last column), rows from 1 and columns from 0.
    hidden: what is hidden from view, in words. short: number of entries of each line of a text file that has too few.
    """

    file: str
    name: str
    cells: pd.DataFrame
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: tuple[str, ...] = ()
    short: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class RawFile:
    """One file as read. kind: told by its content. refused: why nothing in it could be used, or empty.

    mislabelled: the ending says another kind. note: for the accounting (kind, date system, encoding).
    """

    file: str
    kind: str
    sheets: tuple[Sheet, ...] = field(default=())
    refused: str = ""
    mislabelled: bool = False
    note: str = ""


def cell_text(cell: Cell) -> str:
    """Give the entered text of a cell; a day of the workbook in ISO form.

    >>> cell_text(datetime(2021, 4, 3)), cell_text("F ")
    ('2021-04-03', 'F ')
    """
    if isinstance(cell, str):
        return cell
    return cell.date().isoformat() if (cell.hour, cell.minute, cell.second) == (0, 0, 0) else cell.isoformat(sep=" ")
