"""How the workbooks that people get look: fonts, the colours of the three priorities, widths, heights and print set-up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from types import MappingProxyType

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

__all__ = [
    "BODY",
    "HEADING",
    "INK",
    "LINK",
    "NOTE",
    "PRIORITIES",
    "STRONG",
    "TITLE",
    "WARNING",
    "WRAPPED",
    "line_height",
    "paint",
    "print_landscape",
    "underline_row",
    "write_header",
]

INK = "1F2933"
_FONT = "Arial"
TITLE = Font(name=_FONT, size=16, bold=True, color="12344D")
NOTE = Font(name=_FONT, size=10, color=INK)
BODY = Font(name=_FONT, size=10, color=INK)
STRONG = Font(name=_FONT, size=10, bold=True, color=INK)
WARNING = Font(name=_FONT, size=10, bold=True, color="A61B1B")
HEADING = Font(name=_FONT, size=10, bold=True, color="FFFFFF")
LINK = Font(name=_FONT, size=10, underline="single", color="0B5394")
WRAPPED = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)

PRIORITIES = MappingProxyType(
    {
        "must fix": ("Must fix", "F8CBAD"),
        "please check": ("Please check", "FFF2CC"),
        "changed for you": ("Changed for you", "DDEBF7"),
    }
)
"""Severity of a finding: the words that a provider sees and the colour of its cells."""

_HEAD = PatternFill("solid", fgColor="12344D")
_RULE = Border(bottom=Side(style="thin", color="D5DCE3"))
_LINE = 13.5  # points that a line of 10-point text takes
_PIXELS = 7  # of one unit of column width
_MARGIN = 14  # pixels of a column that hold no text
_EM = 13.6  # pixels of the em of 10-point text, a little too many rather than too few
_NARROW, _MIDDLE, _WIDE = 0.285, 0.535, 0.78  # ems
_NARROW_LETTERS = frozenset(" !'(),-./:;I[]fijlrt|")
_WIDE_LETTERS = frozenset("%@ABCDEGHKMNOQRSUVWXYmw")


def paint(colour: str) -> PatternFill:
    """Give the fill of a colour (six hexadecimal digits)."""
    return PatternFill("solid", fgColor=colour)


def line_height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Work out the height of a row of wrapped texts, in points: spreadsheet programs do not do it by themselves on opening.

    >>> line_height(["short"], [40]), line_height(["a" * 50], [40])
    (17.5, 31.0)
    """
    lines = max((_lines(text, width) for text, width in zip(texts, widths, strict=True)), default=1)
    return min(lines, 30) * _LINE + 4


def _lines(text: str, width: float) -> int:
    """Count the lines of a text that is wrapped at words within a column."""
    room = max(width * _PIXELS - _MARGIN, 40) / _EM
    count = 0
    for paragraph in text.split("\n"):
        used, rows = 0.0, 1
        for word in paragraph.split(" "):
            ems = _ems(word)
            if used and used + _NARROW + ems > room:
                rows, used = rows + 1, 0.0
            rows += math.ceil(ems / room) - 1 if ems > room else 0
            used += ems + (_NARROW if used else 0)
        count += rows
    return count


def _ems(word: str) -> float:
    narrow = sum(letter in _NARROW_LETTERS for letter in word)
    wide = sum(letter in _WIDE_LETTERS for letter in word)
    return narrow * _NARROW + wide * _WIDE + (len(word) - narrow - wide) * _MIDDLE


def write_header(sheet: Worksheet, row: int, headings: Sequence[str], widths: Sequence[float]) -> None:
    """Write a table's headings, white on dark, and set the widths of its columns."""
    for place, (heading, width) in enumerate(zip(headings, widths, strict=True), 1):
        cell = sheet.cell(row, place, heading)
        cell.font, cell.fill = HEADING, _HEAD
        cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.row_dimensions[row].height = max(line_height(headings, widths), 22)


def underline_row(sheet: Worksheet, row: int, columns: int) -> None:
    """Draw a thin line under a row of a table."""
    for place in range(1, columns + 1):
        sheet.cell(row, place).border = _RULE


def print_landscape(sheet: Worksheet, repeat: str, foot: str) -> None:
    """Set a sheet up for A4 paper across, as wide as the page. repeat: rows on every page, such as '1:7'."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = repeat
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.6
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = foot.replace("&", "&&"), "Page &P of &N"
    sheet.oddFooter.left.size = sheet.oddFooter.right.size = 8
