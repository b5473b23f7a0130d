"""Curves of people: time to a first job with leaving as a competing event, and time in the first job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evaltools.domain.definition import Definition
from evaltools.domain.event_times import EventTimes
from evaltools.estimate.at_times import at_times
from evaltools.estimate.cumulative_incidence import cumulative_incidence
from evaltools.estimate.event_table import event_table, number_at_risk
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.median_time import median_time

__all__ = ["PeopleCurves", "curves_of_people"]


@dataclass(frozen=True)
class PeopleCurves:
    """Rows of `estimates` (without id and data cut), of `curves` and of `counts` (people at risk)."""

    estimates: list[dict[str, Any]]
    curves: pd.DataFrame
    counts: pd.DataFrame


def curves_of_people(
    people: pd.DataFrame, definition: Definition, horizon_days: Sequence[int], level: float
) -> PeopleCurves:
    """Estimate both clocks for the programme and each site under one definition profile.

    people: from derive/outcomes.py, this definition only. horizon_days: days at which values are given. Leaving and death
    without a job are one competing cause here; they are kept apart in the prepared data.
    """
    scope = people[people["in_scope"] & people["days"].notna()].copy()
    scope["status"] = scope["cause"].clip(upper=2)
    starters = scope[scope["spell_days"].notna() & (scope["started"] == "yes")].copy()
    starters["lost"] = starters["spell_ended"].astype("Int64")
    name = definition.scope
    parts = []
    for group_by, by in (("programme", None), ("site", "site_id")):
        if len(scope):
            times = EventTimes.from_frame(scope, "days", "status", {1: "job", 2: "left"})
            only_jobs = EventTimes.from_frame(
                scope.assign(job=(scope["status"] == 1).astype(int)), "days", "job", {1: "job"}
            )
            parts.append(_to_job(times, only_jobs, by, group_by, name, definition.id, horizon_days, level))
        if len(starters):
            held = EventTimes.from_frame(starters, "spell_days", "lost", {1: "lost"})
            milestones = [7 * weeks for weeks in definition.sustained_weeks]
            parts.append(_in_job(held, by, group_by, definition.id, milestones, level))
    return PeopleCurves(
        [row for part in parts for row in part.estimates],
        pd.concat([part.curves for part in parts], ignore_index=True) if parts else pd.DataFrame(),
        pd.concat([part.counts for part in parts], ignore_index=True) if parts else pd.DataFrame(),
    )


def _to_job(  # noqa: PLR0913 - the settings of one figure
    times: EventTimes,
    only_jobs: EventTimes,
    by: str | None,
    group_by: str,
    name: str,
    definition: str,
    days: Sequence[int],
    level: float,
) -> PeopleCurves:
    incidence = cumulative_incidence(times, by=by, level=level)
    hypothetical = kaplan_meier(only_jobs, by=by, level=level)
    shared = {
        "outcome": "job_start",
        "group_by": group_by,
        "clock": "engagement",
        "population": name,
        "denominator_name": name,
    }
    rows = _at(incidence, days, times, by, shared | {"statistic": "cumulative_incidence", "method": "Aalen-Johansen"})
    upside_down = hypothetical.assign(
        survival=1 - hypothetical["survival"], lower=1 - hypothetical["upper"], upper=1 - hypothetical["lower"], cause="job"
    )
    note = "hypothetical: had nobody left the service"
    as_incidence = upside_down.rename(columns={"survival": "incidence"})
    method = "Kaplan-Meier, leavers censored"
    rows += _at(
        as_incidence, days, only_jobs, by, shared | {"statistic": "one_minus_survival", "method": method, "note": note}
    )
    rows += _medians(times, by, level, shared)
    curve_id = f"{definition}.job_start.{group_by}"
    curves = [
        _curve(incidence.rename(columns={"incidence": "value"}), times, by, curve_id, "job_start"),
        _curve(
            as_incidence.rename(columns={"incidence": "value"}),
            only_jobs,
            by,
            f"{definition}.job_start_km.{group_by}",
            "job_start_km",
        ),
    ]
    at_risk = _at_risk(times, days, by, curve_id)
    return PeopleCurves([row | {"level": level} for row in rows], pd.concat(curves, ignore_index=True), at_risk)


def _in_job(
    held: EventTimes, by: str | None, group_by: str, definition: str, milestones: Sequence[int], level: float
) -> PeopleCurves:
    survival = kaplan_meier(held, by=by, level=level)
    shared = {
        "outcome": "job_held",
        "group_by": group_by,
        "clock": "job start",
        "population": "job starters",
        "denominator_name": "job starters",
        "statistic": "survival",
        "method": "Kaplan-Meier, censored at the last day the job is known to be held",
        "level": level,
    }
    # somebody who stops on day 7k has lasted k weeks: read the curve just before that day
    rows = _at(survival, milestones, held, by, shared, before=True)
    curve_id = f"{definition}.job_held.{group_by}"
    curves = _curve(survival.rename(columns={"survival": "value"}).assign(cause=""), held, by, curve_id, "job_held")
    return PeopleCurves(rows, curves, _at_risk(held, [0, 42, 91, 182, 364], by, curve_id))


def _at(
    curve: pd.DataFrame, days: Sequence[int], times: EventTimes, by: str | None, shared: dict[str, Any], before: bool = False
) -> list[dict[str, Any]]:
    """Read curves at days, with the people and events behind each value."""
    read = at_times(curve, days, before=before)
    groups = times.groups(by)
    codes = {name: code for code, name in times.causes.items()}
    rows = []
    for held in read.to_dict("records"):
        mine = (groups == held["group"]).to_numpy()
        code = codes.get(held.get("cause", ""), 1)
        reached = times.duration < held["day"] if before else times.duration <= held["day"]
        rows.append(
            shared
            | {
                "group": held["group"],
                "term": held.get("cause", pd.NA),
                "horizon": held["day"],
                "value": held["value"],
                "se": held["se"],
                "lower": held["lower"],
                "upper": held["upper"],
                "unit": "person",
                "denominator": int(mine.sum()),
                "n": int(mine.sum()),
                "events": int((mine & reached & (times.cause == code)).sum()),
                "missing": 0,
                "ci_method": "log(-log)",
                "note": shared.get("note", pd.NA) if not np.isnan(held["value"]) else "follow-up ends before this day",
            }
        )
    return rows


def _medians(times: EventTimes, by: str | None, level: float, shared: dict[str, Any]) -> list[dict[str, Any]]:
    groups = times.groups(by)
    return [
        shared
        | {
            "group": held["group"],
            "term": "job",
            "statistic": "median",
            "value": held["value"],
            "lower": held["lower"],
            "upper": held["upper"],
            "unit": "day",
            "denominator": int((groups == held["group"]).sum()),
            "n": int((groups == held["group"]).sum()),
            "events": int(((groups == held["group"]).to_numpy() & (times.cause == 1)).sum()),
            "method": "Aalen-Johansen",
            "ci_method": "inverted band",
            "note": pd.NA if not pd.isna(held["value"]) else "not reached: fewer than half had started a job",
        }
        for held in median_time(times, by=by, level=level, cause="job").to_dict("records")
    ]


def _curve(curve: pd.DataFrame, times: EventTimes, by: str | None, curve_id: str, outcome: str) -> pd.DataFrame:
    censored = event_table(times, by).drop_duplicates(["group", "time"])[["group", "time", "censored"]]
    whole = curve.drop(columns="censored", errors="ignore").merge(censored, on=["group", "time"], how="left")
    whole = whole.rename(columns={"time": "day"}).assign(curve_id=curve_id, outcome=outcome)
    return whole[
        ["curve_id", "outcome", "cause", "group", "day", "at_risk", "events", "censored", "value", "lower", "upper"]
    ]


def _at_risk(times: EventTimes, days: Sequence[int], by: str | None, curve_id: str) -> pd.DataFrame:
    counted = number_at_risk(times, [0, *[day for day in days if day > 0]], by)
    return pd.DataFrame(
        {
            "table_id": f"at_risk.{curve_id}",
            "row": counted["group"],
            "column": counted["day"].map(lambda day: f"{day:g}"),
            "n": counted["at_risk"],
        }
    )
