"""Open delivered files as sheets whose lines are named: what is read, what is refused, what is not used, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from evaltools.clean.account_lines import SheetLines
from evaltools.clean.check_columns import column_problems, new_columns
from evaltools.clean.classify_lines import classify_lines
from evaltools.clean.coded_cells import coded_cells
from evaltools.clean.column_uses import column_uses, count_cells
from evaltools.clean.issues import Flag, Issues, Spot, joined
from evaltools.clean.list_lines import list_lines, short_lines
from evaltools.clean.match_files import Delivery
from evaltools.clean.match_sheets import SheetMatch, match_sheets, sheet_problems
from evaltools.clean.name_columns import header_names
from evaltools.clean.sheet import RawFile, Sheet
from evaltools.clean.tidy_text import filled_cells
from evaltools.errors import LayoutError, Problem
from evaltools.schema.layout import Layout, SheetLayout

__all__ = ["OpenSheet", "Opened", "open_sheets"]


@dataclass(frozen=True)
class OpenSheet:
    """A sheet that is read. records, filled: its records (coded) and which of their cells hold anything, by row number."""

    layouts: tuple[SheetLayout, ...]
    layout: Layout
    names: tuple[str, ...]
    records: pd.DataFrame
    filled: pd.DataFrame
    spot: Spot
    lines: SheetLines


@dataclass(frozen=True)
class Opened:
    """sheets: those that are read. others: lines of what is refused or not used. issues: what is to be said about both."""

    sheets: tuple[OpenSheet, ...]
    others: tuple[SheetLines, ...]
    issues: Issues


def open_sheets(deliveries: Sequence[Delivery], raws: Sequence[RawFile]) -> Opened:
    """Open every file. raws: the files as read, in the order of the deliveries.

    Raises LayoutError with every column and sheet that is missing in any file.
    """
    problems: list[Problem] = []
    opened: list[Opened] = []
    for delivery, raw in zip(deliveries, raws, strict=True):
        site = delivery.layout.site if delivery.layout else ""
        if raw.refused or delivery.layout is None:
            opened.append(_closed(raw, site, delivery.layout))
            continue
        opened.append(Opened((), (), _file_flags(raw, site)))
        for match in match_sheets(raw, delivery.layout):
            faults = _sheet_faults(match)
            problems += faults
            if not faults:
                opened.append(_open(match, delivery.layout, raw.note))
    problems += _missing_sheets(deliveries, raws)
    if problems:
        raise LayoutError(*problems)
    return Opened(
        tuple(sheet for one in opened for sheet in one.sheets),
        tuple(lines for one in opened for lines in one.others),
        joined(one.issues for one in opened),
    )


def _missing_sheets(deliveries: Sequence[Delivery], raws: Sequence[RawFile]) -> list[Problem]:
    by_layout: dict[int, list[RawFile]] = {}
    layouts = {id(delivery.layout): delivery.layout for delivery in deliveries}
    for delivery, raw in zip(deliveries, raws, strict=True):
        by_layout.setdefault(id(delivery.layout), []).append(raw)
    return [fault for key, layout in layouts.items() if layout for fault in sheet_problems(layout, by_layout[key])]


def _sheet_faults(match: SheetMatch) -> tuple[Problem, ...]:
    return tuple(
        fault
        for layout in match.layouts
        for fault in column_problems(match.sheet, layout, header_names(match.sheet, layout))
    )


def _open(match: SheetMatch, layout: Layout, note: str) -> Opened:
    sheet = replace(match.sheet, cells=coded_cells(match.sheet.cells))
    spot = Spot(layout.site, sheet.file, sheet.name)
    if not match.layouts:
        flags = () if match.expected else (Flag("D119", spot),)
        return Opened(
            (), (SheetLines(layout.site, sheet.file, sheet.name, "not used", _note(sheet, note)),), Issues(flags=flags)
        )
    first = match.layouts[0]
    names = header_names(sheet, first)
    filled = filled_cells(sheet.cells)
    kinds = classify_lines(sheet, first, filled)
    held = (kinds == "record").to_numpy()
    records, entries = _rows(sheet.cells, held), _rows(filled, held)
    used = column_uses(match.layouts, names)
    counts = count_cells(used, entries)
    lines = SheetLines(layout.site, sheet.file, sheet.name, "read", _note(sheet, note), kinds.array, cells=counts)
    issues = joined(
        [
            new_columns(used, entries, names, spot),
            _hidden(sheet, spot),
            short_lines(sheet, first, records.index, spot),
            list_lines(kinds, spot),
        ]
    )
    opened = OpenSheet(match.layouts, layout, names, records, entries, spot, lines)
    return Opened((opened,), (), issues)


def _rows(frame: pd.DataFrame, held: np.ndarray) -> pd.DataFrame:
    """Take some rows; without copying them, where they follow each other."""
    places = np.flatnonzero(held)
    if len(places) and places[-1] - places[0] + 1 == len(places):
        return frame.iloc[places[0] : places[-1] + 1]
    return frame[held]


def _hidden(sheet: Sheet, spot: Spot) -> Issues:
    if not sheet.hidden:
        return Issues()
    return Issues(flags=(Flag("D116", spot, (), len(sheet.hidden), _hidden_words(sheet)),))


def _hidden_words(sheet: Sheet) -> str:
    shown = ", ".join(sheet.hidden[:10])
    return f"hidden: {shown}" + (f" and {len(sheet.hidden) - 10} more" if len(sheet.hidden) > 10 else "")


def _note(sheet: Sheet, note: str) -> str:
    return "; ".join(filter(None, (note, _hidden_words(sheet) if sheet.hidden else "")))


def _closed(raw: RawFile, site: str, layout: Layout | None) -> Opened:
    """Account for a file of which nothing is used."""
    spot = Spot(site, raw.file, "")
    if layout is None:
        unused = SheetLines("", raw.file, "", "not used", "no layout names it")
        detail = "no layout names the file: which site's is it, or is it to be taken out of raw/?"
        return Opened((), (unused,), Issues(flags=(Flag("D119", spot, detail=detail),)))
    aside = {"level": "file", "code": "D101", "file": raw.file, "sheet": "", "why": raw.refused}
    _, _, remedy = raw.refused.rpartition("; ")
    fix = f"{remedy[:1].upper()}{remedy[1:]}." if "; " in raw.refused else ""
    issues = Issues((), (pd.DataFrame([aside]),), (Flag("D101", spot, detail=raw.refused, fix=fix),))
    return Opened((), (SheetLines(site, raw.file, "", "refused", raw.refused),), issues)


def _file_flags(raw: RawFile, site: str) -> Issues:
    if not raw.mislabelled:
        return Issues()
    return Issues(flags=(Flag("D120", Spot(site, raw.file, ""), detail=f"the content is {raw.kind}"),))
