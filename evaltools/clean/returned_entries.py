"""Write what a provider entered into a workbook so that it reads the same, and so that nothing in it can run."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from evaltools.clean.sheet import Cell

__all__ = ["inert_text", "put_entry", "put_text", "shown_entry"]

_NUMBER = re.compile(r"-?(0|[1-9]\d{0,9})(\.\d{1,8})?")
_FIRST_DAY = datetime(1900, 3, 1)  # before it, programs disagree about the number of a day
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 32_000  # characters; a cell holds 32,767


def put_entry(target: Any, entry: Cell) -> None:
    """Write an entry into a cell of a workbook: numbers and days as such, everything else as text that is never a formula.

    target: a cell of openpyxl. A text becomes a number only where the reader gives the very same entry back.
    """
    if isinstance(entry, datetime) and entry >= _FIRST_DAY:
        target.value = entry
        midnight = (entry.hour, entry.minute, entry.second) == (0, 0, 0)
        target.number_format = "dd/mm/yyyy" if midnight else "dd/mm/yyyy hh:mm:ss"
        return
    text = entry if isinstance(entry, str) else entry.isoformat(sep=" ")
    number = _number(text)
    if number is not None:
        target.value = number
        return
    put_text(target, text)


def put_text(target: Any, text: str) -> None:
    """Write a text as text, whatever it looks like; what no workbook can hold shows as a replacement character."""
    clipped = text[:_LONGEST] + " ... (cut)" if len(text) > _LONGEST else text
    target.value = _ESCAPE.sub("_x005F_", _UNPRINTABLE.sub("\ufffd", clipped))
    target.data_type = "s"
    if text.startswith(_STARTS_FORMULA):
        target.quotePrefix = True  # it stays text when somebody edits the cell


def _number(text: str) -> int | float | None:
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    back = str(int(number)) if number.is_integer() else repr(number)
    return (int(number) if number.is_integer() else number) if back == text else None


def shown_entry(entry: Cell) -> str:
    """Give an entry as its provider sees it, on one line.

    >>> shown_entry(datetime(2021, 4, 3)), shown_entry("F ")
    ('03/04/2021', 'F ')
    """
    if isinstance(entry, str):
        return re.sub(r"[\r\n]+", " ", entry)
    midnight = (entry.hour, entry.minute, entry.second) == (0, 0, 0)
    return f"{entry:%d/%m/%Y}" if midnight else f"{entry:%d/%m/%Y %H:%M:%S}"


def inert_text(text: str) -> str:
    """Give a text that no spreadsheet program takes for a formula, for a CSV file; plain numbers stay as they are.

    >>> inert_text("=1+1"), inert_text("-5"), inert_text("F")
    ("'=1+1", '-5', 'F')
    """
    return "'" + text if text.startswith(_STARTS_FORMULA) and not re.fullmatch(r"-\d+(\.\d+)?", text) else text
