"""Work history: who the people are by time out of work and Support Group, and how many of each found work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from evaltools.domain.results import Results
from evaltools.estimate.finished_rows import bounded, finished_rows
from evaltools.estimate.people_groups import people_groups
from evaltools.estimate.share_rows import share_row

__all__ = ["estimate_work_history"]

Row = dict[str, Any]
_STRATA = ("time_out_of_work", "support_group")
_IN_WORK = "in work"
_QUESTIONS = {
    "time_out_of_work": "How long had people been out of work?",
    "support_group": "How many were in the Support Group?",
    "job_start": "How many started a first job, and how soon?",
}


def estimate_work_history(frame: pd.DataFrame, level: float, data_cut: date) -> Results:
    """Estimate the strata of people engaged and of job starters, and job starts within each stratum.

    frame: from derive/work_history.py. level: of the intervals.

    Returns estimates, for the programme and each site: outcome 'time_out_of_work' and 'support_group', a share for each
    answer (term; 'among starters' is said after it), of those whose answer is known, the others missing; people in work when
    referred have no time out of work and are in neither number. For the programme:
    'job_start' by each stratum (group_by is its name), people of unknown stratum being a group of their own.
    Nothing where the frame is empty.
    """
    if frame.empty:
        return Results()
    rows: list[Row] = []
    engaged = frame[frame["engaged_date"].notna()]
    starters = engaged[engaged["in_scope"] & (engaged["started"] == "yes").fillna(False)]
    for people, whom, suffix in ((engaged, "people engaged", ""), (starters, "job starters", ", among starters")):
        answers = {name: _answers(frame[name]) for name in _STRATA}
        for keys, held in people_groups(people):
            for name in _STRATA:
                said = held.loc[held[name] != _IN_WORK, name]
                scope = f"{whom}, out of work when referred," if name == "time_out_of_work" else whom
                rows += [row | keys for row in _shares(said, name, answers[name], scope, suffix)]
    for keys, held in people_groups(engaged[engaged["in_scope"]], {name: name for name in _STRATA}):
        if keys["group_by"] in _STRATA:
            rows += [row | keys for row in _starts(held)]
    return Results(estimates=finished_rows(rows, _QUESTIONS, level, data_cut))


def _answers(said: pd.Series) -> Sequence[str]:
    return sorted(answer for answer in said.dropna().unique() if answer not in ("unknown", _IN_WORK))


def _shares(said: pd.Series, outcome: str, answers: Sequence[str], whom: str, suffix: str) -> list[Row]:
    unknown = int((said == "unknown").sum())
    known = len(said) - unknown
    words = outcome.replace("_", " ")
    return [
        share_row(outcome, int((said == answer).sum()), known, unknown, f"{whom} whose {words} is known", "referral")
        | {"term": f"{answer}{suffix}"}
        for answer in answers
    ]


def _starts(people: pd.DataFrame) -> list[Row]:
    unknown = int((people["started"] == "unknown").sum())
    name = "people engaged and in scope, of this group"
    known = share_row(
        "job_start",
        int((people["started"] == "yes").sum()),
        len(people) - unknown,
        unknown,
        f"{name}, whose job start is known",
        "engagement",
    )
    return [known, *bounded(known, name)] if unknown else [known]
