"""Marks of an .xlsx workbook, from the XML inside it."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

from evaltools.clean.marks import Marks
from evaltools.clean.marks_xlsx_sheet import sheet_marks
from evaltools.clean.read_repaired import sheet_text

__all__ = ["sheet_paths", "xlsx_marks"]

_ZEROS = re.compile(r"0{2,15}")


def xlsx_marks(content: bytes) -> Marks:
    """Find the marks of each sheet; raises what zipfile and ElementTree raise when the workbook is damaged."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        path = next(name for name in archive.namelist() if name.endswith("workbook.xml"))
        book = ElementTree.fromstring(archive.read(path))
        sheets = [(element.get("name", ""), _relation(element)) for element in book.iter() if _local(element.tag) == "sheet"]
        paths = sheet_paths(archive, path, sheets)
        padded = _padded_styles(archive, path.rpartition("/")[0])
        marks = {name: sheet_marks(sheet_text(archive.read(path)), padded) for name, path in paths.items()}
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


def _padded_styles(archive: zipfile.ZipFile, folder: str) -> dict[int, int]:
    """Give the cell styles that show whole numbers with leading zeros ('0000'), with their digits."""
    path = f"{folder}/styles.xml".lstrip("/")
    styles = archive.read(path) if path in archive.namelist() else b""
    if b'"00' not in styles:
        return {}
    root = ElementTree.fromstring(styles)
    digits = {
        element.get("numFmtId", ""): len(element.get("formatCode", ""))
        for element in root.iter()
        if _local(element.tag) == "numFmt" and _ZEROS.fullmatch(element.get("formatCode", ""))
    }
    used = next((element for element in root if _local(element.tag) == "cellXfs"), ())
    return {number: digits[xf.get("numFmtId", "")] for number, xf in enumerate(used) if xf.get("numFmtId") in digits}


def _relation(element: ElementTree.Element) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith("}id")), "")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
