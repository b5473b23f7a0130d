"""How well the entries of a column fit a field: what share of them the field could hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from evaltools.clean.coerce_booleans import read_boolean
from evaltools.clean.coerce_months import read_month
from evaltools.clean.coerce_numbers import read_number
from evaltools.clean.notations import NOTATION_READERS
from evaltools.clean.sheet import Cell
from evaltools.schema.table import Codelist, Field

__all__ = ["best_fit", "code_share", "is_day", "value_fit"]

_OPEN_TEXT, _OPEN_NUMBER = 0.75, 0.5  # fit of a text, and of a number, to a field of free text: possible, not proved
_UNLISTED, _UNLISTED_NUMBER = 0.45, 0.2  # of a short text that no list knows, and of a number, to a field of codes
_LONG = 60  # letters from which a text is no code and no identifier
_VAGUE = frozenset({"other", "unknown", "not known", "not stated", "nk", "none", "yes", "no", "y", "n"})
_TEXT_NOTATIONS = tuple(name for name in NOTATION_READERS if not name.startswith("serial"))
_SERIAL = re.compile(r"[2-5]\d{4}(\.\d+)?", re.ASCII)
_NUMBER = re.compile(r"-?£?\d[\d,]*(\.\d+)?%?", re.ASCII)
_IDENTIFIER = re.compile(r"[A-Za-z]{0,12}[-_/ .]?\d[\w/. -]{0,24}|[0-9a-fA-F-]{8,36}")


@lru_cache(maxsize=20_000)
def is_day(cell: Cell) -> bool:
    """Say whether a cell is a day in any notation; a bare number only where Excel counts days from 1954 to 2064.

    >>> is_day("3 Apr 2021"), is_day("44289"), is_day("37"), is_day("Jobcentre")
    (True, True, False, False)
    """
    if isinstance(cell, datetime):
        return True
    if cell.isdigit() or _NUMBER.fullmatch(cell):
        return _SERIAL.fullmatch(cell) is not None
    return any(NOTATION_READERS[name](cell) is not None for name in _TEXT_NOTATIONS)


def value_fit(cells: Sequence[Cell], field: Field, codelists: Mapping[str, Codelist]) -> float:
    """Give the mean fit of some filled cells to a field, from 0 (it could hold none) to 1 (all). cells: tidied.

    >>> hours = Field("hours", "number", "Hours", minimum=0, maximum=100)
    >>> value_fit(["16", "37.5"], hours, {}), value_fit(["03/04/2021"], hours, {})
    (1.0, 0.0)
    """
    if not cells:
        return 0.0
    codelist = codelists.get(field.codelist)
    return sum(_fit(cell, field, codelist) for cell in cells) / len(cells)


def best_fit(field: Field) -> float:
    """Give the fit that entries can reach at best: a field of free text proves nothing by what it holds."""
    open_text = field.type == "string" and not field.codelist and field.name != "participant_id"
    return _OPEN_TEXT if open_text else 1.0


def _fit(cell: Cell, field: Field, codelist: Codelist | None) -> float:
    if field.type == "date":
        return float(is_day(cell))
    if field.type == "yearmonth":
        return float(is_day(cell) or not read_month(cell, ()).code)
    if field.name == "birth_year" and is_day(cell) and not (isinstance(cell, str) and cell.isdigit()):
        return 1.0
    if isinstance(cell, datetime):
        return 0.0
    if codelist is not None:
        return _code_fit(cell, codelist)
    if field.type == "boolean":
        return 1.0 if not read_boolean(cell).code else _short_text_fit(cell)
    if field.type in ("integer", "number"):
        return float(not read_number(cell, field).code)
    return _text_fit(cell, field)


def _code_fit(cell: str, codelist: Codelist) -> float:
    if cell.casefold() in codelist.synonyms:
        return 1.0
    return _short_text_fit(cell)


def _short_text_fit(cell: str) -> float:
    if len(cell) > _LONG or is_day(cell):
        return 0.0
    return _UNLISTED_NUMBER if _NUMBER.fullmatch(cell) else _UNLISTED


def _text_fit(cell: str, field: Field) -> float:
    if len(cell) > _LONG or (is_day(cell) and not _SERIAL.fullmatch(cell)):
        return 0.0
    if field.name == "participant_id":
        return 1.0 if _IDENTIFIER.fullmatch(cell) else 0.3
    return _OPEN_NUMBER if _NUMBER.fullmatch(cell) else _OPEN_TEXT


def code_share(cells: Sequence[Cell], codelist: Codelist) -> float:
    """Give the share of the cells that the codelist knows and that say something ('other' and 'yes' say nothing).

    >>> code_share(["F", "Other"], Codelist("sex", {"female": "Female"}, {"f": "female", "other": "other"}))
    0.5
    """
    told = [cell.casefold() for cell in cells if isinstance(cell, str)]
    known = [word in codelist.synonyms and word not in _VAGUE for word in told]
    return sum(known) / len(cells) if cells else 0.0
