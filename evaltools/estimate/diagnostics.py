"""Can an estimate be relied on? Checks with thresholds by name, and the gate that greys what fails, with the reason."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from evaltools.domain.reliance import GREYED
from evaltools.domain.results import CHECKS, tidy
from evaltools.errors import EstimateError, Problem

__all__ = [
    "GREYED",
    "at_risk_floor",
    "cluster_count",
    "common_support",
    "enough_events",
    "events_per_parameter",
    "gate",
    "hazards_proportional",
    "overlap",
]

_FAMILY = "diagnostic."
Check = dict[str, Any]

_REASONS = {  # what a note says of each check that failed: no number, so that release has nothing to take out of it
    "events_per_parameter": "too few events for so many coefficients",
    "proportional_hazards": "the score test of proportional hazards finds that the hazard ratio changes over time",
    "overlap": "too few people are of a kind that every group has",
    "common_support": "too few people have a score that every group reaches",
    "cluster_count": "too few clusters: robust errors tend to be too small",
    "at_risk_floor": "too few people at risk on the day",
    "enough_events": "too few events",
}


def events_per_parameter(subject: str, events: float, parameters: int, least: float = 10.0) -> Check:
    """Check that a model has enough events for its coefficients.

    subject: estimate_id, or its beginning up to a full stop. events, parameters: of the model. least: events for each.

    >>> events_per_parameter("cox.job", 45, 6)["why"]
    '7.5 events for each coefficient (45 for 6), fewer than 10'
    """
    if parameters < 1:
        raise EstimateError(Problem("E180", "the model has no coefficients", fix="check models with covariates only"))
    ratio = events / parameters
    said = f"{ratio:.1f} events for each coefficient ({events:g} for {parameters})"
    return _check("events_per_parameter", subject, ratio, least, ratio >= least, said, f"fewer than {least:g}")


def hazards_proportional(subject: str, p: float, least: float = 0.05) -> Check:
    """Check that a test found no change of hazard ratios over time.

    p: of the global score test, the row GLOBAL of `CoxFit.proportional_hazards`. least: below it the check fails.

    >>> hazards_proportional("cox.job", 0.003)["why"]
    'the score test of proportional hazards has p = 0.003, below 0.05: the hazard ratio changes over time'
    """
    said = f"the score test of proportional hazards has {'p < 0.001' if p < 0.001 else f'p = {p:.3f}'}"
    fails = f"below {least:g}: the hazard ratio changes over time"
    return _check("proportional_hazards", subject, p, least, p >= least, said, fails)


def overlap(subject: str, groups: ArrayLike, strata: ArrayLike, least: float = 0.95) -> Check:
    """Check that groups that are compared hold people of the same kinds.

    groups, strata: label of each person, shape (n,); a missing label is a label. least: share of people in strata in which
    every group has somebody.

    >>> overlap("standardised", ["a", "a", "b"], ["young", "old", "old"])["why"]
    '67% of people are of a kind that every group has, less than 95%'
    """
    table = _cross(groups, strata)
    shared = (table > 0).all(axis=0)
    share = float(table[:, shared].sum() / table.sum())
    said = f"{share:.0%} of people are of a kind that every group has"
    return _check("overlap", subject, share, least, share >= least, said, f"less than {least:.0%}")


def common_support(subject: str, groups: ArrayLike, score: ArrayLike, least: float = 0.95) -> Check:
    """Check that groups overlap in a score, such as the predicted risk or propensity.

    groups: label of each person; score: shape (n,). least: share of people whose score every group reaches on both sides.

    >>> common_support("standardised", ["a", "a", "b", "b"], [0.1, 0.4, 0.3, 0.9])["value"]
    0.5
    """
    codes, labels = pd.factorize(pd.Series(groups), use_na_sentinel=False)
    values = np.asarray(score, dtype=float)
    if len(values) != len(codes) or not len(values) or not np.isfinite(values).all():
        raise EstimateError(Problem("E180", "a score is missing", fix="give one finite score to each person"))
    ranges = [(values[codes == code].min(), values[codes == code].max()) for code in range(len(labels))]
    low, high = max(low for low, _ in ranges), min(high for _, high in ranges)
    share = float(((values >= low) & (values <= high)).mean())
    said = f"{share:.0%} of people have a score that every group reaches"
    return _check("common_support", subject, share, least, share >= least, said, f"less than {least:.0%}")


def cluster_count(subject: str, clusters: int, least: int = 30) -> Check:
    """Check that there are enough clusters for errors that are robust by cluster.

    clusters: specialists or sites. least: below it robust errors tend to be too small.

    >>> cluster_count("cox.job", 6)["status"]
    'note'
    """
    fails = f"fewer than {least}: robust errors tend to be too small"
    return _check("cluster_count", subject, clusters, least, clusters >= least, f"{clusters} clusters", fails)


def at_risk_floor(subject: str, at_risk: float, least: float = 10.0) -> Check:
    """Check that enough people are still followed on the day of an estimate.

    at_risk: people at risk on the day. least: below it the estimate rests on too few.

    >>> at_risk_floor("job_start.365", 4)["why"]
    '4 people at risk on the day, fewer than 10'
    """
    said = f"{at_risk:g} people at risk on the day"
    return _check("at_risk_floor", subject, at_risk, least, at_risk >= least, said, f"fewer than {least:g}")


def enough_events(subject: str, events: float, least: float = 10.0) -> Check:
    """Check that an estimate rests on enough events for its interval.

    events: behind the estimate, such as those up to its horizon. least: below it the check fails.

    >>> enough_events("job_start.365", 4)["why"]
    '4 events, fewer than 10'
    """
    return _check("enough_events", subject, events, least, events >= least, f"{events:g} events", f"fewer than {least:g}")


def gate(estimates: pd.DataFrame, checks: pd.DataFrame | list[Check]) -> pd.DataFrame:
    """Mark the estimates that fail a check: their note begins with GREYED and gives every reason, in words.

    No number is changed, and none is in the reasons: counts of people would have to be taken out of them before release.
    The figures and thresholds are in the rows of `checks`.

    Parameters
    ----------
    estimates : pandas.DataFrame
        With columns estimate_id and note.
    checks : pandas.DataFrame or list
        Rows of the functions here. A check concerns the estimates whose id is its subject or begins with it and a full stop.

    Returns
    -------
    pandas.DataFrame
        The estimates in their order, marked.

    Examples
    --------
    >>> rows = pd.DataFrame({"estimate_id": ["cox.job.age", "km"], "note": [None, None]})
    >>> gate(rows, [events_per_parameter("cox.job", 45, 6)])["note"].fillna("").tolist()
    ['not to be relied on: too few events for so many coefficients', '']
    """
    found = tidy(checks, CHECKS)
    failed = found[(found["status"] != "ok") & found["check_id"].str.startswith(_FAMILY)]
    ids = estimates["estimate_id"].astype("string")
    reasons: pd.Series = pd.Series([[] for _ in range(len(estimates))], index=estimates.index, dtype=object)
    said = failed["check_id"].str.removeprefix(_FAMILY).map(_REASONS).fillna(failed["why"])
    said = said.mask(failed["value"].isna(), failed["why"])  # cannot be judged
    for subject, why in zip(failed["subject"], said, strict=True):
        for index in ids.index[(ids == subject) | ids.str.startswith(f"{subject}.")]:
            reasons[index].append(str(why))
    marks = reasons.map(lambda each: GREYED + "; ".join(dict.fromkeys(each)) if each else None)
    notes = estimates["note"].astype("string")
    joined = (marks.astype("string") + "; " + notes).where(notes.notna() & (notes != ""), marks.astype("string"))
    return estimates.assign(note=joined.where(marks.notna(), notes))


def _check(kind: str, subject: str, value: float, threshold: float, passed: bool, said: str, fails: str) -> Check:  # noqa: PLR0913 - a row
    if not np.isfinite(value):
        passed, said, fails, value = False, f"{kind.replace('_', ' ')} cannot be judged", "its value is not known", np.nan
    return {
        "check_id": _FAMILY + kind,
        "subject": subject,
        "status": "ok" if passed else "note",
        "value": float(value),
        "threshold": float(threshold),
        "why": said if passed else f"{said}, {fails}",
    }


def _cross(groups: ArrayLike, strata: ArrayLike) -> np.ndarray:
    """Return the table of groups by strata."""
    rows, labels = pd.factorize(pd.Series(groups), use_na_sentinel=False)
    columns, kinds = pd.factorize(pd.Series(strata), use_na_sentinel=False)
    if len(rows) != len(columns) or not len(rows):
        raise EstimateError(
            Problem("E180", "groups and strata do not go together", fix="give one label of each to everybody")
        )
    size = len(labels) * len(kinds)
    return np.bincount(rows * len(kinds) + columns, minlength=size).reshape(len(labels), len(kinds))
