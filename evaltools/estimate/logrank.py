"""Log-rank tests: does an event come at the same rate in all groups? Stratified, weighted, or for a trend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.domain.significance import TestResult
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.named_cause import cause_code
from evaltools.estimate.observed_expected import ObservedExpected, observed_expected
from evaltools.estimate.score_test import no_test, require_rho, score_test
from evaltools.estimate.shared_counts import refuse_clusters

__all__ = ["logrank", "logrank_table", "logrank_trend"]

Floats = NDArray[np.float64]
Strata = str | Iterable[str] | None


def logrank(times: EventTimes, by: str, strata: Strata = None, rho: float = 0.0, cause: str | None = None) -> TestResult:
    """Test that the hazard of the event is the same in all groups, within strata.

    Parameters
    ----------
    times : EventTimes
        Durations in days, late entry allowed; clusters are refused, as the test takes people as independent.
    by : str
        Column of `times.data`; people without a label are a group of their own.
    strata : str or iterable of str, optional
        Columns within which groups are compared; by default those of `times`.
    rho : float
        Differences are weighted by survival just before, to this power (Fleming and Harrington): 0 is the log-rank test, 1
        Peto and Peto's version of the Wilcoxon test, which looks at early differences.
    cause : str, optional
        Name of a cause: its hazard while nothing else has happened. Any event without it.

    Returns
    -------
    TestResult
        Equal to R's survdiff. Without a statistic, and with a reason, when there is nothing to compare.

    References
    ----------
    Harrington and Fleming (1982), Biometrika 69, 553-566.

    Examples
    --------
    >>> people = pd.DataFrame({"days": [1, 2, 3, 4, 5, 6], "status": 1, "site": ["a", "a", "b", "a", "b", "b"]})
    >>> result = logrank(EventTimes.from_frame(people, "days", "status"), by="site")
    >>> round(result.statistic, 3), result.df, round(result.p, 3)
    (2.557, 1, 0.11)
    """
    method = "log-rank" if rho == 0 else f"Fleming-Harrington, rho = {rho:g}"
    compared = _compared(times, by, strata, rho, cause)
    method += " of cause-specific hazards" if cause else ""
    method += f", stratified by {compared.stratified}" if compared.stratified else ""
    reason = _nothing_to_compare(compared)
    if reason:
        return no_test(reason, method, compared.n, len(compared.labels))
    return score_test(compared.observed - compared.expected, compared.covariance, method, compared.n)


def logrank_trend(
    times: EventTimes,
    by: str,
    scores: Mapping[str, float] | None = None,
    strata: Strata = None,
    rho: float = 0.0,
    cause: str | None = None,
) -> TestResult:
    """Test that the hazard does not rise or fall with the order of the groups.

    Parameters
    ----------
    times, by, strata, rho, cause
        As for `logrank`.
    scores : mapping, optional
        The place of each group, by its label. Labels that are numbers are their own scores.

    Returns
    -------
    TestResult
        With one degree of freedom.

    References
    ----------
    Tarone (1975), Biometrika 62, 679-682.

    Examples
    --------
    >>> people = pd.DataFrame({"days": [1, 2, 3, 4, 5, 6], "status": 1, "need": [1, 1, 2, 2, 3, 3]})
    >>> round(logrank_trend(EventTimes.from_frame(people, "days", "status"), by="need").statistic, 3)
    6.672
    """
    method = "log-rank for trend" if rho == 0 else f"Fleming-Harrington for trend, rho = {rho:g}"
    compared = _compared(times, by, strata, rho, cause)
    place = _scores(compared.labels, scores)
    reason = _nothing_to_compare(compared)
    score = float(place @ (compared.observed - compared.expected))
    variance = float(place @ compared.covariance @ place)
    if not reason and variance <= 0:
        reason = "groups at risk together when something happened have the same score"
    if reason:
        return no_test(reason, method, compared.n, len(compared.labels))
    pair = np.array([score, -score]), np.array([[variance, -variance], [-variance, variance]])
    result = score_test(*pair, method, compared.n)
    return TestResult(result.statistic, result.df, result.p, method, compared.n, len(compared.labels))


def logrank_table(
    times: EventTimes, by: str, strata: Strata = None, rho: float = 0.0, cause: str | None = None
) -> pd.DataFrame:
    """Give the numbers behind a log-rank test.

    Parameters
    ----------
    times, by, strata, rho, cause
        As for `logrank`.

    Returns
    -------
    pandas.DataFrame
        group, n, observed, expected: events, weighted if rho is not 0, and what they would be if groups did not differ.

    Examples
    --------
    >>> people = pd.DataFrame({"days": [1, 2], "status": 1, "site": ["a", "b"]})
    >>> logrank_table(EventTimes.from_frame(people, "days", "status"), by="site")["expected"].tolist()
    [0.5, 1.5]
    """
    compared = _compared(times, by, strata, rho, cause)
    return pd.DataFrame(
        {"group": compared.labels, "n": compared.people, "observed": compared.observed, "expected": compared.expected}
    )


def _compared(times: EventTimes, by: str, strata: Strata, rho: float, cause: str | None) -> ObservedExpected:
    require_rho(rho)
    refuse_clusters(times)
    within = times.strata if strata is None else (strata,) if isinstance(strata, str) else tuple(strata)
    return observed_expected(times, by, within, rho, cause_code(times, cause))


def _nothing_to_compare(compared: ObservedExpected) -> str:
    if len(compared.labels) < 2:
        return "fewer than two groups to compare"
    return "" if compared.expected.any() else "no events"


def _scores(labels: tuple[str, ...], scores: Mapping[str, float] | None) -> Floats:
    """Return the score of each group."""
    try:
        place = np.array([float(label if scores is None else scores[label]) for label in labels])
    except (KeyError, ValueError):
        place = np.array([np.nan])
    if not np.isfinite(place).all():
        fix = "give every group a number: scores={'low': 0, 'middle': 1, 'high': 2}"
        raise EstimateError(Problem("E128", "a trend needs a number for each group", fix=fix))
    return place
