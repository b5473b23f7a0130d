"""Bring what was decided and what is asked together: one row for each question, and what became of its answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from evaltools.clean.ask_questions import DECISIONS, QUESTIONS, SEPARATOR, no_decisions

__all__ = ["APPLIED", "CHANGED", "NO_INITIALS", "OPEN", "WRONG", "decision_status"]

OPEN = "to be decided"
APPLIED = "applied"
NO_INITIALS = "not applied: initials are missing"
WRONG = "not applied: not one of the options"
CHANGED = "not applied: no longer matches its data"
_ORDER = (OPEN, NO_INITIALS, WRONG, CHANGED, APPLIED)
_PEOPLES = ["decision", "initials", "note"]


def decision_status(before: pd.DataFrame, asked: pd.DataFrame, applied: Collection[str]) -> pd.DataFrame:
    """Give the rows of the decision sheet.

    before: columns of DECISIONS, as people left them. asked: columns of QUESTIONS, of this run. applied: ids of decisions
    that this run applied; of a decision that it applied and does not ask about again, the question stays as it stood.

    Answers, initials and notes are kept, also of questions that are asked no more. A question that nobody touched goes
    when it is asked no more.
    """
    left = before.drop_duplicates("id").set_index("id")[_PEOPLES]
    now = asked.drop_duplicates("id").reset_index(drop=True)
    for name in _PEOPLES:
        now[name] = now["id"].map(left[name]).astype("string").fillna("")
    gone = before[~before["id"].isin(now["id"])].drop_duplicates("id")
    touched = (gone[_PEOPLES] != "").any(axis=1)
    rows = pd.concat([frame for frame in (now, gone[touched][[*QUESTIONS, *_PEOPLES]]) if len(frame)] or [no_decisions()])
    rows = rows.reset_index(drop=True)
    current = set(now["id"]) | set(applied)
    rows["status"] = [_status(row, row["id"] in current, row["id"] in applied) for row in rows.to_dict("records")]
    rank = rows["status"].map({status: number for number, status in enumerate(_ORDER)})
    ordered = rows.assign(rank=rank).sort_values(["rank", "kind", "site", "file", "sheet", "question", "id"])
    return ordered[list(DECISIONS)].reset_index(drop=True).astype(DECISIONS)


def _status(row: Mapping[Any, Any], current: bool, applied: bool) -> str:
    if applied:
        return APPLIED
    if not row["decision"]:
        return OPEN if current else CHANGED
    if not current:
        return CHANGED
    if row["decision"] not in row["options"].split(SEPARATOR):
        return WRONG
    return NO_INITIALS if not row["initials"] else CHANGED
