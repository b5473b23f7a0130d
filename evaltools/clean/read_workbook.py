"""Read a workbook (.xlsx, .xlsb, .xls, .ods): judge its size here, have a child read its cells, and make sheets of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from evaltools.clean.coded_cells import coded_column
from evaltools.clean.read_archive import check_directory
from evaltools.clean.read_in_child import ask_reader
from evaltools.clean.sheet import Cell, Sheet
from evaltools.clean.unreadable import Unreadable

__all__ = ["Workbook", "read_workbook"]

_LARGEST_FILE = 400_000_000  # bytes of a workbook as sent
_CODES = {1: np.uint8, 2: np.uint16, 4: np.uint32}


@dataclass(frozen=True)
class Workbook:
    """sheets: in workbook order, hidden ones included. date_1904: the workbook counts its days from 1904."""

    sheets: tuple[Sheet, ...]
    date_1904: bool = False


def read_workbook(file: str, kind: str, content: bytes) -> Workbook:
    """Read every worksheet, with error cells as their text. file: name to show. Raises Unreadable with the reason.

    Nothing in the workbook is parsed here but the directory of its parts: its cells are read in a child process.
    """
    if len(content) > _LARGEST_FILE:
        raise Unreadable("it is far too large for a workbook; send its sheets as CSV files")
    unpacked = len(content) if kind == "xls" else check_directory(content)
    header, body = ask_reader(kind, content, unpacked)
    place, sheets = 0, []
    for held in header["sheets"]:
        columns = []
        for column in held["columns"]:
            codes, place = _codes(column, held["height"], body, place)
            columns.append(coded_column(codes, _values(column)))
        cells = pd.DataFrame(dict(enumerate(columns)), index=pd.RangeIndex(1, held["height"] + 1), copy=False)
        merged = tuple((top, left, bottom, right) for top, left, bottom, right in held["merged"])
        sheets.append(Sheet(file, held["name"], cells, merged, tuple(held["hidden"])))
    return Workbook(tuple(sheets), header["date_1904"])


def _codes(column: dict[str, Any], height: int, body: bytes, place: int) -> tuple[np.ndarray, int]:
    """Give the place of each row's cell among the column's values, and where the next column's begin in the body."""
    if len(column["values"]) < 2:
        return np.zeros(height, dtype=np.uint8), place
    codes = np.frombuffer(body, _CODES[column["width"]], height, place)
    return codes, place + codes.nbytes


def _values(column: dict[str, Any]) -> list[Cell]:
    days = frozenset(column["days"])
    values = column["values"] or [""]
    return [datetime.fromisoformat(text) if place in days else text for place, text in enumerate(values)] if days else values
