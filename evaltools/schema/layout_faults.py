"""Find what a layout says twice: entries of a code map that read alike, and columns that feed one field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evaltools.errors import Problem
from evaltools.schema.layout import Column, SheetLayout

__all__ = ["fields_fed_twice", "maps_that_differ"]

_CURLY = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})


def maps_that_differ(codes: Mapping[str, str], place: str) -> Iterator[Problem]:
    """Give a problem (L104) for each entry that reads like an earlier one, case and spaces aside, and leads elsewhere."""
    seen: dict[str, str] = {}
    for entered, code in codes.items():
        key = entered.strip().translate(_CURLY).casefold()
        if codes[seen.setdefault(key, entered)] != code:
            detail = f"'{seen[key]}' leads to '{codes[seen[key]]}' and '{entered}' to '{code}'"
            fix = "capitals and spaces around an entry do not matter: keep one of them"
            yield Problem("L104", "two entries of a code map read alike and lead to different codes", place, detail, fix)


def fields_fed_twice(sheet: SheetLayout, place: str) -> Iterator[Problem]:
    """Give a problem (L105) for each field that two columns of a sheet feed in the same row."""
    seen: dict[tuple[str, bool], str] = {}
    for header, column, repeated in _columns(sheet):
        first = seen.setdefault((column.field, repeated), header)
        if first != header:
            detail = f"columns '{first}' and '{header}'"
            fix = "keep one of them and list the other under 'ignore'"
            yield Problem("L105", f"two columns feed the field '{column.field}'", place, detail, fix)


def _columns(sheet: SheetLayout) -> Iterator[tuple[str, Column, bool]]:
    for header, column in sheet.columns.items():
        yield header, column, False
    for repeat in sheet.repeats:
        for header, column in repeat.columns.items():
            yield header, column, True
