"""Shares of people: engaged, started, kept, hours; for the programme and for each site, with what is unknown beside them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from evaltools.domain.alternative import is_default
from evaltools.domain.definition import Definition
from evaltools.estimate.homogeneity import homogeneity
from evaltools.estimate.people_denominators import known_name, other_denominators, out_of_sight, said_of
from evaltools.estimate.people_hours import hours_rows
from evaltools.estimate.people_kept import evidence_rows, kept_rows
from evaltools.estimate.share_rows import groups_of, share_row, with_intervals

__all__ = ["shares_of_people"]


def shares_of_people(
    people: pd.DataFrame, milestones: pd.DataFrame, definition: Definition, level: float
) -> list[dict[str, Any]]:
    """Work out every share under one definition profile.

    people, milestones: from derive/outcomes.py, this definition only. level: of the Wilson intervals.
    Returns rows of `estimates` without estimate_id and data_cut. The default reading of each outcome comes first; the term
    of every further one begins with 'also'.
    """
    rows: list[dict[str, Any]] = []
    scope = people[people["in_scope"]]
    asked = people[people["engaged_date"].notna()] if definition.job_start_denominator == "engaged_out_of_work" else scope
    starters = scope[scope["started"] == "yes"]
    name = definition.scope
    clock = "engagement" if definition.job_start_denominator.startswith("engaged") else "referral"
    for group_by, group, of in groups_of(people):
        here, there, everybody, kept = of(scope), of(starters), of(people), of(milestones)
        doubtful = int((here["started"] == "unknown").sum())
        unsaid = int((of(asked)["out_of_work"] == "unknown").sum()) if asked is not scope else 0
        unsaid += out_of_sight(everybody, definition.job_start_denominator)
        unsure = said_of(everybody, "engaged", "unknown")
        found = [
            share_row(
                *("engaged", int(everybody["engaged_date"].notna().sum()), len(everybody) - unsure, unsure),
                *("people referred", "referral"),
                n=len(everybody),
            ),
            share_row(
                *("job_start", len(there), len(here) - doubtful, doubtful + unsaid, known_name(name, definition), clock),
                n=len(here),
            ),
            share_row(
                *("job_starts", int(here["jobs"].sum()), len(here), doubtful, name, clock),
                statistic="ratio",
                unit="job",
                ci_method=pd.NA,
            ),
            *kept_rows(kept, here, definition, level),
            *evidence_rows(there["start_evidence"], "job starters"),
            *hours_rows(there, kept, definition),
            *other_denominators(everybody, definition),
        ]
        rows += [row | {"group_by": group_by, "group": group} for row in found]
    worked = with_intervals(rows, level)
    return worked + _between_sites(worked)


def _between_sites(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Compare sites on each share by Pearson's test."""
    shares = pd.DataFrame([row for row in rows if row["group_by"] == "site" and row["statistic"] == "proportion"])
    if shares.empty:
        return []
    shares = shares[is_default(shares["term"])]
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
