"""Turn cells into numbers and whole numbers, within the limits of their field."""

from __future__ import annotations

import re

from evaltools.clean.reading import Reading
from evaltools.clean.sheet import Cell
from evaltools.schema.table import Field

__all__ = ["read_number"]

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)
_MONEY = re.compile(r"(?P<sign>-?)£ ?(?P<digits>\d{1,3}(,\d{3})+(\.\d+)?|\d+(\.\d+)?)", re.ASCII)
_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)


def read_number(cell: Cell, field: Field) -> Reading:
    """Read one cell as a number in the field's unit: digits only, in pounds also '£' and commas between thousands.

    What is no number is set aside (D108), and so is what lies outside the field's limits (D109).

    >>> hours = Field("hours", "number", "Hours", minimum=0, maximum=100)
    >>> read_number("37.5", hours).value, read_number("370", hours).code, read_number("16 hrs", hours).code
    (37.5, 'D109', 'D108')
    """
    if cell == "":
        return Reading(None)
    text = _digits(cell, field) if isinstance(cell, str) else ""
    if not text:
        return Reading(None, "set aside", "D108", True, "no number")
    number = float(text)
    if field.type == "integer" and not number.is_integer():
        return Reading(None, "set aside", "D108", True, "no whole number", "a whole number is needed")
    low, high = field.minimum, field.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        limits = _limits(field)
        return Reading(None, "set aside", "D109", True, f"outside: {limits}", limits)
    value = int(number) if field.type == "integer" else number
    return Reading(value, "number" if not _same(cell, number) else "")


def _digits(cell: str, field: Field) -> str:
    if _NUMBER.fullmatch(cell):
        return cell
    if not field.unit.startswith("GBP"):
        return ""
    if _THOUSANDS.fullmatch(cell):
        return cell.replace(",", "")
    money = _MONEY.fullmatch(cell)
    return money["sign"] + money["digits"].replace(",", "") if money else ""


def _limits(field: Field) -> str:
    unit = f" {field.unit}" if field.unit else ""
    if field.minimum is None:
        return f"at most {field.maximum:g}{unit}"
    if field.maximum is None:
        return f"at least {field.minimum:g}{unit}"
    return f"{field.minimum:g} to {field.maximum:g}{unit}"


def _same(cell: Cell, number: float) -> bool:
    return cell == (str(int(number)) if number.is_integer() else repr(number))
