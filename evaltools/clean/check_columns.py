"""Hold a sheet's headers against its layouts: what is missing stops the run, what is new becomes a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from evaltools.clean.changed_headers import renamed_hint
from evaltools.clean.issues import Flag, Issues, Spot
from evaltools.clean.name_columns import header_key, header_names
from evaltools.clean.place_columns import wanted_columns
from evaltools.clean.sheet import Sheet, column_letters
from evaltools.errors import Problem
from evaltools.schema.layout import SheetLayout

__all__ = ["column_problems", "new_columns"]

_SEARCHED_ROWS = 30


def column_problems(sheet: Sheet, layout: SheetLayout, names: Sequence[str]) -> tuple[Problem, ...]:
    """Name every required column that the sheet lacks (L201), and every mapped header that stands twice (L203).

    The headers found are quoted only when at least half of those needed are among them, and two: else it may be a record.
    """
    keys = Counter(header_key(name) for name in names if name)
    place = _place(sheet, layout)
    wanted = {header_key(item.header): item for item in wanted_columns(layout)}
    problems = [
        Problem("L203", f"the header '{item.header}' stands twice", place, _where(names, key), "give each its own header")
        for key, item in wanted.items()
        if keys[key] > 1
    ]
    missing = [item.header for key, item in wanted.items() if item.required and not keys[key]]
    needed = sum(item.required for item in wanted.values())
    if missing and needed - len(missing) < max(needed / 2, 2):
        return (*problems, _no_header(sheet, layout, missing, place))
    found = [name for name in names if name]
    known = [item.header for item in wanted.values()]
    return (*problems, *(_missing(header, found, known, place) for header in missing))


def _missing(header: str, found: Sequence[str], known: Sequence[str], place: str) -> Problem:
    hint = renamed_hint(header, found, known)
    detail = f"headers found: {', '.join(found)}"
    fix = f"{hint}correct the site's layout, or say 'optional: true' if a file may lack the column"
    return Problem("L201", f"the column '{header}' is missing", place, detail, fix)


def _no_header(sheet: Sheet, layout: SheetLayout, missing: Sequence[str], place: str) -> Problem:
    listed = ", ".join(f"'{header}'" for header in missing)
    wanted = {header_key(header) for header in missing}
    for row in sheet.cells.index[:_SEARCHED_ROWS]:
        if wanted <= {header_key(name) for name in header_names(sheet, layout, int(row))}:
            detail = f"needed: {listed}; they stand in row {row}"
            fix = f"set 'header_row: {row}' in the site's layout"
            return Problem("L201", "the headers stand in another row", place, detail, fix)
    return Problem(
        "L201",
        "most of the layout's headers were not found",
        place,
        f"needed: {listed}",
        "correct the headers, or 'header_row'",
    )


def _place(sheet: Sheet, layout: SheetLayout) -> str:
    named = f", sheet {sheet.name}" if sheet.name else ""
    return f"{sheet.file}{named}, header row {layout.header_row}"


def _where(names: Sequence[str], key: str) -> str:
    return "columns " + ", ".join(column_letters(place) for place, name in enumerate(names) if header_key(name) == key)


def new_columns(used: Sequence[str], filled: pd.DataFrame, names: Sequence[str], spot: Spot) -> Issues:
    """Flag the columns that no layout of the sheet knows (D115).

    used: as `column_uses` gives. filled: of the records only.
    """
    flags = []
    for position, (use, name) in enumerate(zip(used, names, strict=True)):
        if use == "unmapped":
            rows = filled.index if name else filled.index[filled[position]]
            if name or len(rows):
                flags.append(_new(spot.at(position, name), rows))
    return Issues(flags=tuple(flags))


def _new(spot: Spot, rows: pd.Index) -> Flag:
    if not spot.header:
        return Flag("D115", spot, tuple(rows[:10]), len(rows), "a column without a header holds entries")
    return Flag("D115", spot, (), 1, f"'{spot.header}': renamed, new, or to be ignored?")
