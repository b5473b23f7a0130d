"""Misclassification: a reported share corrected for reports that are wrong, with stated sensitivity and specificity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.confidence import critical_value
from evaltools.estimate.proportion import proportion

__all__ = ["CorrectedShare", "correct_misclassification"]


@dataclass(frozen=True)
class CorrectedShare:
    """The share that would have been reported had every report been right.

    x of n people reported it. reported: x / n. value: corrected share, cut to 0 and 1; uncut: before that. lower, upper:
    limits, cut likewise. sensitivity, specificity: as stated. note: says so when the value was cut, else empty.
    """

    x: float
    n: float
    reported: float
    value: float
    uncut: float
    lower: float
    upper: float
    level: float
    sensitivity: float
    specificity: float
    method: str
    ci_method: str
    note: str


def correct_misclassification(
    x: float,
    n: float,
    sensitivity: float | tuple[float, float],
    specificity: float | tuple[float, float],
    level: float = 0.95,
    seed: int = 0,
) -> CorrectedShare:
    """Correct a reported share for wrong reports.

    The true share is (reported + specificity - 1) / (sensitivity + specificity - 1).

    Parameters
    ----------
    x, n : float
        People who reported it, of all who reported.
    sensitivity : float, or pair of float
        Share of those who truly have it who report it; or how many did, and of how many, in a study that checked reports.
    specificity : float, or pair of float
        Share of those who truly do not have it who do not report it; likewise.
    level : float
        Confidence level.
    seed : int
        For the draws that are made where either is a pair.

    Returns
    -------
    CorrectedShare
        With shares that are known the limits are Wilson's, corrected like the share. With counts of a checking study they
        are quantiles of 20,000 draws from Beta distributions (Jeffreys priors) of all three shares, which take
        in that the two rates are uncertain; draws that cannot be corrected are left out.

        EstimateError where the counts are impossible, or reports say no more about the truth than chance
        (sensitivity + specificity <= 1).

    References
    ----------
    Rogan and Gladen (1978), American Journal of Epidemiology 107, 71-76; Lash, Fox and Fink (2009), Applying Quantitative
    Bias Analysis to Epidemiologic Data, chapter 8.

    Examples
    --------
    >>> found = correct_misclassification(23, 150, sensitivity=0.96, specificity=0.89)
    >>> f"{found.reported:.3f} reported, {found.value:.3f} in truth"
    '0.153 reported, 0.051 in truth'
    """
    _require(x, n)
    rates = [_rate(each) for each in (sensitivity, specificity)]
    if sum(rates) <= 1:
        what = "reports with this sensitivity and specificity say no more than chance"
        detail = f"sensitivity {rates[0]:g}, specificity {rates[1]:g}"
        fix = "their sum must be above 1; check that the two are not exchanged or given as errors"
        raise EstimateError(Problem("E190", what, detail=detail, fix=fix))
    reported = x / n
    uncut = _corrected(reported, rates[0], rates[1])
    if isinstance(sensitivity, tuple) or isinstance(specificity, tuple):
        limits = _drawn_limits(x, n, sensitivity, specificity, level, seed)
        ci_method = "probabilistic bias analysis, Beta distributions"
    else:
        wilson = proportion(x, n, level)
        limits = (
            _corrected(float(wilson.lower or 0.0), rates[0], rates[1]),
            _corrected(float(wilson.upper or 0.0), rates[0], rates[1]),
        )
        ci_method = "Wilson, corrected"
    note = "" if 0 <= uncut <= 1 else "the correction leads beyond what is possible: the stated rates do not fit the reports"
    value, lower, upper = (float(np.clip(each, 0, 1)) for each in (uncut, *limits))
    return CorrectedShare(
        x, n, reported, value, uncut, lower, upper, level, rates[0], rates[1], "Rogan-Gladen", ci_method, note
    )


def _corrected(reported: float, sensitivity: float, specificity: float) -> float:
    return (reported + specificity - 1) / (sensitivity + specificity - 1)


def _require(x: float, n: float) -> None:
    if not (np.isfinite([x, n]).all() and 0 <= x <= n and n > 0):
        fix = "give 0 <= x <= n, with somebody among the n"
        raise EstimateError(Problem("E160", "the counts are not possible", detail="x, n", fix=fix))


def _rate(stated: float | tuple[float, float]) -> float:
    if isinstance(stated, tuple):
        _require(*stated)
        return stated[0] / stated[1]
    if not 0 <= stated <= 1:
        fix = "give a share between 0 and 1, such as 0.9, or a pair of counts, such as (45, 50)"
        raise EstimateError(Problem("E190", f"{stated:g} is no sensitivity or specificity", fix=fix))
    return float(stated)


def _drawn_limits(
    x: float,
    n: float,
    sensitivity: float | tuple[float, float],
    specificity: float | tuple[float, float],
    level: float,
    seed: int,
) -> tuple[float, float]:
    critical_value(level)  # refuses what is no level
    rng = np.random.default_rng(seed)
    draws = [
        rng.beta(stated[0] + 0.5, stated[1] - stated[0] + 0.5, 20_000)
        if isinstance(stated, tuple)
        else np.full(20_000, float(stated))
        for stated in ((x, n), sensitivity, specificity)
    ]
    informative = draws[1] + draws[2] > 1
    kept = [each[informative] for each in draws]
    corrected = (kept[0] + kept[2] - 1) / (kept[1] + kept[2] - 1)
    lower, upper = np.quantile(corrected, [0.5 - level / 2, 0.5 + level / 2])
    return float(lower), float(upper)
