"""Tipping point: how different the people of unknown status would have to be for the share to reach a target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaltools.errors import EstimateError, Problem

__all__ = ["DELTAS", "TippingPoint", "tipping_point"]

DELTAS = (-np.inf, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, np.inf)
_LARGEST = 700.0  # log odds beyond which a share is 1 to the last digit


@dataclass(frozen=True)
class TippingPoint:
    """What would have to be true of the unknown.

    x of `known` people had the outcome; `unknown` people's status is not known; target: a share of all.
    complete_case: x / known. worst, best: share of all if none, or all, of the unknown had it. needed: the share among the
    unknown that brings the whole exactly to the target. delta: that share as a difference of log odds from the known; None
    where there is none, and then `reason` says why. verdict: one sentence.
    table: delta, share_unknown, share (of all), reaches_target.
    """

    x: float
    known: float
    unknown: float
    target: float
    complete_case: float | None
    worst: float
    best: float
    needed: float | None
    delta: float | None
    verdict: str
    reason: str
    table: pd.DataFrame
    method: str = "pattern mixture, log odds of the unknown shifted by delta"


def tipping_point(x: float, known: float, unknown: float, target: float, deltas: Sequence[float] = DELTAS) -> TippingPoint:
    """Shift the odds of the unknown until the share of all meets a target.

    Parameters
    ----------
    x : float
        People seen to have the outcome.
    known : float
        People whose status is known, those x among them.
    unknown : float
        People whose status is not known.
    target : float
        A share of all people, between 0 and 1.
    deltas : sequence of float
        Differences in log odds to show. With minus infinity none of the unknown had the outcome, with infinity all.

    Returns
    -------
    TippingPoint
        EstimateError when counts are negative or impossible, or the target is not a share.

    References
    ----------
    Little (1993), Journal of the American Statistical Association 88, 125-134 (pattern mixtures).

    Examples
    --------
    >>> found = tipping_point(155, 351, 9, target=0.44)
    >>> round(found.needed, 3), round(found.delta, 3)
    (0.378, -0.264)
    """
    _require(x, known, unknown, target)
    if np.isnan(np.asarray(deltas, dtype=float)).any():
        raise EstimateError(Problem("E161", "a difference in log odds is missing", fix="give numbers, such as -0.5"))
    everybody = known + unknown
    observed = x / known if known else None
    shares = np.array([_shifted(observed, delta) for delta in deltas])
    overall = (x + unknown * shares) / everybody
    table = pd.DataFrame(
        {
            "delta": np.asarray(deltas, dtype=float),
            "share_unknown": shares,
            "share": overall,
            "reaches_target": pd.array(overall >= target, dtype="boolean"),
        }
    )
    table.loc[np.isnan(overall), "reaches_target"] = pd.NA
    worst, best = x / everybody, (x + unknown) / everybody
    needed = (target * everybody - x) / unknown if unknown else None
    delta, reason = _delta(observed, needed)
    verdict = _verdict(worst, best, target, needed)
    return TippingPoint(x, known, unknown, target, observed, worst, best, needed, delta, verdict, reason, table)


def _require(x: float, known: float, unknown: float, target: float) -> None:
    counts = np.array([x, known, unknown], dtype=float)
    if not np.isfinite(counts).all() or (counts < 0).any() or x > known or known + unknown == 0:
        fix = "give 0 <= x <= known and unknown >= 0, with somebody among them"
        raise EstimateError(Problem("E160", "the counts are not possible", detail="x, known, unknown", fix=fix))
    if not 0 <= target <= 1:
        raise EstimateError(Problem("E161", f"{target} is not a share of people", fix="give a target such as 0.44"))


def _shifted(observed: float | None, delta: float) -> float:
    """Return the share with shifted log odds; missing when nobody is known."""
    if np.isinf(delta):
        return float(delta > 0)
    if observed is None:
        return np.nan
    odds = observed * np.exp(min(delta, _LARGEST))
    return odds / (odds + 1 - observed)


def _delta(observed: float | None, needed: float | None) -> tuple[float | None, str]:
    if needed is None:
        return None, "not estimable: nobody's status is unknown"
    if observed is None:
        return None, "not estimable: nobody's status is known"
    if observed in (0.0, 1.0):
        return (
            None,
            f"not estimable: {'nobody' if observed == 0 else 'everybody'} known had it, so there are no odds to shift",
        )
    if not 0 < needed < 1:
        return None, "not estimable: no finite shift of the odds meets the target"
    return float(np.log(needed / (1 - needed)) - np.log(observed / (1 - observed))), ""


def _verdict(worst: float, best: float, target: float, needed: float | None) -> str:
    if needed is None:
        return f"Nobody's status is unknown: the share is {worst:.1%}, the target {target:.1%}."
    if needed <= 0:
        return f"No assumption about the unknown can bring the share below the target of {target:.1%}."
    if needed > 1:
        return f"No assumption about the unknown can bring the share to the target of {target:.1%}."
    return f"The target of {target:.1%} is met if at least {needed:.1%} of the unknown had the outcome."
