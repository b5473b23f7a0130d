"""Leave out people who have withdrawn, before a single entry of their records is read any further."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from evaltools.clean.coded_cells import coded_column, held_where
from evaltools.clean.column_uses import column_uses
from evaltools.clean.faults import FAULTS
from evaltools.clean.name_columns import header_key
from evaltools.clean.named_elsewhere import without_names
from evaltools.clean.open_sheets import OpenSheet
from evaltools.clean.place_columns import place_columns
from evaltools.clean.pseudonymise import FIRST_LETTERS, Hasher, plain_identifiers
from evaltools.clean.settle_rows import Settled
from evaltools.clean.sheet import Cell
from evaltools.clean.tidy_text import tidy
from evaltools.schema.layout import Layout

__all__ = [
    "WITHDRAWN",
    "emptied_rows",
    "participant_pseudonyms",
    "scope_of",
    "set_aside_withdrawn",
    "withdraw_people",
]

WITHDRAWN = "D154"
"""Catalogue code of a record that is left out because its person has withdrawn."""


def scope_of(layout: Layout) -> str:
    """Say whose identifiers a layout's files hold: the site's, or those of files for several sites."""
    return layout.site or "|".join(layout.files)


def participant_pseudonyms(entries: Sequence[Cell], scope: str, pseudonym: Hasher) -> list[str]:
    """Give the pseudonym of each identifier as entered; an empty one has none ('')."""
    plain = plain_identifiers([tidy(entry) if isinstance(entry, str) else entry for entry in entries], "participant_id")
    hashed = pseudonym.many("participant_id", scope, plain)
    return [value if text else "" for value, text in zip(hashed, plain, strict=True)]


def withdraw_people(
    sheets: Sequence[OpenSheet], pseudonym: Hasher, forgotten: frozenset[str]
) -> tuple[list[OpenSheet], np.ndarray]:
    """Empty the records of people who have withdrawn, so that no step after this one can see or keep an entry of theirs.

    Where an entry of somebody else names them, '(withdrawn)' takes its place.

    forgotten: their pseudonyms. Returns the sheets, and of each record (in order of the sheets) whether it was emptied.
    """
    if not forgotten:
        return list(sheets), np.zeros(sum(len(sheet.records) for sheet in sheets), dtype=bool)
    gone = [_of_forgotten(sheet, pseudonym, forgotten) for sheet in sheets]
    left = [_emptied(sheet, rows) if rows.any() else sheet for sheet, rows in zip(sheets, gone, strict=True)]
    left = [_unnamed(sheet, pseudonym, forgotten) for sheet in left]
    return left, np.concatenate([np.zeros(0, dtype=bool), *gone])


def _unnamed(sheet: OpenSheet, pseudonym: Hasher, forgotten: frozenset[str]) -> OpenSheet:
    """Take entries out that name them: of the columns that are read, save identifiers, which are hashed and never kept."""
    placed = [item for layout in sheet.layouts for item in place_columns(layout, sheet.names)]
    hashed = {item.position for item in placed if item.field in FIRST_LETTERS}
    links = {header_key(header) for layout in sheet.layouts for header in layout.link}
    uses = zip(sheet.names, column_uses(sheet.layouts, sheet.names), strict=True)
    read = [at for at, (name, use) in enumerate(uses) if use == "mapped" and header_key(name) not in links]
    searched = [at for at in read if at not in hashed and at in sheet.records]
    return replace(sheet, records=without_names(sheet.records, searched, scope_of(sheet.layout), pseudonym, forgotten))


def _of_forgotten(sheet: OpenSheet, pseudonym: Hasher, forgotten: frozenset[str]) -> np.ndarray:
    gone = np.zeros(len(sheet.records), dtype=bool)
    placed = [item for layout in sheet.layouts for item in place_columns(layout, sheet.names)]
    for position in {item.position for item in placed if item.field == "participant_id"}:
        column = sheet.records[position]
        names = participant_pseudonyms(column.cat.categories.tolist(), scope_of(sheet.layout), pseudonym)
        gone |= held_where(column, np.array([name in forgotten for name in names], dtype=bool))
    return gone


def _emptied(sheet: OpenSheet, gone: np.ndarray) -> OpenSheet:
    filled = sheet.filled.copy()
    filled.loc[gone, :] = False
    return replace(sheet, records=emptied_rows(sheet.records, gone), filled=filled)


def emptied_rows(cells: pd.DataFrame, gone: np.ndarray) -> pd.DataFrame:
    """Empty the cells of some rows of a sheet. gone: by row, whether it is emptied; returns every column coded."""
    columns = {position: _without(column, gone) for position, column in cells.items()}
    return pd.DataFrame(columns, index=cells.index, columns=cells.columns)


def _without(column: pd.Series, gone: np.ndarray) -> pd.Categorical:
    """Empty some cells, and drop the entries that stand in no other."""
    cells = column.to_numpy(dtype=object).copy()
    cells[gone] = ""
    codes, values = pd.factorize(cells)
    return coded_column(codes, list(values))


def set_aside_withdrawn(settled: Settled, withdrawn: np.ndarray) -> Settled:
    """Say of the emptied records that their person has withdrawn (D154), in place of what is missing in them."""
    if not withdrawn.any():
        return settled
    others = settled.faults[~withdrawn[settled.faults["_source"].to_numpy(dtype="int64")]]
    faults = pd.DataFrame({"_source": np.flatnonzero(withdrawn), "_part": -1, "table": "", "field": ""})
    faults["code"], faults["main"], faults["why"] = WITHDRAWN, True, "the person has withdrawn"
    return replace(settled, faults=pd.concat([others, faults.astype(FAULTS)], ignore_index=True))
