"""Gray's test of whether the cumulative incidence of one cause is the same in all groups, with other causes at work."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.domain.significance import TestResult
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.named_cause import cause_code
from evaltools.estimate.score_test import no_test, require_rho, score_test
from evaltools.estimate.shared_counts import SharedCounts, refuse_clusters, refuse_shares, shared_counts

__all__ = ["gray"]

Floats = NDArray[np.float64]


class _Score(NamedTuple):
    """Scores, shape (G,), and their covariance, shape (G, G)."""

    score: Floats
    covariance: Floats


def gray(times: EventTimes, by: str, cause: str, strata: str | Iterable[str] | None = None, rho: float = 0.0) -> TestResult:
    """Test that one cause's cumulative incidence is the same in all groups, within strata.

    Parameters
    ----------
    times : EventTimes
        Durations in days and causes. EstimateError when somebody enters late: the test weighs people who have already had
        another event, and late entry hides how many there are.
    by : str
        Column of `times.data`; people without a label are a group of their own.
    cause : str
        Name of the cause.
    strata : str or iterable of str, optional
        Columns within which groups are compared; by default those of `times`.
    rho : float
        Differences are weighted by 1 - incidence just before, to this power.

    Returns
    -------
    TestResult
        Equal to R's cmprsk. Without a statistic, and with a reason, when there is nothing to compare.

    References
    ----------
    Gray (1988), Annals of Statistics 16, 1141-1154.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"days": range(1, 9), "status": [1, 1, 2, 0] * 2, "site": list("aabababb")})
    >>> times = EventTimes.from_frame(people, "days", "status", {1: "job", 2: "left"})
    >>> result = gray(times, by="site", cause="job")
    >>> round(result.statistic, 3), result.df
    (2.821, 1)
    """
    require_rho(rho)
    code = cause_code(times, cause)
    refuse_shares(times)
    refuse_clusters(times)
    if times.late:
        fix = "compare cause-specific hazards: logrank(times, by, cause=...)"
        raise EstimateError(Problem("E129", "Gray's test does not know late entry", fix=fix))
    within = times.strata if strata is None else (strata,) if isinstance(strata, str) else tuple(strata)
    method = "Gray" + (f", rho = {rho:g}" if rho else "") + (f", stratified by {', '.join(within)}" if within else "")
    compared = shared_counts(times, by, within)
    labels, n = compared.labels, float(compared.people.sum())
    if len(labels) < 2:
        return no_test("fewer than two groups to compare", method, n, len(labels))
    if not (times.cause == code).any():
        return no_test(f"no events of cause '{cause}'", method, n, len(labels))
    position = [times.causes[code] for code in sorted(times.causes)].index(cause)
    parts = [_stratum(counts, position, rho) for counts in compared.strata]
    score, covariance = np.sum([part.score for part in parts], axis=0), np.sum([part.covariance for part in parts], axis=0)
    return score_test(score, covariance, method, n)


def _stratum(counts: SharedCounts, position: int, rho: float) -> _Score:
    """Return the scores of one stratum.

    Somebody whom another cause has taken stays in the risk set of the incidence: a group of n at risk with survival S counts
    as n / S. Under the hypothesis all groups share the incidence F, whose step is own events over the sum of n / S.
    """
    n, own = counts.at_risk, counts.by_cause[position]
    other = counts.by_cause.sum(axis=0) - own
    there = n > 0
    survival = np.cumprod(np.where(there, 1 - (own + other) / np.where(there, n, 1), 1.0), axis=1)
    before = _lagged(survival, 1.0)
    incidence = np.cumsum(np.where(there, before * own / np.where(there, n, 1), 0.0), axis=1)
    size = np.where(there, n / np.where(there, before, 1), 0.0)  # n / S of each group
    risk = size * (1 - _lagged(incidence, 0.0))
    total, events = size.sum(axis=0), own.sum(axis=0)
    step = events / np.where(total > 0, total, 1)
    common = np.cumsum(step)
    ahead = _lagged(common, 0.0)
    weight = (1 - ahead) ** rho
    score = (weight * (own - events * risk / np.where(risk.sum(axis=0) > 0, risk.sum(axis=0), 1))).sum(axis=1)
    return _Score(
        score, _covariance(_Curves(n, there, own, other, survival, before, size, total, step, common, ahead, weight))
    )


class _Curves(NamedTuple):
    """At each time, by group (G, T) or of all groups (T,).

    n: at risk; there: anybody is; own, other: events of the cause and of others; survival, before: after and before the
    time; size: n / S. total: the sum of n / S; step, common, ahead: step of F, F after and before; weight: of the time.
    """

    n: Floats
    there: NDArray[np.bool_]
    own: Floats
    other: Floats
    survival: NDArray
    before: Floats
    size: Floats
    total: Floats
    step: Floats
    common: Floats
    ahead: Floats
    weight: Floats


def _covariance(c: _Curves) -> Floats:
    """Return Gray's variance: what an event of each kind in group k does to the score of group i, squared and added.

    An event of the cause in group k at u moves score i by a_ik(u) + (1 - l) C_ik(u), one of another cause by -l C_ik(u),
    with l = (1 - F) / S_k. a_ik is the derivative of the score, and C_ik(u) collects a_ik dF / (1 - F) from later times.
    """
    share = c.size / np.where(c.total > 0, c.total, 1)
    a = -c.weight * c.size[:, None, :] * share[None, :, :]
    groups = np.arange(len(c.n))
    a[groups, groups] += c.weight * c.size
    steps = a * (c.step / np.where(c.ahead < 1, 1 - c.ahead, 1))
    later = steps.sum(axis=2, keepdims=True) - np.cumsum(steps, axis=2)
    left = np.divide(1 - c.common, c.survival, out=np.zeros_like(c.n), where=c.survival > 0)
    own_weight, other_weight = _spread(c)
    moved = a + (1 - left) * later
    return np.einsum("ikt,jkt,kt->ij", moved, moved, own_weight, optimize=True) + np.einsum(
        "ikt,jkt,kt->ij", later, later, left**2 * other_weight, optimize=True
    )


def _spread(c: _Curves) -> tuple[Floats, Floats]:
    """Return the variance of the steps of each group, under the hypothesis, with the correction for ties."""
    tied, events = c.step * c.total, np.maximum(c.total * c.before - 1, 1e-300)
    factor = np.where(tied > 1, 1 - (tied - 1) / events, 1.0)
    own = np.divide(factor * c.before * c.step, c.n, out=np.zeros_like(c.n), where=c.there)
    alone = np.where(c.other > 1, 1 - (c.other - 1) / np.maximum(c.n - 1, 1), 1.0)
    other = np.divide(alone * c.before**2 * c.other, c.n**2, out=np.zeros_like(c.n), where=c.there & (c.survival > 0))
    return own, other


def _lagged(values: NDArray, start: float) -> Floats:
    """Return the value before each time."""
    out = np.empty_like(values)
    out[..., 1:] = values[..., :-1]
    out[..., :1] = start
    return out
