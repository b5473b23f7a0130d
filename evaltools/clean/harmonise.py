"""Clean: many providers' files in, canonical tables out, with an explanation of every row and every changed value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from evaltools.clean.account_lines import account_lines
from evaltools.clean.ask_questions import no_decisions
from evaltools.clean.assemble_tables import ORIGIN, Records, assemble_tables, share_texts
from evaltools.clean.check_layouts import check_layouts
from evaltools.clean.check_sites import check_sites
from evaltools.clean.clean_column import Rules
from evaltools.clean.coded_texts import plain_texts
from evaltools.clean.collect_sites import collect_sites, site_words
from evaltools.clean.compare_dates import compare_dates
from evaltools.clean.decide_pairs import decide_pairs
from evaltools.clean.decide_rows import decide_rows
from evaltools.clean.deliveries import date_deliveries
from evaltools.clean.explain_deliveries import explain_deliveries, of_newest_files, place_restatements
from evaltools.clean.explain_findings import explain_findings
from evaltools.clean.explain_rows import Places, explain_rows
from evaltools.clean.fill_sites import fill_sites
from evaltools.clean.held_values import HeldValues, held_array
from evaltools.clean.identify_rows import identify_rows
from evaltools.clean.issues import Issues, joined
from evaltools.clean.join_entries import join_entries
from evaltools.clean.judge_records import judge_records
from evaltools.clean.link_sheets import link_sheets
from evaltools.clean.match_files import Delivery, match_files
from evaltools.clean.missing_files import missing_files
from evaltools.clean.name_records import name_records
from evaltools.clean.newest_wins import made_up_keys, newest_wins
from evaltools.clean.open_sheets import OpenSheet, open_sheets
from evaltools.clean.place_rows import place_rows, place_spots
from evaltools.clean.pseudonymise import hasher
from evaltools.clean.read_file import read_file
from evaltools.clean.shape_sheet import Shaped, shape_sheet
from evaltools.clean.sheet import RawFile
from evaltools.clean.validate_tables import validate_tables
from evaltools.clean.withdraw_people import scope_of, set_aside_withdrawn, withdraw_people
from evaltools.domain.harmonised import LEDGER, QUARANTINE, Harmonised
from evaltools.schema.layout import Layout
from evaltools.schema.linkage import Linkage
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
    decisions: pd.DataFrame | None = None,
    forgotten: frozenset[str] = frozenset(),
    linkage: Linkage = Linkage(),  # noqa: B008 - a value that never changes
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
    decisions
        What people decided (columns of `ask_questions.DECISIONS`).
    forgotten
        Pseudonyms of people who have withdrawn: their records are set aside unread.
    linkage
        How people are linked between sites.

    Returns
    -------
    Harmonised
        Canonical tables, ledger, quarantine, findings, the accounting of every line, and links between people.

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
    sheets, withdrawn = withdraw_people(opened.sheets, pseudonym, forgotten)
    shaped = [_shape(sheet, rules, tell) for sheet in sheets]
    records = Records.of([sheet.records.index.to_numpy() for sheet in sheets])
    delivered = date_deliveries([sheet.spot.file for sheet in sheets], [sheet.layout for sheet in sheets], records.sheet)
    parts = [(part, number) for number, one in enumerate(shaped) for part in one.parts]
    texts = share_texts([part for part, _ in parts], schema, [one.people for one in shaped])
    people = pd.Series(texts["participant_id"].column([one.people for one in shaped]), copy=False)
    tables = assemble_tables([part for part, _ in parts], [number for _, number in parts], records, schema, texts)
    parts = [(replace(part, columns={}, rows=part.rows[:0].copy()), number) for part, number in parts]
    shape = [one.issues for one in shaped]
    opened, sheets = replace(opened, sheets=()), [_without_cells(sheet) for sheet in sheets]
    tables = fill_sites(tables)
    made_up = made_up_keys(tables, schema)
    newest = newest_wins(identify_rows(tables, pseudonym), schema, delivered, made_up)

    hand_over, newest = [newest.tables], replace(newest, tables={})
    older = delivered.older_files
    del tables, texts, shaped, delivered
    places = Places([sheet.spot for sheet in sheets], [part for part, _ in parts], records)
    said = no_decisions() if decisions is None else decisions
    decided = decide_rows(hand_over, schema, [part.main for part, _ in parts], places, key, said)
    settled, asked, answered = set_aside_withdrawn(decided.settled, withdrawn), decided.questions, decided.issues
    settled = replace(settled, copies=pd.concat([newest.copies, settled.copies], ignore_index=True))
    judged = judge_records(settled, people)
    compared = compare_dates(settled.tables, places)

    placed = place_rows(settled.tables, places)
    finished = {name: _finished(rows) for name, rows in (settled.tables | {"jobs": compared.jobs}).items()}
    finished["sites"] = collect_sites(plain_texts(finished["sites"]), sites, schema.tables["sites"])
    validate_tables(finished, schema)
    about_dates = compared.issues
    del decided, settled, compared  # large tables are not held twice
    finished = {name: plain_texts(finished.pop(name)) for name in list(finished)}
    absent = Issues(flags=missing_files([delivery.name for delivery in deliveries], layouts))
    explained = explain_rows(judged, places, [part for one in shape for part in one.quarantine])
    superseded = explain_deliveries(newest, judged.fate, places)
    issues = joined([opened.issues, absent, *shape, answered, explained, superseded, about_dates])
    index = name_records(people, places)
    linked = link_sheets(sheets, people, finished["participants"], linkage, key, data_cut)
    pairs = decide_pairs(linked, index, key, said)
    fates = np.split(judged.fate, records.offsets[1:-1])
    lines = [replace(sheet.lines, fates=own) for sheet, own in zip(sheets, fates, strict=False)]
    return Harmonised(
        finished,
        join_entries(issues.ledger, LEDGER),
        join_entries(issues.quarantine, QUARANTINE),
        explain_findings(of_newest_files(issues.flags, older), schema),
        account_lines([*lines, *opened.others]),
        pd.concat([asked, pairs.questions], ignore_index=True),
        place_restatements(newest.restatements, places),
        index,
        pairs.links,
        placed,
        place_spots(places),
    )


def _read(delivery: Delivery, tell: Callable[[str], None]) -> RawFile:
    if delivery.layout is None:
        return RawFile(delivery.name, "")
    tell(f"reading {delivery.name}")
    return read_file(delivery.path, delivery.name, delivery.layout.encoding, delivery.layout.delimiter)


def _shape(sheet: OpenSheet, rules: Rules, tell: Callable[[str], None]) -> Shaped:
    """Shape one sheet by each of its layouts; identifiers are the provider's own, so they are hashed within the provider."""
    tell(f"cleaning {sheet.spot.file}" + (f", {sheet.spot.sheet}" if sheet.spot.sheet else ""))
    scope = scope_of(sheet.layout)
    views = [
        shape_sheet(sheet.records, sheet.filled, sheet.names, layout, sheet.spot, replace(rules, scope=scope))
        for layout in sheet.layouts
    ]
    people = views[0].people if len(views) == 1 else _first_named([view.people for view in views])
    issues = joined(view.issues for view in views)
    parts = (part for view in views for part in view.parts)
    numbered = tuple(replace(part, number=number) for number, part in enumerate(parts))
    return Shaped(numbered, people, _once(issues) if len(views) > 1 else issues)


def _without_cells(sheet: OpenSheet) -> OpenSheet:
    """Let go of cells that nothing reads any more: all but those of sheets that people are linked by."""
    linked = any(layout.link for layout in sheet.layouts)
    rows = sheet.records if linked else pd.DataFrame(index=sheet.records.index)
    return replace(sheet, records=rows, filled=pd.DataFrame())


def _finished(rows: pd.DataFrame) -> pd.DataFrame:
    finished = rows.copy(deep=False)
    for name in ORIGIN:
        del finished[name]
    return finished


def _first_named(views: Sequence[HeldValues]) -> HeldValues:
    """Give the first person whom any of a sheet's layouts finds in each record."""
    people = views[0].series()
    for view in views[1:]:
        people = people.fillna(view.series())
    return held_array(people.array, np.arange(len(people)), people.index.to_numpy())


def _once(issues: Issues) -> Issues:
    """Say once what two layouts of a sheet say twice."""
    parts = ((issues.ledger, LEDGER), (issues.quarantine, QUARANTINE))
    ledger, quarantine = ((join_entries(part, columns).drop_duplicates(ignore_index=True),) for part, columns in parts)
    return Issues(ledger, quarantine, issues.flags)
