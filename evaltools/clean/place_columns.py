"""Say which column of a sheet feeds which field, by the layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaltools.clean.name_columns import header_key
from evaltools.schema.layout import Column, SheetLayout, Weeks

__all__ = ["Placed", "Wanted", "place_columns", "wanted_columns", "week_headers"]


@dataclass(frozen=True)
class Wanted:
    """A column that the layout names. number: of its repeat, 0 for a plain column. column: None when weeks need it."""

    header: str
    column: Column | None
    number: int = 0

    @property
    def required(self) -> bool:
        """Say whether a file without this column stops the run."""
        return self.column is None or not self.column.optional


@dataclass(frozen=True)
class Placed:
    """A column found in the sheet. position: from 0. number: of its repeat, 0 for a plain column."""

    position: int
    header: str
    table: str
    field: str
    column: Column
    number: int = 0


def wanted_columns(layout: SheetLayout) -> Iterator[Wanted]:
    """Give every column that the layout names, repeats numbered and weeks included."""
    for header, column in layout.columns.items():
        yield Wanted(header, column)
    for repeat in layout.repeats:
        for number in range(1, repeat.times + 1):
            for header, column in repeat.columns.items():
                yield Wanted(header.replace("{n}", str(number)), column, number)
    if layout.weeks is not None:
        for header in (*week_headers(layout.weeks), layout.weeks.observed_through, *layout.weeks.exit_when):
            yield Wanted(header, None)


def week_headers(weeks: Weeks) -> tuple[str, ...]:
    """Name the columns of the weeks, from the first week on."""
    pattern = weeks.columns if "{n}" in weeks.columns else weeks.columns + "{n}"
    return tuple(pattern.replace("{n}", str(week)) for week in range(1, weeks.weeks + 1))


def place_columns(layout: SheetLayout, names: Sequence[str]) -> tuple[Placed, ...]:
    """Find the columns that feed a field. names: the sheet's headers by position."""
    found = {header_key(name): position for position, name in reversed(list(enumerate(names))) if name}
    placed = []
    for wanted in wanted_columns(layout):
        position = found.get(header_key(wanted.header))
        if wanted.column is not None and position is not None:
            table, _, field = wanted.column.field.partition(".")
            placed.append(Placed(position, names[position], table, field, wanted.column, wanted.number))
    return tuple(placed)
