"""Where a contract will end against its target: what is achieved, with exact limits, and a forecast for what is left."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import betabinom, binom, chi2, nbinom, poisson

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.sites.funnel_limits import tails

__all__ = ["Forecast", "achieved_against", "forecast", "forecast_share", "on_target"]


class Forecast(NamedTuple):
    """Total expected at the end, its interval, and the probability of meeting the target (None without a target)."""

    expected: float
    lower: float
    upper: float
    p_meet: float | None
    method: str


def achieved_against(achieved: pd.DataFrame, targets: pd.DataFrame, level: float = 0.95) -> pd.DataFrame:
    """Hold what was achieved against each scenario of its target.

    Parameters
    ----------
    achieved : pandas.DataFrame
        site_id, measure, count.
    targets : pandas.DataFrame
        site_id, measure, scenario ('low', 'median', 'high'), target.
    level : float
        Of the exact Poisson intervals.

    Returns
    -------
    pandas.DataFrame
        site_id, measure, scenario, achieved, target, ratio, lower, upper, p (exact, two-sided: how often a site that is
        on target would be at least as far from it), note; in the order of targets. Without an achievement, or with a
        target of 0, a ratio is missing, with a note.

    References
    ----------
    Garwood (1936), Biometrika 28, 437-442.

    Examples
    --------
    >>> done = pd.DataFrame({"site_id": ["a"], "measure": ["starts"], "count": [34]})
    >>> aims = pd.DataFrame({"site_id": ["a"], "measure": ["starts"], "scenario": ["high"], "target": [40]})
    >>> achieved_against(done, aims)[["ratio", "lower", "upper", "p"]].round(2).values.tolist()
    [[0.85, 0.59, 1.19, 0.39]]
    """
    rows = targets[["site_id", "measure", "scenario", "target"]].merge(
        achieved[["site_id", "measure", "count"]].groupby(["site_id", "measure"], as_index=False).sum(min_count=1),
        on=["site_id", "measure"], how="left",
    )  # fmt: skip
    x, aim = (pd.to_numeric(rows[name]).to_numpy(dtype=float, na_value=np.nan) for name in ("count", "target"))
    known = np.isfinite(x) & np.isfinite(aim) & (aim > 0)
    low, high = tails(level)
    safe_x, safe_aim = np.where(known, x, 0.0), np.where(known, aim, 1.0)
    lower = np.where(safe_x > 0, chi2.ppf(low, 2 * np.maximum(safe_x, 0.5)) / 2, 0.0) / safe_aim
    upper = chi2.ppf(high, 2 * (safe_x + 1)) / 2 / safe_aim
    one_side = np.minimum(poisson.cdf(safe_x, safe_aim), poisson.sf(safe_x - 1, safe_aim))
    columns = {"ratio": safe_x / safe_aim, "lower": lower, "upper": upper, "p": np.minimum(1.0, 2 * one_side)}
    made = {name: np.where(known, held, np.nan) for name, held in columns.items()}
    note = np.where(known, "", np.where(np.isfinite(x) & np.isfinite(aim), "the target is 0", "not published"))
    return rows.rename(columns={"count": "achieved"})[["site_id", "measure", "scenario", "achieved", "target"]].assign(
        **made, note=note
    )


def forecast(
    achieved: float, elapsed: float, remaining: float, target: float | None = None, level: float = 0.95
) -> Forecast:
    """Forecast a count to the end of a contract, if it goes on at the rate so far.

    Parameters
    ----------
    achieved : float
        Events so far, 0 or more.
    elapsed, remaining : float
        Exposure so far, above 0, and still to come, 0 or more, in the same unit (months, client-months).
    target : float, optional
        Total at the end.
    level : float
        Of the interval.

    Returns
    -------
    Forecast
        From a gamma posterior of the rate (Jeffreys) and a Poisson count to come: negative binomial.

    References
    ----------
    Gelman et al. (2013), Bayesian Data Analysis, 3rd edition, section 2.6.

    Examples
    --------
    >>> found = forecast(30, 12, 6, target=45)
    >>> round(found.expected, 1), round(found.p_meet, 2)
    (45.2, 0.54)
    """
    if elapsed <= 0 or remaining < 0 or achieved < 0:
        raise EstimateError(
            Problem("E246", "a forecast needs time that has passed and none that is negative",
                    fix="give exposure so far above 0 and events of 0 or more")
        )  # fmt: skip
    method = "gamma posterior (Jeffreys) of the rate, Poisson count to come; the rate stays as it was"
    shape = achieved + 0.5
    if remaining == 0:
        return Forecast(achieved, achieved, achieved, None if target is None else float(achieved >= target), method)
    to_come = nbinom(shape, elapsed / (elapsed + remaining))
    return _finish(achieved, to_come, target, level, method)


def forecast_share(achieved: float, of: float, to_come: int, target: float | None = None, level: float = 0.95) -> Forecast:
    """Forecast a count of outcomes among so many more people, if the share stays as it was.

    Parameters
    ----------
    achieved, of : float
        People with the outcome, of how many so far, above 0.
    to_come : int
        People still to come.
    target : float, optional
        People with the outcome at the end.
    level : float
        Of the interval.

    Returns
    -------
    Forecast
        From a beta posterior (Jeffreys): beta-binomial.

    Examples
    --------
    >>> round(forecast_share(30, 100, 50).expected, 1)
    45.1
    """
    if of <= 0 or not 0 <= achieved <= of or to_come < 0:
        raise EstimateError(
            Problem("E246", "a share of people lies between none and all of them, of one person or more",
                    fix="check the counts: more outcomes than people cannot be forecast from")
        )  # fmt: skip
    method = "beta posterior (Jeffreys) of the share; the share stays as it was"
    return _finish(achieved, betabinom(to_come, achieved + 0.5, of - achieved + 0.5), target, level, method)


def on_target(achieved: int, of: int, share: float) -> float:
    """Return the exact two-sided p of a share of people against a target share.

    >>> round(on_target(34, 100, 0.4), 3)
    0.261
    """
    return float(min(1.0, 2 * min(binom.cdf(achieved, of, share), binom.sf(achieved - 1, of, share))))


def _finish(achieved: float, to_come: object, target: float | None, level: float, method: str) -> Forecast:
    low, high = (float(achieved + to_come.ppf(p)) for p in tails(level))  # type: ignore[attr-defined]
    meet = None if target is None else float(to_come.sf(np.ceil(target - achieved) - 1))  # type: ignore[attr-defined]
    return Forecast(float(achieved + to_come.mean()), low, high, meet, method)  # type: ignore[attr-defined]
