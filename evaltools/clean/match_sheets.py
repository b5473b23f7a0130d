"""Match the sheets of a file to the sheet layouts that name them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import pandas as pd

from evaltools.clean.name_columns import header_key
from evaltools.clean.sheet import RawFile, Sheet
from evaltools.errors import Problem
from evaltools.schema.layout import Layout, SheetLayout

__all__ = ["SheetMatch", "match_sheets", "sheet_problems"]


@dataclass(frozen=True)
class SheetMatch:
    """A sheet and the layouts that read it. expected: the layout knows that the sheet is not to be read."""

    sheet: Sheet
    layouts: tuple[SheetLayout, ...]
    expected: bool = False


def match_sheets(raw: RawFile, layout: Layout) -> tuple[SheetMatch, ...]:
    """Pair each sheet with the layouts of its name, or else with those for every sheet ('*').

    A text file goes by its name, with or without its ending. An empty sheet is never read.
    """
    ignored = {header_key(name) for name in layout.ignore_sheets}
    matches = []
    for sheet in raw.sheets:
        keys = _keys(sheet)
        if keys & ignored or sheet.cells.empty:
            matches.append(SheetMatch(sheet, (), True))
            continue
        named = tuple(item for item in layout.sheets if header_key(item.sheet) in keys)
        matches.append(SheetMatch(sheet, named or tuple(item for item in layout.sheets if item.sheet == "*")))
    return tuple(matches)


def _keys(sheet: Sheet) -> set[str]:
    if sheet.name:
        return {header_key(sheet.name)}
    path = PurePosixPath(sheet.file)
    return {header_key(path.name), header_key(path.stem)}


def sheet_problems(layout: Layout, raws: Sequence[RawFile]) -> tuple[Problem, ...]:
    """Name the sheets that a layout reads and that none of its readable files holds (L204).

    A refused file is missing as a file, not as a sheet: a text file still goes by its name.
    """
    readable = [raw for raw in raws if not raw.refused]
    held = {key for raw in readable for sheet in raw.sheets for key in _keys(sheet)}
    names = sorted({sheet.name for raw in readable for sheet in raw.sheets if sheet.name})
    held |= {key for raw in raws if raw.refused for key in _keys(Sheet(raw.file, "", pd.DataFrame()))}
    if not readable:
        return ()
    return tuple(
        Problem(
            "L204",
            f"there is no sheet '{item.sheet}'",
            ", ".join(raw.file for raw in readable),
            f"sheets found: {', '.join(names)}",
            "correct the sheet's name in the site's layout",
        )
        for item in layout.sheets
        if item.sheet != "*" and header_key(item.sheet) not in held
    )
