"""Clean: many providers' files in, canonical tables out, with an explanation of every row and every changed value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from evaltools.clean.account_lines import account_lines
from evaltools.clean.assemble_tables import ORIGIN, Records, assemble_tables
from evaltools.clean.check_layouts import check_layouts
from evaltools.clean.check_sites import check_sites
from evaltools.clean.clean_column import Rules
from evaltools.clean.collect_sites import collect_sites, site_words
from evaltools.clean.compare_dates import compare_dates
from evaltools.clean.explain_findings import explain_findings
from evaltools.clean.explain_rows import Places, explain_rows
from evaltools.clean.fill_sites import fill_sites
from evaltools.clean.identify_rows import identify_rows
from evaltools.clean.issues import Issues, joined
from evaltools.clean.judge_records import judge_records
from evaltools.clean.match_files import Delivery, match_files
from evaltools.clean.missing_files import missing_files
from evaltools.clean.open_sheets import OpenSheet, open_sheets
from evaltools.clean.pseudonymise import hasher
from evaltools.clean.read_file import read_file
from evaltools.clean.settle_rows import settle_rows
from evaltools.clean.shape_sheet import Shaped, shape_sheet
from evaltools.clean.sheet import RawFile
from evaltools.clean.validate_tables import validate_tables
from evaltools.domain.harmonised import LEDGER, QUARANTINE, Harmonised
from evaltools.schema.layout import Layout
from evaltools.schema.table import Schema

__all__ = ["harmonise"]


def harmonise(  # noqa: PLR0913 - the door of the stage: everything that a run depends on is named here
    files: Sequence[Path],
    root: Path,
    layouts: Sequence[Layout],
    schema: Schema,
    key: bytes,
    data_cut: date,
    sites: pd.DataFrame | None = None,
    progress: Callable[[str], None] | None = None,
) -> Harmonised:
    """Clean the raw files of a study.

    Parameters
    ----------
    files, root
        Raw files, and the folder that their shown names are relative to.
    layouts
        How each provider's files become ours. A file that none names is not used, and said.
    key
        For pseudonyms; whoever holds it can recompute them.
    data_cut
        Dates after this day are set aside.
    sites
        Sites that the study file states; a layout may add to them or say more of them.
    progress
        Told one line a file.

    Returns
    -------
    Harmonised
        Canonical tables, ledger, quarantine, findings and the accounting of every line.

    Raises
    ------
    LayoutError
        Missing columns and sheets of all files at once.
    """
    tell = progress or (lambda line: None)
    check_layouts(layouts, schema)
    check_sites(layouts, sites)
    deliveries = match_files(files, root, layouts)
    opened = open_sheets(deliveries, [_read(delivery, tell) for delivery in deliveries])

    pseudonym = hasher(key)
    rules = Rules(schema, data_cut, pseudonym, "", site_words(sites))
    shaped = [_shape(sheet, rules, tell) for sheet in opened.sheets]
    records = Records.of([sheet.records.index.to_numpy() for sheet in opened.sheets])
    parts = [(part, number) for number, one in enumerate(shaped) for part in one.parts]
    tables = assemble_tables([part for part, _ in parts], [number for _, number in parts], records, schema)
    tables = identify_rows(fill_sites(tables), pseudonym)

    settled = settle_rows(tables, schema, [part.main for part, _ in parts])
    judged = judge_records(settled, _named(shaped))
    places = Places([sheet.spot for sheet in opened.sheets], [part for part, _ in parts], records)
    compared = compare_dates(settled.tables, places)

    finished = {name: rows.drop(columns=list(ORIGIN)) for name, rows in (settled.tables | {"jobs": compared.jobs}).items()}
    finished["sites"] = collect_sites(finished["sites"], sites, schema.tables["sites"])
    validate_tables(finished, schema)
    absent = Issues(flags=missing_files([delivery.name for delivery in deliveries], layouts))
    issues = joined([opened.issues, absent, *(one.issues for one in shaped), explain_rows(judged, places), compared.issues])
    lines = [replace(sheet.lines, fates=judged.fate[records.sheet == number]) for number, sheet in enumerate(opened.sheets)]
    return Harmonised(
        finished,
        _frame(issues.ledger, LEDGER),
        _frame(issues.quarantine, QUARANTINE),
        explain_findings(issues.flags, schema),
        account_lines([*lines, *opened.others]),
    )


def _read(delivery: Delivery, tell: Callable[[str], None]) -> RawFile:
    if delivery.layout is None:
        return RawFile(delivery.name, "")
    tell(f"reading {delivery.name}")
    return read_file(delivery.path, delivery.name, delivery.layout.encoding, delivery.layout.delimiter)


def _shape(sheet: OpenSheet, rules: Rules, tell: Callable[[str], None]) -> Shaped:
    """Shape one sheet by each of its layouts; identifiers are the provider's own, so they are hashed within the provider."""
    tell(f"cleaning {sheet.spot.file}" + (f", {sheet.spot.sheet}" if sheet.spot.sheet else ""))
    scope = sheet.layout.site or "|".join(sheet.layout.files)
    views = [
        shape_sheet(sheet.records, sheet.filled, sheet.names, layout, sheet.spot, replace(rules, scope=scope))
        for layout in sheet.layouts
    ]
    people = views[0].people
    for view in views[1:]:
        people = people.fillna(view.people)
    return Shaped(tuple(part for view in views for part in view.parts), people, joined(view.issues for view in views))


def _named(shaped: Sequence[Shaped]) -> pd.Series:
    """Give the person whom each record names, by record number."""
    empty = pd.Series([], dtype="string")
    return pd.concat([empty, *(one.people for one in shaped)], ignore_index=True).astype("string")


def _frame(frames: Sequence[pd.DataFrame], columns: dict[str, str]) -> pd.DataFrame:
    """Join frames with some of the columns into one with all of them; what two layouts of a sheet say twice is said once."""
    held = [frame.reindex(columns=list(columns)).astype(columns) for frame in frames if len(frame)]
    empty = pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in columns.items()})
    joined_frame = pd.concat(held, ignore_index=True) if held else empty
    texts = [name for name, dtype in columns.items() if dtype == "string"]
    return joined_frame.drop_duplicates(ignore_index=True).fillna(dict.fromkeys(texts, ""))
