"""Propose how to read a sheet that no layout describes: header row, fields, date notations, codes and repeated columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from evaltools.clean.choose_notations import ChosenNotations, choose_notations
from evaltools.clean.classify_lines import classify_lines
from evaltools.clean.coded_cells import coded_cells
from evaltools.clean.find_headers import HeaderPlace, find_headers
from evaltools.clean.find_repeats import find_repeats, repeated_name
from evaltools.clean.masked_examples import masked_examples
from evaltools.clean.name_columns import header_key, header_names
from evaltools.clean.propose_codes import ProposedCodes, propose_codes
from evaltools.clean.propose_columns import ColumnCells, Proposal, propose_columns
from evaltools.clean.sheet import Cell, Sheet
from evaltools.clean.tidy_text import filled_cells, tidy
from evaltools.schema.layout import SheetLayout
from evaltools.schema.table import Field, Schema

__all__ = [
    "REPEATING",
    "ColumnDetails",
    "ProposedColumn",
    "ProposedSheet",
    "column_details",
    "propose_at",
    "propose_sheet",
    "table_of",
]

REPEATING = frozenset({"jobs", "contacts", "benefits", "measures", "evidence"})  # a person may have several rows in them
_PEOPLE = ("participants", "enrolments")
_DATED = ("date", "yearmonth")


@dataclass(frozen=True)
class ProposedColumn:
    """A column, or one that is repeated (times > 0, header with {n}). counts: cells of each distinct entry, tidied."""

    header: str
    positions: tuple[int, ...]
    times: int
    proposal: Proposal
    counts: Mapping[Cell, int] = field(repr=False)
    filled: float = 0.0


@dataclass(frozen=True)
class ProposedSheet:
    """sheet: its name, '*' in a text file. records: number of lines. columns: in their order."""

    sheet: str
    place: HeaderPlace
    records: int
    columns: tuple[ProposedColumn, ...]


@dataclass(frozen=True)
class ColumnDetails:
    """What a column needs beside its field. notations: of dates. codes: of a code list or yes and no, else None."""

    notations: ChosenNotations | None
    codes: ProposedCodes | None
    examples: tuple[str, ...]


def propose_sheet(sheet: Sheet, schema: Schema) -> ProposedSheet | None:
    """Propose how to read one sheet; None where no row looks like headers of ours."""
    place = find_headers(sheet, schema)
    return propose_at(sheet, place, schema) if place else None


def propose_at(sheet: Sheet, place: HeaderPlace, schema: Schema) -> ProposedSheet:
    """Propose how to read a sheet whose headers stand at a known place."""
    layout = SheetLayout(header_row=place.row, header_rows=place.rows)
    names = header_names(sheet, layout)
    coded = replace(sheet, cells=coded_cells(sheet.cells))
    kinds = classify_lines(coded, layout, filled_cells(coded.cells))
    records = coded.cells[(kinds == "record").to_numpy()]
    columns = _columns(names, records, schema)
    return ProposedSheet(sheet.name or "*", place, len(records), columns)


def _columns(names: Sequence[str], records: pd.DataFrame, schema: Schema) -> tuple[ProposedColumn, ...]:
    repeated = {one.template: one.positions for one in find_repeats(names)}
    columns = _proposed(names, repeated, records, schema)
    kept = {one.header: one.positions for one in columns if one.times and _repeats(one.proposal.target)}
    return columns if len(kept) == len(repeated) else _proposed(names, kept, records, schema)


def _repeats(target: str) -> bool:
    return target.partition(".")[0] in REPEATING


def _proposed(
    names: Sequence[str], repeated: Mapping[str, tuple[int, ...]], records: pd.DataFrame, schema: Schema
) -> tuple[ProposedColumn, ...]:
    within = {position for positions in repeated.values() for position in positions}
    twice = Counter(header_key(name) for name in names)
    first = {header_key(name): position for position, name in reversed(list(enumerate(names))) if name}
    groups = [(position, names[position]) for position in first.values() if position not in within]
    firsts = {positions[0]: (template, positions) for template, positions in repeated.items()}
    ordered = sorted([*groups, *((at, template) for at, (template, _) in firsts.items())])
    found = []
    for at, header in ordered:
        positions = firsts[at][1] if at in firsts else (at,)
        counts = _counts(records, positions)
        filled = sum(counts.values()) / (len(records) * len(positions)) if len(records) else 0.0
        found.append((header, positions, counts, filled, at in firsts))
    cells = [
        ColumnCells(repeated_name(header) if many else header, tuple(counts), filled)
        for header, _, counts, filled, many in found
    ]
    return tuple(
        ProposedColumn(
            header, positions, len(positions) if many else 0, _once(proposal, twice[header_key(header)]), counts, filled
        )
        for (header, positions, counts, filled, many), proposal in zip(found, propose_columns(cells, schema), strict=True)
    )


def _once(proposal: Proposal, times: int) -> Proposal:
    """Leave a header that stands twice to a person: a layout cannot tell its columns apart."""
    if times < 2:
        return proposal
    return replace(proposal, sure="unsure", why="the header stands twice: give each column its own, then map the file again")


def _counts(records: pd.DataFrame, positions: Sequence[int]) -> dict[Cell, int]:
    """Count the distinct filled entries of some columns, the commonest first."""
    counts: dict[Cell, int] = {}
    for position in positions:
        held = records[position].value_counts(sort=False)
        for cell, count in zip(held.index.tolist(), held.tolist(), strict=True):
            tidied = tidy(cell) if isinstance(cell, str) else cell
            if count and tidied != "":
                counts[tidied] = counts.get(tidied, 0) + int(count)
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))


def column_details(column: ProposedColumn, target: str, schema: Schema, from_1904: bool = False) -> ColumnDetails:
    """Say what a column needs to feed a field. target: `table.field`, a shared field's name, or '' to ignore it."""
    known = _field(target, schema)
    texts = {cell: count for cell, count in column.counts.items() if isinstance(cell, str)}
    dated = known is not None and (known.type in _DATED or known.name == "birth_year")
    notations = choose_notations(list(column.counts), from_1904) if dated else None
    codes = None
    if known is not None and (known.codelist or known.type == "boolean"):
        codes = propose_codes(texts, schema.codelists.get(known.codelist))
    words: Collection[str] = {entry.casefold() for entry in codes.known} if codes else ()
    numbers = known is not None and known.type in ("integer", "number")
    return ColumnDetails(notations, codes, masked_examples(list(column.counts), words, numbers))


def _field(target: str, schema: Schema) -> Field | None:
    table, _, name = target.rpartition(".")
    if not table:
        return None
    return schema.tables[table].fields[name]


def table_of(shared: str, fed: Sequence[str], schema: Schema) -> str:
    """Say in which table a shared field stands, by the tables that the other columns of its sheet feed.

    fed: the table of each other column. A sheet about people names them in the tables of people.

    >>> from types import SimpleNamespace
    >>> tables = {name: SimpleNamespace(fields={"participant_id": 1}) for name in ("participants", "enrolments", "jobs")}
    >>> table_of("participant_id", ["jobs", "jobs"], SimpleNamespace(tables=tables))
    'jobs'
    >>> table_of("participant_id", ["jobs", "enrolments"], SimpleNamespace(tables=tables))
    'participants'
    """
    having = [name for name, table in schema.tables.items() if shared in table.fields]
    if not fed or set(_PEOPLE) & set(fed):
        people = [name for name in (*_PEOPLE, "specialists") if name in having]
        return people[0] if people else having[0]
    commonest = [name for name, _ in Counter(fed).most_common() if name in having]
    return commonest[0] if commonest else next(name for name in (*_PEOPLE, *having) if name in having)
