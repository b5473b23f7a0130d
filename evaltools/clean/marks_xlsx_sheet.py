"""Marks of one sheet of an .xlsx workbook: error cells, formulas without value, zero-padded numbers, hidden parts, size.

A sheet as Excel writes it is searched for the few places that matter; any other is parsed as XML, which is slower.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from xml.etree import ElementTree

from evaltools.clean.marks import LARGEST_SHEET, NO_VALUE, SheetMarks, hidden_words

__all__ = ["sheet_marks"]

_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_ROW_NUMBER = re.compile(rb'<row r="(\d+)"')
_FILLED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')
_WIDE = re.compile(rb'<c r="([A-Z]{2,3})\d')
_COLUMN = re.compile(rb"<col\b[^>]*>")
_VALUE = re.compile(rb"<v>([^<]*)</v>")
_UNSEEN = re.compile(rb'\b(?:hidden="(?:1|true)"|(?:width|ht)="0(?:\.0*)?")')
_NUMBER = re.compile(rb'\b(r|min|max)="(\d+)"')
_LAST_COLUMN = 16384
_NONE: Mapping[int, int] = MappingProxyType({})


def sheet_marks(xml: bytes, padded: Mapping[int, int] = _NONE) -> SheetMarks:
    """Find the marks of one sheet's XML (UTF-8). padded: digits shown by each cell style that shows leading zeros.

    Raises ElementTree.ParseError where the XML is broken, ValueError where it is cut short or a place is none.
    """
    if not _as_excel_writes(xml):
        return _parsed(xml)
    if _too_large(xml):
        return SheetMarks(too_large=True)
    texts = dict(_padded_numbers(xml, padded)) | dict(_errors(xml)) | dict(_formulas_without_value(xml))
    return SheetMarks(texts, hidden_words(*_hidden(xml)))


def _as_excel_writes(xml: bytes) -> bool:
    """Say whether every cell and row has its place first, in double quotation marks, and no element has a prefix."""
    plain = b"<worksheet" in xml[:4096] and xml.rstrip().endswith(b"</worksheet>") and b"<!" not in xml
    data = (xml.find(b"<sheetData"), xml.rfind(b"</sheetData>"))
    cells, rows = (xml.count(begin, *data) == xml.count(begin + b' r="', *data) for begin in (b"<c", b"<row"))
    return plain and cells and rows and b"t='" not in xml


def _too_large(xml: bytes) -> bool:
    """Say whether the box around all cells is too large; cells that are only formatted count when they must be looked at."""
    rows = max(map(int, _ROW_NUMBER.findall(xml)), default=0)
    if rows * 26 <= LARGEST_SHEET // 30:
        return False
    widest = max(map(_column, set(_WIDE.findall(xml))), default=25)
    if rows * (widest + 1) <= LARGEST_SHEET:
        return False
    last_row = last_column = 0
    for letters, row in _FILLED.findall(xml):
        last_row, last_column = max(last_row, int(row)), max(last_column, _column(letters))
    return last_row * (last_column + 1) > LARGEST_SHEET


def _errors(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for start in _finds(xml, b't="e"'):
        tag = xml.rfind(b"<", 0, start)
        if xml.startswith(b"<c ", tag):
            value = _VALUE.search(xml, start, _cell_end(xml, start))
            yield _place(xml, tag), value[1].decode() if value and value[1] else "#VALUE!"


def _formulas_without_value(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    """Find the cells that hold a formula which no program has worked out: their value is not in the file."""
    for start in _finds(xml, b"<f"):
        end = xml.find(b"</c>", start)
        if xml[start + 2 : start + 3] in b" />" and b"<v>" not in xml[start:end] and end > 0:
            tag = xml.rfind(b"<c ", 0, start)
            if b't="str"' not in xml[tag:start]:
                yield _place(xml, tag), NO_VALUE


def _padded_numbers(xml: bytes, padded: Mapping[int, int]) -> Iterator[tuple[tuple[int, int], str]]:
    """Find whole numbers that are shown with leading zeros, as they are seen."""
    for style, digits in padded.items():
        cell = rb'<c r="([A-Z]{1,3})(\d{1,7})" s="%d"(?: t="n")?><v>(\d{1,15})(?:\.0)?</v>' % style
        for letters, row, number in re.findall(cell, xml):
            yield (int(row), _column(letters)), number.decode().zfill(digits)


def _hidden(xml: bytes) -> tuple[list[int], list[int]]:
    """Give hidden rows (from 1) and columns (from 0); one of no height or width counts."""
    columns: list[int] = []
    for tag in _COLUMN.findall(xml, 0, max(xml.find(b"<sheetData"), 0)):
        if _UNSEEN.search(tag):
            ends = {name: int(number) for name, number in _NUMBER.findall(tag)}
            columns += range(ends.get(b"min", 1) - 1, min(ends.get(b"max", 1), _LAST_COLUMN))
    rows = set()
    for mark in (b'hidden="1"', b'hidden="true"', b'ht="0"'):
        for start in _finds(xml, mark):
            tag = xml.rfind(b"<", 0, start)
            if xml.startswith(b"<row ", tag):
                rows.add(int(_ROW_NUMBER.match(xml, tag)[1]))  # type: ignore[index]
    return sorted(rows), columns


def _finds(xml: bytes, mark: bytes) -> Iterator[int]:
    place = xml.find(mark)
    while place >= 0:
        yield place
        place = xml.find(mark, place + 1)


def _cell_end(xml: bytes, start: int) -> int:
    end = xml.find(b"</c>", start)
    return end if end >= 0 else len(xml)


def _place(xml: bytes, tag: int) -> tuple[int, int]:
    found = _PLACE.search(xml, tag, tag + 64)
    if found is None:
        raise ValueError("a cell without its place")
    return int(found[2]), _column(found[1])


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column - 1


@dataclass
class _Walk:
    """Where the parser is, and what was found on the way. row, column: from 1."""

    row: int = 0
    column: int = 0
    last_row: int = 0
    last_column: int = 0
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)


def _parsed(xml: bytes) -> SheetMarks:
    """Find the marks by parsing; a row or cell without its place follows the one before it."""
    walk = _Walk()
    for event, element in ElementTree.iterparse(io.BytesIO(xml), events=("start", "end")):
        kind = element.tag.rpartition("}")[2]
        if event == "start":
            _enter(walk, kind, element)
        elif kind == "c":
            _leave_cell(walk, element)
        elif kind == "row":
            element.clear()
    too_large = walk.last_row * walk.last_column > LARGEST_SHEET
    return SheetMarks(walk.texts, hidden_words(walk.rows, walk.columns), too_large)


def _enter(walk: _Walk, kind: str, element: ElementTree.Element) -> None:
    if kind == "row":
        walk.row, walk.column = int(element.get("r") or walk.row + 1), 0
        walk.rows += [walk.row] if _unseen(element, "ht") else []
    elif kind == "c":
        place = (element.get("r") or "").encode()
        walk.column = _column(place.rstrip(b"0123456789")) + 1 if place else walk.column + 1
    elif kind == "col" and _unseen(element, "width"):
        walk.columns += range(int(element.get("min", 1)) - 1, min(int(element.get("max", 1)), _LAST_COLUMN))


def _leave_cell(walk: _Walk, element: ElementTree.Element) -> None:
    held = {part.tag.rpartition("}")[2]: (part.text or "") for part in element}
    if held:
        walk.last_row, walk.last_column = max(walk.last_row, walk.row), max(walk.last_column, walk.column)
    if element.get("t") == "e":
        walk.texts[walk.row, walk.column - 1] = held.get("v") or "#VALUE!"
    elif "f" in held and not held.get("v") and element.get("t") not in ("inlineStr", "str"):
        walk.texts[walk.row, walk.column - 1] = NO_VALUE


def _unseen(element: ElementTree.Element, size: str) -> bool:
    return element.get("hidden") in {"1", "true"} or element.get(size) in {"0", "0.0"}
