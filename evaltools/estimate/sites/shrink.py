"""Shrunken values of sites: each is pulled to the programme's mean by as much as its own numbers are small."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import beta, gamma

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.sites.beta_binomial import BetaBinomial, beta_binomial
from evaltools.estimate.sites.funnel_limits import tails
from evaltools.estimate.sites.gamma_poisson import GammaPoisson, gamma_poisson
from evaltools.estimate.sites.half_normal_sites import half_normal_sites
from evaltools.estimate.sites.site_counts import Basis, few_sites, site_counts

__all__ = ["Shrunk", "Spread", "shrink"]

Floats = NDArray[np.float64]
Spread = Literal["plug-in", "bootstrap", "half-normal"]
_SPREADS: tuple[Spread, ...] = ("plug-in", "bootstrap", "half-normal")
_CLAIMS = {
    "plug-in": "as if the distribution of sites were known, which understates uncertainty",
    "bootstrap": "parametric bootstrap of the distribution of sites",
    "half-normal": "full posterior, half-normal(0, 1) on the standard deviation between sites",
}


@dataclass(frozen=True)
class Shrunk:
    """Shrunken values.

    table: the rows of the frame with raw, value, lower, upper, weight (share of the site's own number)
    and note. mean: of the distribution of sites; a, b: of its beta or gamma distribution, missing when sites differ by no
    more than chance. rho: intraclass correlation (proportions) or variance between sites (rates, ratios). loglik: of the
    distribution. spread: how intervals were made. draws: posterior draws (draws, sites compared), for ranks.
    """

    table: pd.DataFrame
    mean: float
    a: float
    b: float
    rho: float
    loglik: float
    basis: Basis
    spread: Spread
    usable: NDArray[np.bool_]
    draws: Floats
    level: float
    method: str
    note: str


def shrink(  # noqa: PLR0913 - the counts, and independent choices
    df: pd.DataFrame,
    numerator: str,
    denominator: str,
    basis: Basis = "proportion",
    spread: Spread | None = None,
    level: float = 0.95,
    draws: int = 10_000,
    seed: int = 1,
) -> Shrunk:
    """Shrink the values of sites by empirical or full Bayes.

    Parameters
    ----------
    df : pandas.DataFrame
        One row a site.
    numerator, denominator : str
        Columns: events; people ('proportion': beta-binomial), time at risk ('rate') or expected events ('ratio':
        gamma-Poisson).
    basis : {'proportion', 'rate', 'ratio'}
        What the denominator is.
    spread : {'plug-in', 'bootstrap', 'half-normal'}, optional
        How intervals are made. By default 'half-normal' below 20 sites, where the distribution of sites is hardly known,
        and 'plug-in' from 20 on.
    level : float
        Of the intervals.
    draws, seed : int
        Posterior draws, 10,000 or more for ranks, and their seed.

    References
    ----------
    Carlin and Louis (2000), Bayes and Empirical Bayes Methods for Data Analysis, chapter 3; Laird and Louis (1987),
    Journal of the American Statistical Association 82, 739-757.

    Examples
    --------
    >>> sites = pd.DataFrame({"x": [9, 20, 35], "n": [10, 50, 60]})
    >>> shrink(sites, "x", "n", spread="plug-in").table["value"].round(2).tolist()
    [0.75, 0.43, 0.58]
    """
    counts = site_counts(df, numerator, denominator, basis)
    use = counts.usable
    events, size = counts.events[use], counts.size[use]
    chosen: Spread = spread or ("half-normal" if len(events) < 20 else "plug-in")
    if chosen not in _SPREADS:
        raise EstimateError(
            Problem("E238", f"there is no interval called '{chosen}'", fix=f"use one of: {', '.join(_SPREADS)}")
        )
    fit = beta_binomial(events, size) if basis == "proportion" else gamma_poisson(events, size)
    value, weight = _posterior_mean(fit, events, size)
    rng = np.random.default_rng(seed)
    if chosen == "half-normal":
        drawn = half_normal_sites(events, size, basis, draws, seed).values
        value = drawn.mean(axis=0)
        lower, upper = np.quantile(drawn, tails(level), axis=0)
    else:
        again = _refits(fit, events, size, 200, rng) if chosen == "bootstrap" else [fit]
        drawn = np.concatenate([_draw(each, events, size, -(-draws // len(again)), rng) for each in again])[:draws]
        lower, upper = _limits(fit, events, size, level) if chosen == "plug-in" else np.quantile(drawn, tails(level), axis=0)
    table = df.copy()
    table["raw"] = np.divide(counts.events, counts.size, out=np.full(len(df), np.nan), where=counts.size > 0)
    for name, held in (("value", value), ("lower", lower), ("upper", upper), ("weight", weight)):
        table[name] = np.nan
        table.loc[use, name] = held
    table["note"] = list(counts.note)
    a, b = fit[:2]
    rho = fit.rho if isinstance(fit, BetaBinomial) else fit.variance
    method = f"{'beta-binomial' if basis == 'proportion' else 'gamma-Poisson'} by maximum likelihood; {_CLAIMS[chosen]}"
    note = "; ".join(
        filter(None, [few_sites(len(events)), "" if rho > 0 else "sites differ by no more than chance would do"])
    )
    return Shrunk(table, fit.mean, a, b, rho, fit.loglik, basis, chosen, use, drawn, level, method, note)


def _posterior_mean(fit: BetaBinomial | GammaPoisson, events: Floats, size: Floats) -> tuple[Floats, Floats]:
    """Return shrunken values and the share that each site's own number has in them."""
    if np.isnan(fit[0]):
        return np.full(len(size), fit.mean), np.zeros(len(size))
    both = fit.a + fit.b if isinstance(fit, BetaBinomial) else fit.rate
    weight = size / (size + both)
    return weight * events / size + (1 - weight) * fit.mean, weight


def _limits(fit: BetaBinomial | GammaPoisson, events: Floats, size: Floats, level: float) -> tuple[Floats, Floats]:
    low, high = tails(level)
    if np.isnan(fit[0]):
        posterior = beta(events.sum() + 1, (size - events).sum() + 1) if isinstance(fit, BetaBinomial) else gamma(
            events.sum() + 1, scale=1 / size.sum()
        )  # fmt: skip
        return np.full(len(size), posterior.ppf(low)), np.full(len(size), posterior.ppf(high))
    if isinstance(fit, BetaBinomial):
        of_site = beta(events + fit.a, size - events + fit.b)
    else:
        of_site = gamma(events + fit.shape, scale=1 / (size + fit.rate))
    return of_site.ppf(low), of_site.ppf(high)


def _draw(fit: BetaBinomial | GammaPoisson, events: Floats, size: Floats, draws: int, rng: np.random.Generator) -> Floats:
    """Draw true values, shape (draws, I); the same for every site where they differ by no more than chance."""
    shape = (draws, len(size))
    if np.isnan(fit[0]):
        one = rng.beta(events.sum() + 1, (size - events).sum() + 1, draws) if isinstance(fit, BetaBinomial) else rng.gamma(
            events.sum() + 1, 1 / size.sum(), draws
        )  # fmt: skip
        return np.repeat(one[:, None], len(size), axis=1)
    if isinstance(fit, BetaBinomial):
        return rng.beta(events + fit.a, size - events + fit.b, shape)
    return rng.gamma(events + fit.shape, 1 / (size + fit.rate), shape)


def _refits(
    fit: BetaBinomial | GammaPoisson, events: Floats, size: Floats, times: int, rng: np.random.Generator
) -> list[BetaBinomial | GammaPoisson]:
    """Fit the distribution of sites again to counts drawn from it."""
    if isinstance(fit, BetaBinomial):
        true = np.full((times, len(size)), fit.mean) if np.isnan(fit.a) else rng.beta(fit.a, fit.b, (times, len(size)))
        return [beta_binomial(row, size, quick=True) for row in rng.binomial(size.astype(np.int64), true).astype(float)]
    true = (
        np.full((times, len(size)), fit.mean)
        if np.isnan(fit.shape)
        else rng.gamma(fit.shape, 1 / fit.rate, (times, len(size)))
    )
    return [gamma_poisson(row, size, quick=True) for row in rng.poisson(true * size).astype(float)]
