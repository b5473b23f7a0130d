"""Send each provider its own files back with the cells to fix: private/returns/<site>_to_fix.xlsx and .csv."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from evaltools.clean.match_files import Delivery, match_files
from evaltools.clean.match_sheets import SheetMatch, match_sheets
from evaltools.clean.name_columns import header_names
from evaltools.clean.named_elsewhere import without_names
from evaltools.clean.place_columns import place_columns
from evaltools.clean.pseudonymise import Hasher, hasher
from evaltools.clean.read_file import read_file
from evaltools.clean.read_forgotten import read_forgotten
from evaltools.clean.returned_csv import returned_csv
from evaltools.clean.returned_sheet import ReturnedSheet
from evaltools.clean.returned_workbook import returned_workbook
from evaltools.clean.sheet import Sheet
from evaltools.clean.withdraw_people import WITHDRAWN, emptied_rows, scope_of
from evaltools.domain.harmonised import Harmonised
from evaltools.intake import provider_files
from evaltools.private_files import write_private_file
from evaltools.provenance import study_schema
from evaltools.schema.layout import Layout
from evaltools.schema.read_layouts import read_layouts
from evaltools.study import Study, pseudonym_key

__all__ = ["return_checked", "return_workbooks"]

_SEVERAL = "several_sites"


def return_checked(study: Study, done: Harmonised, tell: Callable[[str], None], only: str = "") -> list[Path]:
    """Write the workbooks for what `check` found. done: of the study's own layouts and files. only: one site."""
    layouts = read_layouts(study.folder / "sites", study_schema(study))
    return return_workbooks(study, done, layouts, provider_files(study), tell, only)


def return_workbooks(
    study: Study,
    done: Harmonised,
    layouts: Sequence[Layout],
    files: Sequence[Path],
    tell: Callable[[str], None] = lambda words: None,
    only: str = "",
) -> list[Path]:
    """Write a workbook and a CSV file for each site that sent anything, and give the paths of the workbooks.

    done: of `harmonise` for these files and layouts. only: one site. The provider's files are read again and never changed.
    A file for several sites is returned under the name 'several_sites'. Workbooks of sites that are no longer there go.
    """
    folder = study.build / "private" / "returns"
    names = {site.id: site.name for site in study.sites}
    deliveries = match_files(files, study.raw, layouts)
    forgotten, pseudonym = read_forgotten(study.folder / "decisions"), hasher(pseudonym_key(study))
    sent = done.accounting[done.accounting["status"] != "not used"]
    written = []
    for site in sorted(sent["site"].fillna("").unique()):
        if only and site != only:
            continue
        stem = site or _SEVERAL
        tell(f"writing {stem}_to_fix.xlsx")
        mine = done.accounting[(done.accounting["site"] == site) & (done.accounting["status"] != "not used")]
        findings = done.findings[done.findings["site"] == site].reset_index(drop=True)
        quarantine = done.quarantine[done.quarantine["file"].isin(mine["file"])]
        sheets = [_without_withdrawn(sheet, quarantine) for sheet in _sheets(deliveries, mine, pseudonym, forgotten)]
        title = names.get(site, site.replace("_", " ").capitalize() or "Several sites")
        book = returned_workbook(title, sheets, findings, quarantine, mine, study.study.synthetic)
        written.append(write_private_file(folder / f"{stem}_to_fix.xlsx", book))
        write_private_file(folder / f"{stem}_to_fix.csv", returned_csv(sheets, findings, quarantine))
    if not only:
        _clear(folder, {path.stem for path in written})
    return written


def _sheets(
    deliveries: Sequence[Delivery], accounting: pd.DataFrame, pseudonym: Hasher, forgotten: frozenset[str]
) -> list[ReturnedSheet]:
    """Read the sheets again that were read, in the order of the accounting; no entry names people who have withdrawn."""
    read = accounting[accounting["status"] == "read"]
    wanted = dict.fromkeys(zip(read["file"], read["sheet"], strict=True))
    held = {}
    for delivery in deliveries:
        if delivery.layout is None or delivery.name not in set(read["file"]):
            continue
        raw = read_file(delivery.path, delivery.name, delivery.layout.encoding, delivery.layout.delimiter)
        for match in match_sheets(raw, delivery.layout):
            if match.layouts:
                first, sheet = match.layouts[0], _unnamed(match, delivery.layout, pseudonym, forgotten)
                held[sheet.file, sheet.name] = ReturnedSheet(
                    sheet.file, sheet.name, sheet.cells, first.header_row, first.header_rows, sheet.merged
                )
    return [held[key] for key in wanted if key in held]


def _unnamed(match: SheetMatch, layout: Layout, pseudonym: Hasher, forgotten: frozenset[str]) -> Sheet:
    """Take entries out that name people who have withdrawn; their own identifiers go with their rows."""
    sheet = match.sheet
    if not forgotten:
        return sheet
    placed = [item for one in match.layouts for item in place_columns(one, header_names(sheet, one))]
    own = {item.position for item in placed if item.field == "participant_id"}
    searched = [position for position in range(sheet.cells.shape[1]) if position not in own]
    cells = without_names(sheet.cells, searched, scope_of(layout), pseudonym, forgotten)
    return replace(sheet, cells=cells if cells is sheet.cells else cells.astype(object))


def _without_withdrawn(sheet: ReturnedSheet, quarantine: pd.DataFrame) -> ReturnedSheet:
    """Leave the rows of people who have withdrawn empty."""
    here = (quarantine["file"] == sheet.file) & (quarantine["sheet"] == sheet.name) & (quarantine["code"] == WITHDRAWN)
    rows = quarantine.loc[here, "row"].to_numpy(dtype="int64")
    if not len(rows):
        return sheet
    return replace(sheet, cells=emptied_rows(sheet.cells, np.isin(sheet.cells.index, rows)).astype(object))


def _clear(folder: Path, stems: set[str]) -> None:
    for path in folder.glob("*_to_fix.*"):
        if path.stem not in stems:
            path.unlink()
