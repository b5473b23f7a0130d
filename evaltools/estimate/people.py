"""Everything that is estimated about people: shares, curves and flows under each definition profile, in tidy tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from evaltools.domain.definition import Definition
from evaltools.domain.results import COUNTS, CURVES, ESTIMATES, Results, tidy
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.people_clocks import clock_rows
from evaltools.estimate.people_curves import curves_of_people
from evaltools.estimate.people_lost import lost_rows
from evaltools.estimate.people_shares import shares_of_people

__all__ = ["estimate_people"]

_QUESTIONS = {
    "engaged": "How many of those referred engaged?",
    "job_start": "How many started a first job, and how soon?",
    "job_starts": "How many jobs were started?",
    "sustained": "How many kept work?",
    "job_start_since_referral": "How soon after referral did people start a first job?",
    "job_held": "How long did first jobs last?",
    "job_held_verified": "How long did first jobs last, as far as that is verified?",
    "job_held_weighted": "How long did first jobs last, if those in contact stand for those who were lost?",
    "evidence": "How is work kept proved?",
    "hours": "How many hours a week did people work?",
    "hours_band": "How many hours a week did people work?",
    "lost_contact": "Was contact with people in work lost?",
}


def estimate_people(
    people: pd.DataFrame,
    milestones: pd.DataFrame,
    definitions: Sequence[Definition],
    horizon_days: Sequence[int],
    level: float,
    data_cut: date,
) -> Results:
    """Estimate every outcome under every definition profile.

    people, milestones: from derive/outcomes.py, all definitions. Raises EstimateError (exit code 13) with nobody to count.
    """
    if people.empty:
        fix = "see the quarantine: every row was set aside"
        raise EstimateError(Problem("E103", "there is nobody to estimate from", fix=fix))
    estimates, curves, counts = [], [], []
    for definition in definitions:
        mine = people[people["definition"] == definition.id]
        judged = milestones[milestones["definition"] == definition.id]
        drawn = curves_of_people(mine, definition, horizon_days, level)
        rows = shares_of_people(mine, judged, definition, level) + drawn.estimates
        rows += [*lost_rows(mine, definition, level), *clock_rows(mine, definition, horizon_days, level)]
        estimates += [row | {"definition": definition.id} for row in rows]
        curves.append(drawn.curves)
        counts += [drawn.counts, _flow(mine, judged, definition.id)]
    frame = pd.DataFrame(estimates).assign(data_cut=data_cut.isoformat())
    frame["question"] = frame["outcome"].map(_question)
    frame["estimate_id"] = _ids(frame)
    return Results(
        estimates=tidy(frame, ESTIMATES),
        curves=tidy(pd.concat(curves, ignore_index=True), CURVES),
        counts=tidy(pd.concat(counts, ignore_index=True), COUNTS),
    )


def _question(outcome: str) -> str:
    return _QUESTIONS.get(outcome, f"How many work {outcome.removeprefix('hours_')} hours a week or more?")


def _ids(frame: pd.DataFrame) -> pd.Series:
    parts = frame.reindex(columns=["definition", "outcome", "statistic", "term", "group_by", "group", "horizon"]).copy()
    parts["horizon"] = parts["horizon"].map(lambda day: f"{day:g}d", na_action="ignore")
    rows = parts.astype("string").fillna("").to_numpy()
    base = pd.Series([".".join(filter(None, row)) for row in rows], index=frame.index)
    again = base.groupby(base).cumcount()
    return base + again.map(lambda number: f".{number + 1}" if number else "")


def _flow(people: pd.DataFrame, milestones: pd.DataFrame, definition: str) -> pd.DataFrame:
    """Count people at each step from referral to work, for the programme and each site."""
    engaged = people["engaged_date"].notna()
    steps: Mapping[str, pd.Series] = {
        "referred": people["site_id"],
        "engaged": people.loc[engaged, "site_id"],
        "in_scope": people.loc[people["in_scope"], "site_id"],
        "started": people.loc[people["in_scope"] & (people["started"] == "yes"), "site_id"],
        "start_unknown": people.loc[people["in_scope"] & (people["started"] == "unknown"), "site_id"],
    }
    for weeks, judged in milestones.groupby("weeks"):
        steps = {
            **steps,
            f"followed_{weeks}": judged.loc[judged["followed"], "site_id"],
            f"kept_{weeks}": judged.loc[judged["followed"] & (judged["state"] == "yes"), "site_id"],
            f"lost_contact_{weeks}": judged.loc[judged["followed"] & (judged["state"] == "unknown"), "site_id"],
        }
    rows = []
    for step, held in steps.items():
        by_site = held.value_counts()
        counted = {"all": len(held)} | {site: int(by_site.get(site, 0)) for site in sorted(people["site_id"].unique())}
        rows += [{"table_id": "flow", "row": row, "column": f"{definition}.{step}", "n": n} for row, n in counted.items()]
    return pd.DataFrame(rows)
