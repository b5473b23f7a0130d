"""Marks of an .ods workbook, from the XML inside it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree

from evaltools.clean.marks import LARGEST_SHEET, Marks, SheetMarks, hidden_words

__all__ = ["ods_marks"]


@dataclass
class _Table:
    """The sheet that is being walked through: where we are, and what was found."""

    name: str
    row: int = 0
    column: int = 0
    filled: tuple[int, int] = (0, 0)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    header_column: int = 0
    pending: list[tuple[int, str]] = field(default_factory=list)


def ods_marks(content: bytes) -> Marks:
    """Find the marks of each sheet; raises what zipfile and ElementTree raise when the workbook is damaged."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("content.xml")
    found: dict[str, SheetMarks] = {}
    table = _Table("")
    for event, element in ElementTree.iterparse(io.BytesIO(xml), events=("start", "end")):
        kind = element.tag.rpartition("}")[2]
        if event == "start":
            table = _Table(_get(element, "name")) if kind == "table" else table
        elif kind == "table":
            too_large = table.filled[0] * table.filled[1] > LARGEST_SHEET
            found[table.name] = SheetMarks(table.errors, hidden_words(table.rows, table.columns), too_large)
        elif kind == "table-column":
            _close_column(table, element)
        elif kind in {"table-cell", "covered-table-cell"}:
            _close_cell(table, element)
        elif kind == "table-row":
            _close_row(table, element)
            element.clear()
    return Marks(found)


def _close_column(table: _Table, element: ElementTree.Element) -> None:
    repeated = _repeats(element, "number-columns-repeated")
    if _get(element, "visibility") in {"collapse", "filter"}:
        table.columns += range(table.header_column, min(table.header_column + repeated, 16384))
    table.header_column += repeated


def _close_cell(table: _Table, element: ElementTree.Element) -> None:
    repeated = _repeats(element, "number-columns-repeated")
    text = "".join(element.itertext())
    if any(key.endswith("}value-type") and value == "error" for key, value in element.attrib.items()):
        table.pending += [(table.column + place, text or "#VALUE!") for place in range(min(repeated, 16384))]
    table.column += repeated
    if text or _get(element, "value-type"):
        table.filled = (table.filled[0], max(table.filled[1], table.column))


def _close_row(table: _Table, element: ElementTree.Element) -> None:
    repeated = _repeats(element, "number-rows-repeated")
    filled = any(_get(cell, "value-type") or len(cell) for cell in element)
    if filled:
        table.filled = (table.row + repeated, table.filled[1])
    for row in range(table.row + 1, table.row + 1 + (repeated if table.pending else 0)):
        table.errors |= {(row, column): text for column, text in table.pending}
    if filled and _get(element, "visibility") in {"collapse", "filter"}:
        table.rows += range(table.row + 1, table.row + 1 + repeated)
    table.row += repeated
    table.column, table.pending = 0, []


def _repeats(element: ElementTree.Element, name: str) -> int:
    return max(int(_get(element, name) or 1), 1)


def _get(element: ElementTree.Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
