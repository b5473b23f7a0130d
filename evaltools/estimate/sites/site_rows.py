"""Funnel limits, shrunken values and ranks of sites as rows of results, which a release protects and a report reads."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from evaltools.errors import EstimateError
from evaltools.estimate.sites.funnel import Funnel, funnel
from evaltools.estimate.sites.funnel_limits import level_name
from evaltools.estimate.sites.rank_intervals import Ranks, rank_intervals
from evaltools.estimate.sites.site_counts import Basis

__all__ = ["site_rows"]

Row = dict[str, Any]
_RANKS = ("p_best", "p_top_half", "p_above_target")


def site_rows(  # noqa: PLR0913 - the counts, and what the rows are about
    counts: pd.DataFrame,
    outcome: str,
    denominator_name: str,
    programme: float | None = None,
    basis: Basis = "proportion",
    level: float = 0.95,
    seed: int = 1,
) -> list[Row]:
    """Compare sites and return everything that is said of them.

    Parameters
    ----------
    counts : pandas.DataFrame
        One row a site: site_id, numerator, denominator.
    outcome, denominator_name : str
        What they count.
    programme : float, optional
        Value of the programme, when it is not that of the sites given together.
    basis : {'proportion', 'rate', 'ratio'}
        What the denominator is.
    level : float
        Of shrunken values and ranks.
    seed : int
        Of the draws behind ranks.

    Returns
    -------
    list of dict
        Rows of `estimates`, group_by site. For each site: statistic funnel (term '95', '95 over-dispersed', '998', ...;
        value is the target, lower and upper its limits), z, position (in the note), shrunken, rank (median, with interval)
        and p_best, p_top_half, p_above_target. For group all: phi, tau (with interval), reliability. No rows with fewer
        than two sites that can be compared, or where nobody or everybody has the outcome.

    Examples
    --------
    >>> sites = pd.DataFrame({"site_id": ["a", "b"], "numerator": [20, 45], "denominator": [100, 120]})
    >>> rows = site_rows(sites, "job_start", "people engaged")
    >>> sorted({row["statistic"] for row in rows})[:4]
    ['funnel', 'p_above_target', 'p_best', 'p_top_half']
    """
    try:
        made = funnel(counts, "numerator", "denominator", target=programme, basis=basis)
    except EstimateError as error:
        if all(problem.code in ("E232", "E236") for problem in error.problems):
            return []
        raise
    if (made.table["position"] != "not compared").sum() < 2:
        return []
    ranks = rank_intervals(counts, "numerator", "denominator", basis, target=made.target, level=level, seed=seed)
    about = {"outcome": outcome, "population": "all", "group_by": "site", "denominator_name": denominator_name}
    rows = [
        about | row
        for at in np.flatnonzero(made.table["position"] != "not compared")
        for row in (*_funnel_rows(made, int(at)), *_rank_rows(ranks, int(at), level))
    ]
    whole = about | {"group": "all", "n": float(made.dispersion.sites), "note": made.note}
    return rows + [whole | row for row in _whole(made, ranks)]


def _counted(table: pd.DataFrame, at: int) -> Row:
    row = table.iloc[at]
    return {"group": str(row["site_id"]), "numerator": float(row["numerator"]), "denominator": float(row["denominator"])}


def _funnel_rows(made: Funnel, at: int) -> list[Row]:
    row, counted = made.table.iloc[at], _counted(made.table, at)
    shared = {"statistic": "funnel", "value": float(row["target"]), "method": made.method, "note": row["position"]}
    rows: list[Row] = []
    for level in made.levels:
        name = level_name(level)
        for column, said in (("", ""), ("_overdispersed", " over-dispersed")):
            lower, upper = (float(row[f"{side}_{name}{column}"]) for side in ("lower", "upper"))
            rows.append(counted | shared | {"term": f"{name}{said}", "level": level, "lower": lower, "upper": upper})
    return [*rows, counted | {"statistic": "z", "value": float(row["z"]), "note": row["position"]}]


def _rank_rows(ranks: Ranks, at: int, level: float) -> list[Row]:
    row, counted = ranks.table.iloc[at], _counted(ranks.table, at)
    spans = (("shrunken", "value", "lower", "upper"), ("rank", "median_rank", "lower_rank", "upper_rank"))
    return [
        *(
            counted
            | {"statistic": name, "value": float(row[value]), "lower": float(row[lower]), "upper": float(row[upper]),
               "level": level, "method": ranks.method}
            for name, value, lower, upper in spans
        ),
        *(counted | {"statistic": name, "value": float(row[name]), "method": ranks.method} for name in _RANKS),
    ]  # fmt: skip


def _whole(made: Funnel, ranks: Ranks) -> list[Row]:
    tau, lower, upper = made.dispersion.tau
    return [
        {"statistic": "phi", "value": made.phi},
        {"statistic": "tau", "value": tau, "lower": lower, "upper": upper, "level": made.dispersion.level},
        {"statistic": "reliability", "value": ranks.reliability, "method": ranks.method},
    ]
