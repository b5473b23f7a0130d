"""The first sheet of the workbook sent back: totals in words, then every line to fix, with a link to its cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from openpyxl.styles import Alignment
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from evaltools.clean.returned_entries import put_text
from evaltools.clean.workbook_look import (
    BODY,
    LINK,
    NOTE,
    PRIORITIES,
    STRONG,
    TITLE,
    WARNING,
    WRAPPED,
    line_height,
    paint,
    print_landscape,
    underline_row,
    write_header,
)

__all__ = ["FRONT", "LISTED", "heading", "listed_lines", "totals_in_words", "write_front"]

FRONT = "What to fix"
LISTED = 500  # cells of one finding that get a line each
_HEADINGS = ("Priority", "Sheet", "Cell", "What was entered", "Problem", "What to do")
_WIDTHS = (19, 27, 10, 25, 52, 50)
_SYNTHETIC = "Synthetic data: nobody in this workbook is real."
_WORDS = (
    "Must fix: we could not use the entry. Please check: we used it as it stands, and it is unlikely to be right. "
    "Changed for you: we could read it and made it plain; there is nothing to do."
)
_ADVICE = (
    "Correct the shaded cells in your own file and send that file again. This is a copy of what we read, without charts, "
    "pictures and drop-down lists; your original has not been touched. Click on a cell's name to go to it."
)


def totals_in_words(accounting: pd.DataFrame, findings: pd.DataFrame) -> str:
    """Say in one line what was read and what is to be done. Both: of one site."""
    rows, kept, merged, aside = (int(accounting[name].sum()) for name in ("rows", "kept", "merged", "quarantined"))
    parts = [f"{rows:,} row{'' if rows == 1 else 's'} read: {kept:,} ready to use"]
    parts += [f"{merged:,} repeated and merged"] if merged else []
    parts += [f"{aside:,} set aside until corrected"] if aside else []
    entries = findings[findings["cells"] != ""]
    fix, check, changed = (int(entries.loc[entries["severity"] == grave, "count"].sum()) for grave in PRIORITIES)
    said = f"{fix:,} must be fixed, {check:,} should be checked, {changed:,} {_was(changed)} changed for you"
    others = len(findings) - len(entries)
    more = f" {others:,} other point{' is' if others == 1 else 's are'} about whole files or sheets." if others else ""
    return f"{', '.join(parts)}. Entries: {said}.{more}"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


def listed_lines(lines: pd.DataFrame) -> pd.DataFrame:
    """Keep the lines that are listed one by one: the first 500 cells of a finding, one line for what was changed for you.

    Adds a column 'more': how many cells of the finding follow that have no line of their own.
    """
    place = lines.groupby("finding").cumcount()
    held = lines.groupby("finding")["finding"].transform("size")
    limit = (lines["severity"] == "changed for you").map({True: 1, False: LISTED}).clip(upper=held)
    more = (lines["count"].clip(lower=held) - limit).where((lines["position"] >= 0) & (place == limit - 1), 0)
    return lines.assign(more=more)[place < limit]


def heading(site: str, synthetic: bool = False) -> str:
    """Say whose check it is; on every printed page also whether the data are synthetic."""
    return f"{site}: check of your return" + (" (synthetic data)" if synthetic else "")


def write_front(
    target: Worksheet, site: str, totals: str, lines: pd.DataFrame, tabs: Mapping[tuple[str, str], str], synthetic: bool
) -> None:
    """Write the sheet. lines: of `fault_lines`. tabs: name of the tab of each file and sheet."""
    notes = [totals, _ADVICE, _WORDS, *([_SYNTHETIC] if synthetic else [])]
    target.sheet_view.showGridLines = False
    target.cell(1, 1, heading(site)).font = TITLE
    target.row_dimensions[1].height = 26
    for row, note in enumerate(notes, 2):
        target.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(_WIDTHS))
        cell = target.cell(row, 1, note)
        cell.font = STRONG if row == 2 else WARNING if note == _SYNTHETIC else NOTE
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        target.row_dimensions[row].height = line_height([note], [sum(_WIDTHS)])
    head = len(notes) + 3
    write_header(target, head, _HEADINGS, _WIDTHS)
    listed = listed_lines(lines)
    for row, line in enumerate(listed.to_dict("records"), head + 1):
        _write_line(target, row, line, tabs)
    if listed.empty:
        target.cell(head + 1, 1, "Nothing to fix: thank you.").font = BODY
    else:
        target.auto_filter.ref = f"A{head}:F{head + len(listed)}"
    target.freeze_panes = target.cell(head + 1, 1)
    print_landscape(target, f"{head}:{head}", heading(site, synthetic))


def _write_line(target: Worksheet, row: int, line: Mapping[Any, Any], tabs: Mapping[tuple[str, str], str]) -> None:
    words, colour = PRIORITIES[str(line["severity"])]
    file, sheet = str(line["file"]), str(line["sheet"])
    tab = tabs.get((file, sheet), "")
    problem = str(line["problem"]) + (_more(int(line["more"])) if line["more"] else "")
    where = tab or ", ".join(filter(None, (file, sheet)))
    texts = [words, where, str(line["cell"]), str(line["entered"])[:200], problem, str(line["fix"])]
    for place, text in enumerate(texts, 1):
        cell = target.cell(row, place)
        put_text(cell, text)
        cell.font, cell.alignment = BODY, WRAPPED
    target.cell(row, 1).fill = paint(colour)
    target.cell(row, 1).font = STRONG if line["severity"] == "must fix" else BODY
    if tab:
        _link(target, row, 3 if line["cell"] else 2, tab, str(line["cell"]) or "A1")
    underline_row(target, row, len(texts))
    target.row_dimensions[row].height = line_height(texts, _WIDTHS)


def _more(count: int) -> str:
    return f" {count:,} more like it."


def _link(target: Worksheet, row: int, place: int, tab: str, cell: str) -> None:
    """Make a cell a link to a cell of another sheet: a link, not a formula."""
    linked = target.cell(row, place)
    quoted = tab.replace("'", "''")
    linked.hyperlink = Hyperlink(ref=linked.coordinate, location=f"'{quoted}'!{cell}", tooltip=f"{tab}, {cell}")
    linked.font, linked.alignment = LINK, WRAPPED
