"""Benefit off-flow: how many people on an out-of-work benefit at engagement left it, as they reported, and how soon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from evaltools.domain.results import COUNTS, Results, tidy
from evaltools.estimate.finished_rows import bounded, finished_rows
from evaltools.estimate.misclassification import correct_misclassification
from evaltools.estimate.people_groups import people_groups
from evaltools.estimate.share_rows import share_row
from evaltools.estimate.turnbull import turnbull

__all__ = ["estimate_benefits"]

Row = dict[str, Any]
Rate = float | tuple[float, float]
_QUESTIONS = {"benefit_off_flow": "How many left their out-of-work benefit?"}
_SAID = "as people told the service, whose payment may depend on it; a move to Universal Credit is no exit"


def estimate_benefits(
    frame: pd.DataFrame,
    horizon_days: Sequence[int],
    level: float,
    data_cut: date,
    sensitivity: Rate | None = None,
    specificity: Rate | None = None,
) -> Results:
    """Estimate benefit off-flow under every definition profile.

    Parameters
    ----------
    frame : pandas.DataFrame
        From derive/benefit_off_flow.py, all definitions.
    horizon_days : sequence of int
        Days from engagement at which off-flow is told.
    level : float
        Confidence level.
    data_cut : datetime.date
        Last day of data.
    sensitivity, specificity : float or pair of float, optional
        Of reports that a claim has ended, for the corrected share; see `correct_misclassification`. Both or neither.

    Returns
    -------
    Results
        estimates: outcome 'benefit_off_flow' for the programme, each site and each benefit: the share of those with known
        status ('proportion'), bounds over everybody ('bounds', 'bounds_interval'), the corrected share
        ('corrected_proportion'), and at each horizon the share whose reports settle it with its bounds, and the Turnbull
        estimate ('cumulative_incidence' with lowest and highest share as limits). The same for job starters (term
        'starters'), and among them those in permitted work (term 'permitted work'). counts: table 'benefits'.

        Nothing where the frame is empty.
    """
    if frame.empty:
        return Results()
    rows: list[Row] = []
    counts: list[Row] = []
    for keys, people in people_groups(frame):
        counts += _counts(people, keys)
    on = frame[frame["on_benefit"] == "yes"]
    rates = (sensitivity, specificity)
    for keys, people in people_groups(on, {"benefit": "benefit_group"}):
        rows += [row | keys for row in _group(people, horizon_days, level, rates)]
    return Results(estimates=finished_rows(rows, _QUESTIONS, level, data_cut), counts=tidy(counts, COUNTS))


def _counts(people: pd.DataFrame, keys: Mapping[str, str]) -> list[Row]:
    """Count engaged people by their benefit at engagement and what became of it."""
    held = {
        "engaged": len(people),
        **{f"{state}_benefit": int((people["on_benefit"] == said).sum()) for state, said in _BASELINE.items()},
        **{f"now_{status}": int((people["status"] == status).sum()) for status in ("off", "on", "unknown")},
        "returned": int(people["returned"].fillna(False).sum()),
    }
    return [
        {"table_id": "benefits", "row": keys["group"], "column": f"{keys['definition']}.{k}", "n": n}
        for k, n in held.items()
    ]


_BASELINE = {"on": "yes", "not_on": "no", "unknown": "unknown"}


def _group(people: pd.DataFrame, horizons: Sequence[int], level: float, rates: tuple[Rate | None, Rate | None]) -> list[Row]:
    whom = "people on an out-of-work benefit at engagement"
    rows = _ever(people, whom, "", level, rates)
    starters = people[people["started"] == "yes"]
    starter_rows = _ever(starters, f"job starters {whom.removeprefix('people ')}", "starters", level, rates)
    permitted = starters[starters["permitted_work"] == "yes"]
    name = "job starters on Employment and Support Allowance in a first job under 16 hours"
    rows += starter_rows + (_ever(permitted, name, "permitted work", level, (None, None)) if len(permitted) else [])
    for days in horizons:
        rows += _by(people, days, whom)
    return rows + list(_turnbull(people, horizons, whom))


def _ever(people: pd.DataFrame, whom: str, term: str, level: float, rates: tuple[Rate | None, Rate | None]) -> list[Row]:
    """Give the share that was reported off benefit at any later time."""
    off, unknown = int((people["status"] == "off").sum()), int((people["status"] == "unknown").sum())
    known = share_row(
        "benefit_off_flow", off, len(people) - unknown, unknown, f"{whom} whose later status is known", "engagement"
    )
    rows = [known | {"note": _SAID}, *bounded(known, whom)]
    sensitivity, specificity = rates
    if sensitivity is not None and specificity is not None and known["denominator"]:
        found = correct_misclassification(off, known["denominator"], sensitivity, specificity, level)
        stated = f"reports taken to have sensitivity {found.sensitivity:g} and specificity {found.specificity:g}"
        corrected = {"value": found.value, "lower": found.lower, "upper": found.upper, "method": found.method}
        note = "; ".join(filter(None, [stated, found.note]))
        rows.append(known | corrected | {"statistic": "corrected_proportion", "ci_method": found.ci_method, "note": note})
    return [row | {"term": term} for row in rows]


def _by(people: pd.DataFrame, days: int, whom: str) -> list[Row]:
    """Give the share off benefit by a day, among people followed so long whose reports settle it."""
    followed = people[people["followed_days"] >= days]
    off = int((followed["right"] <= days).fillna(False).sum())
    still = int(((followed["left"] >= days) & ~(followed["right"] <= days).fillna(False)).sum())
    name = f"{whom} followed for {days} days"
    known = share_row(
        "benefit_off_flow", off, off + still, len(followed) - off - still, f"{name} whose reports settle it", "engagement"
    )
    return [row | {"horizon": days} for row in (known, *bounded(known, name))]


def _turnbull(people: pd.DataFrame, horizons: Sequence[int], whom: str) -> Iterator[Row]:
    """Give the share off benefit by each day, every event lying somewhere between two reports."""
    told = people[people["status"] != "unknown"]
    if told.empty:
        return
    right = told["right"].to_numpy(dtype=float, na_value=np.inf)
    found = turnbull(told["left"].to_numpy(dtype=float), right)
    lowest, highest = found.at(list(horizons))
    row = share_row(
        "benefit_off_flow", None, len(told), len(people) - len(told), f"{whom} whose later status is known", "engagement"
    ) | {
        "statistic": "cumulative_incidence",
        "events": int((told["status"] == "off").sum()),
        "term": "off benefit",
        "method": found.method,
        "ci_method": "lowest and highest share that the reports allow; no sampling interval",
    }
    for days, low, high in zip(horizons, lowest, highest, strict=True):
        if days <= float(told["followed_days"].max()):
            middle = {"value": (low + high) / 2, "lower": low, "upper": high, "horizon": days, "level": pd.NA}
            yield row | middle | {"n": int((told["followed_days"] >= days).sum())}
