"""Settle what becomes of every proposed column: what people said comes first, then what is sure enough, the rest is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from evaltools.clean.map_targets import SHARED
from evaltools.clean.name_columns import header_key
from evaltools.clean.propose_layout import REPEATING, ProposedColumn, ProposedSheet
from evaltools.errors import Problem, UsageError
from evaltools.schema.table import Schema

__all__ = ["ColumnAnswer", "SettledColumn", "answered_targets", "settle_columns"]


@dataclass(frozen=True)
class ColumnAnswer:
    """What somebody said of one header. target: `table.field`, a shared field's name, or '' to ignore it.

    codes: entries and our codes ('' for missing). dates: notations, in place of those proposed.
    """

    target: str
    codes: Mapping[str, str] = field(default_factory=dict)
    dates: tuple[str, ...] = ()


@dataclass(frozen=True)
class SettledColumn:
    """One column of one sheet. target: as in ColumnAnswer. how: by whom it was settled; 'open' ones await an answer."""

    sheet: str
    column: ProposedColumn
    target: str
    how: Literal["proposed", "answered", "open", "left out"]
    answer: ColumnAnswer | None = None


def answered_targets(said: Mapping[str, str], schema: Schema, place: str) -> dict[str, str]:
    """Turn answers (header -> field or 'ignore') into targets. place: where they stand, for messages.

    Raises UsageError (U131) with every answer that names no field.
    """
    targets, faults = {}, []
    for header, word in said.items():
        table, _, name = word.strip().partition(".")
        if word.strip().casefold() == "ignore" or word.strip() in SHARED:
            targets[header] = "" if word.strip() not in SHARED else word.strip()
        elif table in schema.tables and name in schema.tables[table].fields:
            targets[header] = name if name in SHARED else f"{table}.{name}"
        else:
            fix = "write 'ignore', or a field such as 'jobs.start_date'; data_schema/README.md lists them"
            faults.append(Problem("U131", f"there is no field '{word}'", place, f"answer for '{header}'", fix))
    if faults:
        raise UsageError(*faults)
    return targets


def settle_columns(
    sheets: Sequence[ProposedSheet], answers: Mapping[str, ColumnAnswer], accept: bool
) -> tuple[SettledColumn, ...]:
    """Settle the columns of all sheets. answers: by header, for every sheet that has it; capitals and spaces do not matter.

    accept: unsure columns are left out instead of staying open. A column whose field was given to another column of its
    sheet by an answer is open too. Raises UsageError (U132) for a repeated column that an answer gives a field of people.
    """
    said = {header_key(header): answer for header, answer in answers.items()}
    settled: list[SettledColumn] = []
    for sheet in sheets:
        taken = {said[key].target for one in sheet.columns if (key := header_key(one.header)) in said} - {""}
        for column in sheet.columns:
            answer = said.get(header_key(column.header))
            if answer is not None:
                _fits_repeat(column, answer.target, sheet.sheet)
                same = answer.target == column.proposal.target and column.proposal.sure != "unsure"
                settled.append(SettledColumn(sheet.sheet, column, answer.target, "proposed" if same else "answered", answer))
            elif column.proposal.sure == "unsure" or column.proposal.target in taken:
                how: Literal["left out", "open"] = "left out" if accept else "open"
                settled.append(SettledColumn(sheet.sheet, column, "", how))
            else:
                settled.append(SettledColumn(sheet.sheet, column, column.proposal.target, "proposed"))
    return tuple(settled)


def _fits_repeat(column: ProposedColumn, target: str, sheet: str) -> None:
    if column.times and target and target.partition(".")[0] not in REPEATING:
        what = f"the repeated column '{column.header}' cannot feed '{target}': a person has one of it"
        fix = f"ignore it, or give it a field of: {', '.join(sorted(REPEATING))}"
        raise UsageError(Problem("U132", what, f"sheet {sheet}", fix=fix))
