"""Take out of the decision sheet what concerns people who have withdrawn, answered or not."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from evaltools.clean.ask_questions import COLUMN, HEADER
from evaltools.clean.cell_ranges import rows_in
from evaltools.clean.decision_status import CHANGED
from evaltools.clean.named_elsewhere import TAKEN_OUT

__all__ = ["withdraw_questions"]

_ROW = re.compile(r"\brow (\d+)\b")
_LAYOUT = (HEADER, COLUMN)  # about headers, and nobody's records
_OURS = ["cells", "question", "options", "about"]


def withdraw_questions(
    decisions: pd.DataFrame, asked_before: Collection[str], words: Collection[str], rows: pd.DataFrame
) -> pd.DataFrame:
    """Give the decisions without those about people who have withdrawn; the same rows where there are none.

    A question goes when it names one of them, when nothing but their records raised it (it was current before they
    withdrew and no longer is), or when it no longer matches its data and tells of a row of theirs. Where an answer holds
    for other people too it stays, but a note that names them becomes '(withdrawn)'.

    decisions: columns of DECISIONS, of a run without them. asked_before: ids of what was current in the run before.
    words: their pseudonyms and identifiers. rows: of their records, columns file, sheet and row.
    """
    pattern = re.compile("|".join(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])" for word in words) or r"(?!)")
    named = decisions[_OURS].agg(" ".join, axis=1).str.contains(pattern) if len(decisions) else pd.Series(dtype=bool)
    stale = (decisions["status"] == CHANGED) & ~decisions["kind"].isin(_LAYOUT)
    raised = stale & decisions["id"].isin(asked_before)
    numbers = rows.groupby(["file", "sheet"])["row"].agg(set).to_dict()
    tells = [_tells(row, numbers) for row in decisions.to_dict("records")]
    old = stale & pd.Series(tells, index=decisions.index, dtype=bool)
    left = decisions[~(named.astype(bool) | raised | old)].reset_index(drop=True)
    for name in ("decision", "initials", "note"):
        said = left[name].str.contains(pattern).fillna(False).astype(bool)
        left[name] = left[name].mask(said, TAKEN_OUT)
    return left


def _tells(row: Mapping[Any, Any], numbers: Mapping[Any, set[int]]) -> bool:
    """Say whether a question tells of one of these rows, by its cells or in words."""
    theirs = numbers.get((row["file"], row["sheet"]), set())
    told = {int(number) for number in _ROW.findall(row["question"])}
    anywhere = set().union(*(held for (file, _), held in numbers.items() if file in row["question"]))
    return not theirs.isdisjoint({*rows_in(row["cells"]).tolist(), *told}) or not anywhere.isdisjoint(told)
