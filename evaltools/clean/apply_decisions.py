"""Apply what people decided about rows and entries, before rows are settled; everything is ledgered as 'decision'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaltools.clean.ask_contradictions import NONE
from evaltools.clean.ask_questions import CONTRADICTION, SENTINEL, Question, answers
from evaltools.clean.ask_sentinels import UNKNOWN
from evaltools.clean.cell_ranges import cell_ranges
from evaltools.clean.explain_rows import Places
from evaltools.clean.faults import faults_of, no_faults
from evaltools.clean.typed_values import groups

__all__ = ["DECIDED", "RULE", "Applied", "apply_decisions"]

RULE = "decision"
DECIDED = "D128"
"""Catalogue code of a row that was set aside because somebody decided that another one is right."""


@dataclass(frozen=True)
class Applied:
    """tables: after the decisions. faults: rows that a decision sets aside. ledger: one row for each column or row changed.

    ids: questions whose decision was applied. None of them holds a name of a person: who decided is in the decision sheet.
    """

    tables: dict[str, pd.DataFrame]
    faults: pd.DataFrame
    ledger: tuple[pd.DataFrame, ...]
    ids: tuple[str, ...]


def apply_decisions(
    tables: Mapping[str, pd.DataFrame], questions: Sequence[Question], decisions: pd.DataFrame, places: Places
) -> Applied:
    """Apply the decisions of the questions that are asked of these tables.

    tables: with ORIGIN. questions: of `ask_contradictions` and `ask_sentinels` for the same tables. decisions: columns of
    DECISIONS; one without initials, or that is none of the options, is not applied.
    """
    said = answers(decisions)
    changed = dict(tables)
    faults, ledger, ids = [], [], []
    for question in questions:
        decision = said.get(question.id)
        if decision is None or decision not in question.options:
            continue
        ids.append(question.id)
        if question.kind == SENTINEL and decision == UNKNOWN:
            ledger += _unknown(changed, question, places)
        elif question.kind == CONTRADICTION and decision != NONE:
            aside = question.rows[question.rows["option"] != decision]
            kept = question.rows[question.rows["option"] == decision].iloc[0]
            faults.append(_set_aside(changed, aside, question.id))
            ledger.append(_rows(aside, kept, places))
    held = pd.concat(faults, ignore_index=True) if faults else no_faults()
    return Applied(changed, held, tuple(ledger), tuple(ids))


def _picked(frame: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    pairs = pd.MultiIndex.from_frame(rows[["_source", "_part"]])
    return pd.Series(pd.MultiIndex.from_frame(frame[["_source", "_part"]]).isin(pairs), index=frame.index)


def _set_aside(tables: dict[str, pd.DataFrame], aside: pd.DataFrame, question: str) -> pd.DataFrame:
    """Take the rows out of their table; what else their records hold stays."""
    name = str(aside["table"].iloc[0])
    gone = _picked(tables[name], aside)
    rows = tables[name][gone].assign(main=False)
    tables[name] = tables[name][~gone]
    return faults_of(rows, name, DECIDED, "", f"another row was decided to be right ({question})")


def _rows(aside: pd.DataFrame, kept: pd.Series, places: Places) -> pd.DataFrame:
    source = aside["_source"].to_numpy()
    spots = [places.sheets[sheet] for sheet in places.records.sheet[source]]
    stays = places.sheets[places.records.sheet[kept["_source"]]]
    right = f"row {places.records.row[kept['_source']]} of {', '.join(filter(None, (stays.file, stays.sheet)))}"
    return pd.DataFrame(
        {
            "file": [spot.file for spot in spots],
            "sheet": [spot.sheet for spot in spots],
            "column": "",
            "cells": [f"A{row}" for row in places.records.row[source]],
            "count": 1,
            "table": aside["table"].to_numpy(),
            "field": "",
            "rule": RULE,
            "raw": "",
            "new": right,
        }
    )


def _unknown(tables: dict[str, pd.DataFrame], question: Question, places: Places) -> list[pd.DataFrame]:
    """Make a value unknown, with one ledger row for each column of a sheet."""
    name, field = str(question.rows["table"].iloc[0]), str(question.rows["field"].iloc[0])
    frame = tables[name]
    chosen = _picked(frame, question.rows)
    held = frame[chosen]
    tables[name] = frame.assign(**{field: frame[field].mask(chosen)})
    by_column = held.assign(_sheet=places.records.sheet[held["_source"].to_numpy()])
    return [
        _column(group, name, field, int(sheet), int(part), places)
        for (sheet, part), group in groups(by_column, ["_sheet", "_part"])
    ]


def _column(group: pd.DataFrame, table: str, field: str, sheet: int, part: int, places: Places) -> pd.DataFrame:
    spot = places.spot(sheet, part, field)
    rows = np.sort(places.records.row[group["_source"].to_numpy()])
    value = group[field].iloc[0]
    return pd.DataFrame(
        {
            "file": [spot.file],
            "sheet": spot.sheet,
            "column": spot.header,
            "cells": cell_ranges(max(spot.position, 0), rows, np.array([0, len(rows)])),
            "count": len(rows),
            "table": table,
            "field": field,
            "rule": RULE,
            "raw": f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else f"{value:g}",
            "new": "",
        }
    )
