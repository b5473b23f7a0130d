"""Replay the ledger: raw sheets, changed only as the ledger and the quarantine say, give the canonical tables again.

No cleaning rule is run: which lines are records, what each entry became, which rows went and which were merged is taken
from the ledger and the quarantine. Only the layout's places of columns, the pseudonyms (which the ledger does not hold)
and the identifiers made from other fields are worked out anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from evaltools.clean.assemble_tables import ORIGIN, Records, assemble_tables, share_texts
from evaltools.clean.cell_names import column_letters
from evaltools.clean.cell_ranges import rows_in
from evaltools.clean.clean_column import Rules
from evaltools.clean.coded_cells import coded_cells
from evaltools.clean.coded_texts import plain_texts
from evaltools.clean.collect_sites import collect_sites, site_words
from evaltools.clean.fill_sites import fill_sites
from evaltools.clean.held_values import held_array
from evaltools.clean.identify_rows import identify_rows
from evaltools.clean.issues import Spot
from evaltools.clean.match_sheets import match_sheets
from evaltools.clean.name_columns import header_names
from evaltools.clean.pseudonymise import FIRST_LETTERS, hasher, plain_identifiers
from evaltools.clean.reading import CleanColumn
from evaltools.clean.shape_sheet import Part, shape_sheet
from evaltools.clean.sheet import RawFile, Sheet, cell_text
from evaltools.clean.tidy_text import filled_cells, tidy
from evaltools.clean.typed_values import typed_array
from evaltools.schema.layout import Column, Layout
from evaltools.schema.table import PANDAS_TYPES, Schema

__all__ = ["replay"]

_NO_RECORDS = ("title row", "header row", "blank row", "total row")


@dataclass(frozen=True)
class _Told:
    """What ledger and quarantine tell of one sheet."""

    ledger: pd.DataFrame
    quarantine: pd.DataFrame

    @classmethod
    def of(cls, ledger: pd.DataFrame, quarantine: pd.DataFrame, sheet: Sheet) -> _Told:
        held = [told[(told["file"] == sheet.file) & (told["sheet"] == sheet.name)] for told in (ledger, quarantine)]
        return cls(*held)

    def rows(self, rules: Sequence[str]) -> np.ndarray:
        """Give the rows of the sheet that these rules name."""
        cells = self.ledger.loc[self.ledger["rule"].isin(rules), "cells"]
        return np.concatenate([np.array([], dtype=np.int64), *(rows_in(some) for some in cells)])


def replay(
    raws: Sequence[tuple[RawFile, Layout]],
    ledger: pd.DataFrame,
    quarantine: pd.DataFrame,
    schema: Schema,
    key: bytes,
    sites: pd.DataFrame | None = None,
) -> dict[str, pd.DataFrame]:
    """Make the canonical tables of a run from its raw files, its ledger and its quarantine.

    raws: the files as read, in the order of the run, each with the layout that names it. key: of the pseudonyms. sites:
    those that the study file states. Gives the tables of `harmonise`, equal in every entry and type.
    """
    rules = Rules(schema, date.max, hasher(key), "", site_words(sites))
    rows: list[np.ndarray] = []
    parts: list[Part] = []
    numbers: list[int] = []
    gone: list[tuple[int, int | None, np.ndarray]] = []
    for raw, layout in raws:
        for match in match_sheets(raw, layout):
            if not match.layouts:
                continue
            told = _Told.of(ledger, quarantine, match.sheet)
            cells = coded_cells(match.sheet.cells)
            records = cells[~np.isin(cells.index.to_numpy(), told.rows(_NO_RECORDS))]
            names = header_names(match.sheet, match.layouts[0])
            spot = Spot(layout.site, match.sheet.file, match.sheet.name)
            own = replace(rules, scope=layout.site or "|".join(layout.files))
            held = [
                part
                for one in match.layouts
                for part in shape_sheet(records, filled_cells(records), names, one, spot, own, _Retold(told)).parts
            ]
            gone += [(len(rows), part, some) for part, some in _gone(told)]
            numbers += [len(rows)] * len(held)
            parts += [replace(part, number=number) for number, part in enumerate(held)]
            rows.append(records.index.to_numpy())
    tables = assemble_tables(parts, numbers, Records.of(rows), schema, share_texts(parts, schema))
    tables = identify_rows(fill_sites(tables), rules.pseudonym)
    kept = {name: _left(table, parts, numbers, Records.of(rows), gone) for name, table in tables.items()}
    kept["sites"] = collect_sites(kept["sites"], sites, schema.tables["sites"])
    return kept


def _gone(told: _Told) -> list[tuple[int | None, np.ndarray]]:
    """Give the rows of a sheet that went: of a part, or of all parts (None)."""
    aside, ledger = told.quarantine, told.ledger
    whole = aside.loc[aside["level"] == "row", "row"].to_numpy(dtype=np.int64)
    gone: list[tuple[int | None, np.ndarray]] = [(None, np.append(whole, told.rows(["merge"])))]
    single = aside[(aside["level"] == "value") & aside["part"].notna()]
    gone += [(_whole(part), some["row"].to_numpy(dtype=np.int64)) for part, some in single.groupby("part")]
    merged = ledger[(ledger["rule"] == "merge rows") & ledger["part"].notna()]
    gone += [(_whole(part), rows_in(", ".join(some["cells"]))) for part, some in merged.groupby("part")]
    return gone


def _whole(number: Any) -> int:
    return int(number)


def _left(
    table: pd.DataFrame,
    parts: Sequence[Part],
    sheets: Sequence[int],
    records: Records,
    gone: Sequence[tuple[int, int | None, np.ndarray]],
) -> pd.DataFrame:
    """Leave out the rows that went, and the columns of origin."""
    part = table["_part"].to_numpy()
    sheet = np.array(sheets, dtype=np.int64)[part]
    number = np.array([one.number for one in parts], dtype=np.int64)[part]
    row = records.row[table["_source"].to_numpy()]
    out = np.zeros(len(table), dtype=bool)
    for where, which, some in gone:
        here = (sheet == where) & np.isin(row, some)
        out |= here if which is None else here & (number == which)
    return plain_texts(table[~out].drop(columns=list(ORIGIN)).reset_index(drop=True))


class _Retold:
    """Gives a column the entries that the ledger says, in place of cleaning it."""

    def __init__(self, told: _Told) -> None:
        self._told = told

    def __call__(self, cells: pd.Series, spot: Spot, column: Column, rules: Rules) -> CleanColumn:
        ledger = self._told.ledger
        letters = ledger["cells"].str.extract(r"^([A-Z]+)\d", expand=False)
        here = (ledger["table"] == spot.table) & (ledger["field"] == spot.field) & (letters == column_letters(spot.position))
        target = rules.schema.tables[spot.table].fields[spot.field]
        hashed = target.identifier and target.name in FIRST_LETTERS
        texts = _retold(cells, ledger[here & (ledger["rule"] != "pseudonym")], hashed)
        if hashed:
            texts = _hashed(texts, column.codes, spot, rules)
        array = typed_array(_values(texts, target.type), PANDAS_TYPES[target.type])
        return CleanColumn(held_array(array, np.arange(len(texts)), cells.index.to_numpy()))


def _retold(cells: pd.Series, ledger: pd.DataFrame, hashed: bool) -> pd.Series:
    """Put the new text of every changed entry in its place. hashed: texts are not told, but those set aside are blank."""
    texts = pd.Series([cell_text(cell) for cell in cells], index=cells.index, dtype=object)
    for rule, where, new in zip(ledger["rule"], ledger["cells"], ledger["new"], strict=True):
        if not hashed:
            texts.loc[rows_in(where)] = new
        elif rule == "set aside":
            texts.loc[rows_in(where)] = ""
    return texts


def _hashed(texts: pd.Series, codes: Mapping[str, str], spot: Spot, rules: Rules) -> pd.Series:
    known = {tidy(entered).casefold(): code for entered, code in codes.items()}
    tidied = [tidy(text) for text in texts]
    plain = plain_identifiers([known.get(text.casefold(), text) for text in tidied], spot.field)
    hashed = rules.pseudonym.many(spot.field, rules.scope, plain)
    return pd.Series(
        [some if text else "" for some, text in zip(hashed, plain, strict=True)], index=texts.index, dtype=object
    )


def _values(texts: pd.Series, kind: str) -> Sequence[object]:
    """Make values of canonical texts; an empty text is a missing value."""
    if kind == "date":
        return pd.to_datetime(texts.where(texts != ""), format="%Y-%m-%d").tolist()
    if kind == "boolean":
        return [{"True": True, "False": False}[text] if text else None for text in texts]
    if kind in ("integer", "number"):
        return [(int(text) if kind == "integer" else float(text)) if text else None for text in texts]
    return [text or None for text in texts]
