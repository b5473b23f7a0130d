"""Marks of an .xlsx workbook, from the XML inside it."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

from evaltools.clean.marks import LARGEST_SHEET, Marks, SheetMarks, hidden_words

__all__ = ["NO_VALUE", "sheet_paths", "xlsx_marks"]

NO_VALUE = "a formula without its value"

_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=[\"'](\d+)[\"']")
_FAR_CELL = re.compile(rb"\br=[\"'][A-Z]+(\d{6,})[\"']")
_WIDE_CELL = re.compile(rb"\br=[\"']([A-Z]{2,})\d+[\"']")


def xlsx_marks(content: bytes) -> Marks:
    """Find the marks of each sheet; raises what zipfile and ElementTree raise when the workbook is damaged."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        path = next(name for name in archive.namelist() if name.endswith("workbook.xml"))
        book = ElementTree.fromstring(archive.read(path))
        sheets = [(element.get("name", ""), _relation(element)) for element in book.iter() if _local(element.tag) == "sheet"]
        paths = sheet_paths(archive, path, sheets)
        marks = {name: _sheet_marks(archive.read(path)) for name, path in paths.items()}
    properties = [element for element in book.iter() if _local(element.tag) == "workbookPr"]
    return Marks(marks, any(element.get("date1904") in {"1", "true"} for element in properties))


def sheet_paths(archive: zipfile.ZipFile, book: str, sheets: list[tuple[str, str]]) -> dict[str, str]:
    """Find the path of each sheet from (name, relation id) pairs. book: path of the workbook's own part."""
    folder, _, name = book.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels".lstrip("/")
    targets = {
        relation.get("Id", ""): relation.get("Target", "") for relation in ElementTree.fromstring(archive.read(relations))
    }
    paths = {}
    for name, identifier in sheets:
        target = targets.get(identifier, "")
        paths[name] = (target if target.startswith("/") else f"{folder}/{target}").lstrip("/")
    return {name: path for name, path in paths.items() if path in archive.namelist()}


def _no_value(cell: ElementTree.Element) -> bool:
    """Say whether a cell holds a formula that no program has worked out: its value is not in the file."""
    held = {_local(part.tag): (part.text or "") for part in cell}
    return "f" in held and not held.get("v") and cell.get("t") not in ("inlineStr", "str")


def _sheet_marks(xml: bytes) -> SheetMarks:
    if _too_large(xml):
        return SheetMarks(too_large=True)
    if not (b't="e"' in xml or b"t='e'" in xml or b"hidden=" in xml or b"<f" in xml):
        return SheetMarks()
    errors: dict[tuple[int, int], str] = {}
    rows: list[int] = []
    columns: list[int] = []
    for _, element in ElementTree.iterparse(io.BytesIO(xml)):
        kind = _local(element.tag)
        if kind == "c" and element.get("t") == "e":
            errors[_place(element.get("r", ""))] = _value(element)
        elif kind == "c" and _no_value(element):
            errors[_place(element.get("r", ""))] = NO_VALUE
        elif kind == "row":
            rows += [int(element.get("r", 0))] if _hidden(element) else []
            element.clear()
        elif kind == "col" and _hidden(element):
            columns += range(int(element.get("min", 1)) - 1, min(int(element.get("max", 1)), 16384))
    return SheetMarks(errors, hidden_words(rows, columns))


def _too_large(xml: bytes) -> bool:
    rows = max(map(int, _ROW.findall(xml) + _FAR_CELL.findall(xml)), default=0)
    if rows * 26 <= LARGEST_SHEET // 30:
        return False
    widest = max(map(_column, {letters.decode() for letters in _WIDE_CELL.findall(xml)}), default=25)
    return rows * (widest + 1) > LARGEST_SHEET


def _place(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :]), _column(letters)


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


def _value(cell: ElementTree.Element) -> str:
    return next((part.text or "" for part in cell if _local(part.tag) == "v"), "") or "#VALUE!"


def _hidden(element: ElementTree.Element) -> bool:
    return element.get("hidden") in {"1", "true"}


def _relation(element: ElementTree.Element) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith("}id")), "")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
