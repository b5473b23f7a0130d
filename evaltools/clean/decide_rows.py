"""Between identifying and settling rows: ask what only people can answer, and apply what they have answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from evaltools.clean.apply_decisions import apply_decisions
from evaltools.clean.ask_contradictions import ask_contradictions
from evaltools.clean.ask_questions import CONTRADICTION, answers, questions_frame
from evaltools.clean.ask_sentinels import ask_sentinels
from evaltools.clean.explain_rows import Places
from evaltools.clean.issues import Issues
from evaltools.clean.settle_rows import Settled, settle_rows
from evaltools.schema.table import Schema

__all__ = ["DecidedRows", "decide_rows"]


@dataclass(frozen=True)
class DecidedRows:
    """settled: with the decisions applied. questions: columns of QUESTIONS and 'applied'. issues: ledger rows."""

    settled: Settled
    questions: pd.DataFrame
    issues: Issues


def decide_rows(
    handed_over: list[dict[str, pd.DataFrame]],
    schema: Schema,
    main: Sequence[bool],
    places: Places,
    key: bytes,
    decisions: pd.DataFrame,
) -> DecidedRows:
    """Make unknown what was decided to be, settle rows, ask about what contradicts, and settle again where that is decided.

    Parameters
    ----------
    handed_over
        One set of canonical tables with ORIGIN; it is taken out of the list, so that large tables are not held twice.
    schema, main
        As for `settle_rows`.
    places
        Where the rows stand.
    key
        The study's, for the ids of questions.
    decisions
        Columns of DECISIONS, may be empty. An answered question is asked again, so that its answer is found on every run.
    """
    tables = handed_over.pop()
    suspects = ask_sentinels(tables, places, schema, key)
    read = apply_decisions(tables, suspects, decisions, places)
    ids, ledger = read.ids, read.ledger
    again = dict(read.tables) if _decided(decisions) else {}
    held = [read.tables]
    del tables, read
    settled = settle_rows(held.pop(), schema, main)
    contradictions = ask_contradictions(settled.argued, settled.faults, places, schema, key)
    if again:
        chosen = apply_decisions(again, contradictions, decisions, places)
        ids, ledger = (*ids, *chosen.ids), (*ledger, *chosen.ledger)
        if chosen.ledger:
            settled = settle_rows(chosen.tables, schema, main)
            settled = replace(settled, faults=pd.concat([settled.faults, chosen.faults], ignore_index=True))
    asked = questions_frame([*contradictions, *suspects])
    asked["applied"] = asked["id"].isin(ids)
    return DecidedRows(settled, asked, Issues(ledger=ledger))


def _decided(decisions: pd.DataFrame) -> bool:
    """Say whether anybody has decided about contradicting rows."""
    about = decisions.loc[decisions["kind"] == CONTRADICTION, "id"]
    return bool(about.isin(list(answers(decisions))).any())
