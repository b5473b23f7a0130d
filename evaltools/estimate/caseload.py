"""Caseload: active cases for each full-time specialist, every day counting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from evaltools.domain.family_settings import FIDELITY_CUTS
from evaltools.domain.results import COUNTS, Results, tidy
from evaltools.estimate.finished_rows import finished_rows
from evaltools.estimate.people_groups import people_groups

__all__ = ["estimate_caseload"]

Row = dict[str, Any]
_QUESTIONS = {"caseload": "How many active cases did a full-time specialist hold?"}
_CAUTION = (
    "good specialists may be given more cases, and slow placement itself fills a caseload: this does not say what "
    "caseload does"
)


def estimate_caseload(days: pd.DataFrame, level: float, data_cut: date, cuts: Sequence[int] = FIDELITY_CUTS) -> Results:
    """Estimate caseload under every definition profile, for the programme and each site.

    Parameters
    ----------
    days : pandas.DataFrame
        From derive/specialists.py: 'specialist_days'.
    level : float
        Not used by these figures, which have no interval: days of one specialist are no sample.
    data_cut : datetime.date
        Last day of data.
    cuts : sequence of int
        Upper ends of the caseload bands, in cases for each full-time equivalent.

    Returns
    -------
    Results
        estimates: outcome 'caseload': 'mean', active cases for each full-time equivalent, and 'share_of_days',
        full-time-equivalent days within each band and above each of the first two cuts (terms 'over 20 to 25', 'above 20').
        Specialist-days whose full-time equivalent is not known are missing. counts: table 'caseload'.

        Nothing where the frame is empty.
    """
    if days.empty:
        return Results()
    rows: list[Row] = []
    counts: list[Row] = []
    for keys, held in people_groups(days):
        rows += [row | keys for row in _caseload(held, cuts)]
        counts += [
            {"table_id": "caseload", "row": keys["group"], "column": f"{keys['definition']}.{name}", "n": n}
            for name, n in _facts(held).items()
        ]
    return Results(estimates=finished_rows(rows, _QUESTIONS, level, data_cut), counts=tidy(counts, COUNTS))


def _facts(days: pd.DataFrame) -> dict[str, int]:
    in_post = days["posts"] > 0
    weight = days["days"]
    return {
        "days_in_post": int(weight[in_post].sum()),
        "fte_unknown_days": int(weight[in_post & days["fte"].isna()].sum()),
        "case_days": int((weight * days["caseload"]).sum()),
        "case_days_without_post": int((weight * days["caseload"])[~in_post].sum()),
        "contested_case_days": int((weight * days["contested"]).sum()),
    }


def _caseload(days: pd.DataFrame, cuts: Sequence[int]) -> list[Row]:
    known = days[days["fte"].notna() & (days["fte"] > 0)]
    fte = known["fte"].to_numpy(dtype=float)
    exposure = fte * known["days"].to_numpy(dtype=float)
    each = known["caseload"].to_numpy(dtype=float) / fte
    total = float(exposure.sum())
    unknown = int(days.loc[days["fte"].isna(), "days"].sum())
    base = {
        "outcome": "caseload",
        "denominator": total,
        "denominator_name": "days of full-time equivalents in post",
        "population": "specialists in post whose full-time equivalent is known",
        "n": int(known["days"].sum()),
        "missing": unknown,
        "clock": "calendar",
        "level": pd.NA,
    }
    cases = float((known["caseload"] * known["days"]).sum())
    mean = {"statistic": "mean", "unit": "case per full-time equivalent", "numerator": cases, "value": _ratio(cases, total)}
    rows = [base | mean | {"method": "active cases added up over the days, by full-time equivalents", "note": _CAUTION}]
    share = {"statistic": "share_of_days", "unit": "full-time-equivalent day", "method": "share of days"}
    lower = [-np.inf, *cuts]
    for low, high, term in zip(lower, [*cuts, np.inf], _terms(cuts), strict=True):
        rows.append(base | share | _part(exposure[(each > low) & (each <= high)], total) | {"term": term})
    rows += [base | share | _part(exposure[each > cut], total) | {"term": f"above {cut}"} for cut in cuts[:2]]
    return rows


def _terms(cuts: Sequence[int]) -> list[str]:
    between = [f"over {low} to {high}" for low, high in pairwise(cuts)]
    return [f"{cuts[0]} or fewer", *between, f"over {cuts[-1]}"]


def _part(exposure: np.ndarray, total: float) -> Row:
    held = float(exposure.sum())
    return {"numerator": held, "value": _ratio(held, total)}


def _ratio(numerator: float, denominator: float) -> float:
    return numerator / denominator if denominator > 0 else np.nan
