"""Apply what people decided about codes and headers: as further words and columns of the layouts, before files are read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

import pandas as pd

from evaltools.clean.apply_decisions import RULE
from evaltools.clean.ask_codes import LEAVE, NEW_CODE, chosen_code
from evaltools.clean.ask_columns import GONE, IGNORE, RENAMED
from evaltools.clean.ask_questions import CODE, COLUMN, HEADER, answers, question_id
from evaltools.clean.name_columns import header_key
from evaltools.clean.tidy_text import tidy
from evaltools.schema.layout import Column, Layout, SheetLayout

__all__ = ["DecidedLayouts", "decided_layouts", "mark_decided"]


@dataclass(frozen=True)
class DecidedLayouts:
    """layouts: with the decisions in them. headers: ids of applied decisions about columns.

    codes: id of each applied decision about a code, with the layouts' scope, table, field and entry (casefolded).
    """

    layouts: tuple[Layout, ...]
    headers: tuple[str, ...]
    codes: Mapping[str, tuple[str, str, str, str]]


def decided_layouts(layouts: Sequence[Layout], decisions: pd.DataFrame, key: bytes) -> DecidedLayouts:
    """Give the layouts as decided. decisions: columns of DECISIONS; one that was altered beside its answer is left out.

    A renamed column is read under either header. What a decision says of a layout that is gone has no effect.
    """
    said = answers(decisions)
    kinds = decisions[decisions["id"].isin(list(said)) & decisions["kind"].isin([CODE, HEADER, COLUMN])]
    current, headers, codes = list(layouts), [], {}
    for row in kinds.sort_values("id").to_dict("records"):
        if question_id(key, row["kind"], [row["about"]]) != row["id"]:
            continue
        scope, *parts = json.loads(row["about"])
        decision, at = said[row["id"]], [number for number, one in enumerate(current) if _scope(one) == scope]
        if not at:
            continue
        for number in at:
            current[number] = _decided(current[number], row["kind"], parts, decision)
        if row["kind"] == CODE:
            codes[row["id"]] = (scope, parts[0], parts[1], parts[2])
        else:
            headers.append(row["id"])
    return DecidedLayouts(tuple(current), tuple(headers), codes)


def _scope(layout: Layout) -> str:
    return layout.site or "|".join(layout.files)


def _decided(layout: Layout, kind: str, parts: Sequence[str], decision: str) -> Layout:
    if kind == CODE:
        if decision in (NEW_CODE, LEAVE):
            return layout
        code = chosen_code(decision)
        sheets = tuple(_with_code(sheet, f"{parts[0]}.{parts[1]}", parts[2], code) for sheet in layout.sheets)
    else:
        sheets = tuple(
            _with_header(sheet, kind, parts[1], decision) if sheet.sheet == parts[0] else sheet for sheet in layout.sheets
        )
    return layout.model_copy(update={"sheets": sheets})


def _with_code(sheet: SheetLayout, field: str, entry: str, code: str) -> SheetLayout:
    def known(columns: Mapping[str, Column]) -> dict[str, Column]:
        return {
            header: column.model_copy(update={"codes": column.codes | {entry: code}}) if column.field == field else column
            for header, column in columns.items()
        }

    repeats = tuple(one.model_copy(update={"columns": known(one.columns)}) for one in sheet.repeats)
    return sheet.model_copy(update={"columns": known(sheet.columns), "repeats": repeats})


def _with_header(sheet: SheetLayout, kind: str, header: str, decision: str) -> SheetLayout:
    """Ignore a header, let a column be missing, or read a column under a further header."""
    if decision == IGNORE:
        return sheet.model_copy(update={"ignore": (*sheet.ignore, header)})
    if not decision.startswith(RENAMED) and decision != GONE:
        return sheet
    other = decision.removeprefix(RENAMED)
    old, new = (header, other) if kind == COLUMN else (other, header)
    columns = {}
    for name, column in sheet.columns.items():
        mine = header_key(name) == header_key(old)
        columns[name] = column.model_copy(update={"optional": True}) if mine else column
        if mine and decision != GONE:
            columns[new] = columns[name]
    return sheet.model_copy(update={"columns": columns})


def mark_decided(
    ledger: pd.DataFrame, layouts: Sequence[Layout], codes: Mapping[str, tuple[str, str, str, str]]
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Give the ledger rows of decided codes the rule 'decision', and the ids of the decisions that met an entry.

    ledger: columns of `domain.harmonised.LEDGER`. layouts: of the run. codes: of `decided_layouts`.
    """
    asked = {subject: name for name, subject in codes.items()}
    coded = ledger[ledger["rule"] == "code"]
    scopes = {file: _scope_of(file, layouts) for file in coded["file"].unique()}
    subjects = zip(coded["file"].map(scopes), coded["table"], coded["field"], coded["raw"], strict=True)
    found = pd.Series(
        [asked.get((scope, table, field, tidy(raw).casefold()), "") for scope, table, field, raw in subjects],
        index=coded.index,
        dtype=object,
    )
    met = found[found != ""]
    marked = ledger.assign(rule=ledger["rule"].mask(ledger.index.isin(met.index), RULE))
    return marked, tuple(dict.fromkeys(met))


def _scope_of(file: str, layouts: Sequence[Layout]) -> str:
    named = (one for one in layouts if any(fnmatchcase(file.casefold(), pattern.casefold()) for pattern in one.files))
    layout = next(named, None)
    return _scope(layout) if layout else ""
