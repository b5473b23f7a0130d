"""Shares of people: engaged, started, kept, hours; for the programme and for each site, with what is unknown beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from evaltools.domain.definition import Definition
from evaltools.estimate.homogeneity import homogeneity
from evaltools.estimate.proportion import proportions

__all__ = ["shares_of_people"]


def shares_of_people(
    people: pd.DataFrame, milestones: pd.DataFrame, definition: Definition, level: float
) -> list[dict[str, Any]]:
    """Work out every share under one definition profile.

    people, milestones: from derive/outcomes.py, this definition only. level: of the Wilson intervals.
    Returns rows of `estimates` without estimate_id and data_cut.
    """
    rows: list[dict[str, Any]] = []
    scope = people[people["in_scope"]]
    asked = people[people["engaged_date"].notna()] if definition.job_start_denominator == "engaged_out_of_work" else scope
    starters = scope[scope["started"] == "yes"]
    name = definition.scope
    # where hours must be worked first, a job may not yet be known to count
    known = f"{name} whose job start is known" if definition.minimum_paid_hours > 0 else name
    for group_by, group, of in _groups(people):
        here, there = of(scope), of(starters)
        rows.append(
            _share(
                "engaged", len(of(people[people["engaged_date"].notna()])), len(of(people)), 0, "people referred", "referral"
            )
            | {"group_by": group_by, "group": group}
        )
        doubtful = int((here["started"] == "unknown").sum())
        unsaid = int((of(asked)["out_of_work"] == "unknown").sum()) if asked is not scope else 0
        rows.append(
            _share("job_start", len(there), len(here) - doubtful, doubtful + unsaid, known, "engagement")
            | {"group_by": group_by, "group": group, "n": len(here)}
        )
        rows.append(
            _share("job_starts", int(here["jobs"].sum()), len(here), doubtful, name, "engagement")
            | {"group_by": group_by, "group": group, "statistic": "ratio", "unit": "job", "ci_method": pd.NA}
        )
        rows += [row | {"group_by": group_by, "group": group} for row in _kept(of(milestones))]
        rows += [row | {"group_by": group_by, "group": group} for row in _hours(there, definition)]
    return _with_intervals(rows, level) + _between_sites(rows)


def _groups(people: pd.DataFrame) -> Iterator[tuple[str, str, Any]]:
    yield "programme", "all", lambda frame: frame
    for site in sorted(people["site_id"].unique()):
        yield "site", site, lambda frame, site=site: frame[frame["site_id"] == site]


def _share(
    outcome: str, numerator: int, denominator: int, missing: int, denominator_name: str, clock: str
) -> dict[str, Any]:
    return {
        "outcome": outcome,
        "statistic": "proportion",
        "unit": "person",
        "numerator": numerator,
        "denominator": denominator,
        "denominator_name": denominator_name,
        "population": denominator_name,
        "n": denominator,
        "events": numerator,
        "missing": missing,
        "method": "share of people",
        "ci_method": "Wilson",
        "clock": clock,
    }


def _kept(milestones: pd.DataFrame) -> list[dict[str, Any]]:
    rows = []
    for _, judged in milestones.groupby("weeks"):
        weeks = int(judged["weeks"].iloc[0])
        followed = judged[judged["followed"]]
        kept, lost = int((followed["state"] == "yes").sum()), int((followed["state"] == "unknown").sum())
        all_kept = int((judged["state"] == "yes").sum())
        whole = f"job starters followed for {weeks} weeks"
        known = _share("sustained", kept, len(followed) - lost, lost, f"{whole} whose outcome is known", "job start")
        limits = _share("sustained", kept, len(followed), lost, whole, "job start")
        everybody = _share(
            "sustained",
            all_kept,
            len(judged),
            int(judged["state"].isin(["not yet", "unknown"]).sum()),
            "all job starters",
            "job start",
        )
        rows += [
            known,
            limits | {"statistic": "bounds", "ci_method": pd.NA, "method": "nobody out of contact kept work; everybody did"},
            everybody
            | {
                "term": "all starters",
                "note": "people not yet followed that long, or out of contact, are in the denominator only",
            },
        ]
        for row in rows[-3:]:
            row["horizon"] = 7 * weeks
    return rows


def _hours(starters: pd.DataFrame, definition: Definition) -> list[dict[str, Any]]:
    hours = starters["hours_per_week"]
    known, whom = hours.notna(), "job starters with known hours"
    if definition.exactly_threshold == "neither":
        counted, enough = known & (hours != definition.hours_threshold), hours > definition.hours_threshold
        # a note goes out as it stands: how many they are is n less the denominator
        note = "people on exactly the threshold are in neither group" if counted.sum() < known.sum() else ""
        whom = f"{whom}, other than exactly {definition.hours_threshold:g}"
    else:
        counted, enough, note = known, hours >= definition.hours_threshold, ""
    row = _share(
        f"hours_{definition.hours_threshold:g}",
        int((enough & counted).sum()),
        int(counted.sum()),
        int((~known).sum()),
        whom,
        "job start",
    )
    return [row | {"n": int(known.sum()), "note": note or pd.NA}]


def _with_intervals(rows: list[dict[str, Any]], level: float) -> list[dict[str, Any]]:
    worked = proportions([row["numerator"] for row in rows], [row["denominator"] for row in rows], level)
    done = []
    for row, share in zip(rows, worked.to_dict("records"), strict=True):
        parts = {"value": share["value"], "level": level}
        if row["statistic"] == "proportion":
            parts |= {"se": share["se"], "lower": share["lower"], "upper": share["upper"]}
        elif row["statistic"] == "bounds":
            reach = (row["numerator"] + row["missing"]) / row["denominator"] if row["denominator"] else float("nan")
            parts |= {"value": float("nan"), "lower": share["value"], "upper": reach}
        note = row.get("note")
        done.append({**row, **parts, "note": share["reason"] or note})
    return done


def _between_sites(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Compare sites on each share by Pearson's test."""
    shares = pd.DataFrame([row for row in rows if row["group_by"] == "site" and row["statistic"] == "proportion"])
    if shares.empty:
        return []
    shares["horizon"] = pd.to_numeric(shares["horizon"]) if "horizon" in shares else float("nan")
    tests = []
    for (outcome, horizon, name), sites in shares.groupby(
        ["outcome", "horizon", "denominator_name"], dropna=False, sort=False
    ):
        table = sites[["numerator"]].assign(other=sites["denominator"] - sites["numerator"]).to_numpy()
        result = homogeneity(table)
        for statistic, value in (("chi2", result.statistic), ("df", result.df), ("p", result.p)):
            tests.append(
                {
                    "outcome": outcome,
                    "group_by": "site",
                    "group": "all",
                    "term": "homogeneity",
                    "statistic": statistic,
                    "value": value,
                    "denominator_name": name,
                    "population": name,
                    "n": result.n,
                    "method": result.method,
                    "horizon": horizon,
                    "note": result.reason or result.note or pd.NA,
                }
            )
    return tests
