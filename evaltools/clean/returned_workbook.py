"""The workbook sent back to a provider: what to fix, then its own sheets with the cells shaded and commented."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pandas as pd
from openpyxl import Workbook

from evaltools.clean.returned_files import FILES, write_files
from evaltools.clean.returned_front import FRONT, heading, totals_in_words, write_front
from evaltools.clean.returned_lines import fault_lines
from evaltools.clean.returned_names import tab_names
from evaltools.clean.returned_sheet import LONGEST_SHEET, ReturnedSheet, write_sheet
from evaltools.clean.steady_archive import steady_archive
from evaltools.clean.workbook_look import PRIORITIES

__all__ = ["returned_workbook"]

_CUT = f" Of sheets with more than {LONGEST_SHEET:,} rows, only the header and the rows that need you are here."


def returned_workbook(
    site: str,
    sheets: Sequence[ReturnedSheet],
    findings: pd.DataFrame,
    quarantine: pd.DataFrame,
    accounting: pd.DataFrame,
    synthetic: bool = False,
) -> bytes:
    """Make the workbook (.xlsx) for one provider; the same arguments give the same bytes.

    Parameters
    ----------
    site
        Name of the site, for the title.
    sheets
        Every sheet that was read of any of its files.
    findings, quarantine, accounting
        Of this site, with the columns of `domain.harmonised`.
    synthetic
        Whether to say that nobody is real.

    Returns
    -------
    bytes
        'What to fix' first, then the provider's sheets, then 'About the files'. Every entry is inert: what looks like a
        formula is text. Holds personal data.
    """
    lines = fault_lines(findings, quarantine, sheets)
    places = [(sheet.file, sheet.name) for sheet in sheets]
    tabs = dict(zip(places, tab_names(places, (FRONT, FILES)), strict=True))
    book = Workbook()
    book.properties.creator, book.properties.title = "evaltools", f"{site}: what to fix"
    front = book.active
    front.title = FRONT
    foot = heading(site, synthetic)
    marked = lines[lines["position"] >= 0].iloc[::-1]
    marked = marked.assign(text=_comments(marked))
    cut = [(one.file, one.name) for one in sheets if len(one.cells) > LONGEST_SHEET]
    totals = totals_in_words(accounting, findings) + (_CUT if cut else "")
    write_front(front, site, totals, lines, tabs, synthetic)
    for sheet in sheets:
        key = (sheet.file, sheet.name)
        mine = marked[(marked["file"] == sheet.file) & (marked["sheet"] == sheet.name)]
        target = book.create_sheet(tabs[key])
        write_sheet(target, sheet, mine, foot)
        target.sheet_properties.tabColor = _tab_colour(mine)
    write_files(book.create_sheet(FILES), accounting, tabs, cut, foot)
    content = io.BytesIO()
    book.save(content)
    return steady_archive(content.getvalue())


def _comments(lines: pd.DataFrame) -> pd.Series:
    """Write the comment of each cell: priority, problem and remedy in words."""
    words = lines["severity"].map({severity: shown for severity, (shown, _) in PRIORITIES.items()})
    return words + ": " + lines["problem"] + "\n" + lines["fix"]


def _tab_colour(marks: pd.DataFrame) -> str | None:
    """Colour a tab by the gravest thing on its sheet."""
    return next((colour for severity, (_, colour) in PRIORITIES.items() if (marks["severity"] == severity).any()), None)
