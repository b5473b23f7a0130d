"""Productivity: job starts, and jobs kept, for each year of a full-time specialist and each month of a client."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
from scipy.stats import chi2

from evaltools.domain.results import Results
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.finished_rows import finished_rows
from evaltools.estimate.people_groups import people_groups

__all__ = ["estimate_productivity", "rate_limits"]

Row = dict[str, Any]
_QUESTIONS = {
    "starts_per_fte_year": "How many first jobs were started for each year of a full-time specialist?",
    "kept_per_fte_year": "How many first jobs were kept for each year of a full-time specialist?",
    "starts_per_client_month": "How many first jobs were started for each month of a client without one?",
}
_CAUTION = (
    "more clients bring more starts without any client's chance being better; specialists differ, and so do their clients"
)


def estimate_productivity(
    months: pd.DataFrame, attribution: pd.DataFrame, milestones: pd.DataFrame, level: float, data_cut: date
) -> Results:
    """Estimate productivity under every definition profile, for the programme and each site.

    Parameters
    ----------
    months, attribution : pandas.DataFrame
        From derive/specialists.py: 'specialist_months', 'attribution'.
    milestones : pandas.DataFrame
        The table `milestones`: definition, participant_id, weeks, state.
    level : float
        Of the exact Poisson limits.
    data_cut : datetime.date
        Last day of data.

    Returns
    -------
    Results
        estimates with statistic 'rate': 'starts_per_fte_year' and, for each milestone (horizon), 'kept_per_fte_year', in
        months whose full-time equivalents are known; 'starts_per_client_month'. A first job is credited to who held the
        case on its first day. Missing: first jobs credited to nobody, or started in a month of unknown exposure, and for
        jobs kept those of which it is not known whether they were.

        Nothing where the frames are empty.
    """
    if months.empty:
        return Results()
    known = months[(months["fte_months"] > 0).fillna(False)]
    credited = _credited(attribution, known)
    judged = credited.merge(
        milestones[["definition", "participant_id", "weeks", "state"]], on=["definition", "participant_id"]
    )
    groups = {
        name: {(keys["definition"], keys["group"]): held for keys, held in people_groups(frame)}
        for name, frame in (("known", known), ("credited", credited), ("judged", judged))
    }
    rows: list[Row] = []
    for keys, mine in people_groups(months):
        at = (keys["definition"], keys["group"])
        years = float(groups["known"].get(at, known.iloc[:0])["fte_months"].sum()) / 12
        jobs = groups["credited"].get(at, credited.iloc[:0])
        kept = groups["judged"].get(at, judged.iloc[:0])
        made = [*_by_year(jobs, kept, years, level), *_by_client(mine, jobs, level)]
        rows += [row | keys for row in made]
    return Results(estimates=finished_rows(rows, _QUESTIONS, level, data_cut))


def rate_limits(events: float, exposure: float, level: float = 0.95) -> tuple[float, float]:
    """Give the exact limits of a Poisson rate.

    events: a count. exposure: what it is divided by, above 0; EstimateError otherwise. Garwood (1936), Biometrika 28,
    437-442.

    >>> [round(limit, 3) for limit in rate_limits(10, 2.0)]
    [2.398, 9.195]
    """
    if not (exposure > 0 and events >= 0):
        fix = "give a count of 0 or more and an exposure above 0"
        raise EstimateError(Problem("E195", "a rate needs something that it is for", fix=fix))
    tail = (1 - level) / 2
    lower = chi2.ppf(tail, 2 * events) / 2 if events > 0 else 0.0
    return float(lower / exposure), float(chi2.isf(tail, 2 * (events + 1)) / 2 / exposure)


def _credited(attribution: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Give every first job, at the site of who is credited with it, and whether its month's exposure is known."""
    jobs = attribution[attribution["credit"].notna()].copy()
    jobs["held"] = (jobs["credit"] == "held").fillna(False).astype(bool)
    jobs["site_id"] = jobs["holder_site"].fillna(jobs["site_id"])
    jobs["month"] = jobs["first_job_date"].dt.to_period("M").dt.to_timestamp()
    key = ["definition", "specialist_id", "site_id", "month"]
    exposed = known[key].assign(exposed=True).rename(columns={"specialist_id": "holder"})
    jobs = jobs.merge(exposed, on=["definition", "holder", "site_id", "month"], how="left")
    jobs["exposed"] = jobs["exposed"].notna() & jobs["held"]
    return jobs[["definition", "participant_id", "site_id", "held", "exposed"]]


def _rate(outcome: str, events: int, exposure: float, missing: int, level: float) -> Row:
    by_client = outcome == "starts_per_client_month"
    lower, upper = rate_limits(events, exposure, level)
    return {
        "outcome": outcome,
        "statistic": "rate",
        "value": events / exposure,
        "lower": lower,
        "upper": upper,
        "unit": "job per client-month" if by_client else "job per full-time-equivalent year",
        "numerator": events,
        "denominator": exposure,
        "denominator_name": "months of a client without a first job" if by_client else "years of a full-time specialist",
        "population": "first jobs, credited to who held the case on the first day",
        "n": events,
        "events": events,
        "missing": missing,
        "method": "jobs by exposure",
        "ci_method": "exact Poisson; takes no account of specialists who differ",
        "clock": "calendar",
        "note": _CAUTION,
    }


def _by_year(jobs: pd.DataFrame, kept: pd.DataFrame, years: float, level: float) -> Iterator[Row]:
    if not years > 0:
        return
    exposed = int(jobs["exposed"].sum())
    yield _rate("starts_per_fte_year", exposed, years, len(jobs) - exposed, level)
    for _, judged in kept.groupby("weeks"):
        yes = judged["state"] == "yes"
        reached = int((yes & judged["exposed"]).sum())
        doubtful = int((judged["state"].isin(["unknown", "not yet"]) | (yes & ~judged["exposed"])).sum())
        yield _rate("kept_per_fte_year", reached, years, doubtful, level) | {"horizon": 7 * int(judged["weeks"].iloc[0])}


def _by_client(months: pd.DataFrame, jobs: pd.DataFrame, level: float) -> Iterator[Row]:
    exposure = float(months["client_months"].sum())
    held = int(jobs["held"].sum())
    if exposure > 0:
        yield _rate("starts_per_client_month", held, exposure, len(jobs) - held, level)
