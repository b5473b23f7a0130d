"""True shares or rates of sites when how far they differ is itself unknown: a full posterior, half-normal(0, 1) on tau."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logsumexp

from evaltools.estimate.sites.site_counts import Basis

__all__ = ["SiteDraws", "half_normal_sites"]

Floats = NDArray[np.float64]
_POINTS, _MEANS, _SPREADS = 900, 60, 60


class SiteDraws(NamedTuple):
    """Draws from the posterior: values (draws, I); mean (draws,) and tau (draws,) of sites, on the logit or log scale."""

    values: Floats
    mean: Floats
    tau: Floats


def half_normal_sites(events: Floats, size: Floats, basis: Basis, draws: int = 10_000, seed: int = 1) -> SiteDraws:
    """Draw true values of sites from their posterior.

    The logit of a share, or log of a rate, is normal(mean, tau) over sites; the mean has a flat prior, tau a half-normal
    (0, 1) one. The posterior is summed over a grid, so there is no chain to converge.

    Parameters
    ----------
    events, size : numpy.ndarray
        Events and people, time or expected events of each site, shape (I,), size above 0.
    basis : {'proportion', 'rate', 'ratio'}
        Binomial for 'proportion', else Poisson.
    draws : int
        Number of draws.
    seed : int
        Of the draws.

    References
    ----------
    Gelman (2006), Bayesian Analysis 1, 515-534; Rover (2020), Journal of Statistical Software 93(6), on grids.

    Examples
    --------
    >>> drawn = half_normal_sites(np.array([2.0, 30.0]), np.array([10.0, 100.0]), "proportion", draws=2000)
    >>> drawn.values.shape, bool(drawn.values[:, 0].mean() < 0.35)
    ((2000, 2), True)
    """
    eta, likelihood = _likelihood(events, size, basis)
    means = _means(events, size, basis, eta)
    taus = 3.2 * ((np.arange(_SPREADS) + 0.5) / _SPREADS) ** 2
    step = 6.4 * ((np.arange(_SPREADS) + 0.5) / _SPREADS) / _SPREADS  # width of each cell of tau
    mean, tau = (each.reshape(-1) for each in np.meshgrid(means, taus, indexing="ij"))
    width = eta[1] - eta[0]
    wide = np.maximum(tau, width)
    distance = ((eta - mean[:, None]) / wide[:, None]) ** 2 / 2
    nearest = distance.min(axis=1, keepdims=True)
    prior = np.exp(nearest - distance)
    of_prior = np.log(width / (wide * np.sqrt(2 * np.pi))) - nearest[:, 0]  # what makes it sum to 1 over the whole line
    with np.errstate(divide="ignore"):
        log_cell = np.log(prior @ likelihood).sum(axis=1) + likelihood.shape[1] * of_prior
    log_cell += np.log(np.tile(step, _MEANS)) - tau**2 / 2
    rng = np.random.default_rng(seed)
    chance = np.exp(log_cell - logsumexp(log_cell))
    cell = np.sort(rng.choice(len(mean), draws, p=chance / chance.sum()))
    held, place = np.unique(cell, return_inverse=True)
    values = np.column_stack(
        [_draw(prior[held] * likelihood[:, site], place, eta, rng) for site in range(likelihood.shape[1])]
    )
    return SiteDraws(expit(values) if basis == "proportion" else np.exp(values), mean[cell], tau[cell])


def _likelihood(events: Floats, size: Floats, basis: Basis) -> tuple[Floats, Floats]:
    """Return a grid of the logit or log value, and each site's likelihood on it, shape (points, I), 1 at its highest."""
    value = (events + 0.5) / (size + 1.0 if basis == "proportion" else size)
    centre = np.log(value / (1 - value)) if basis == "proportion" else np.log(value)
    spread = np.sqrt(1 / (events + 0.5) + (1 / (size - events + 0.5) if basis == "proportion" else 0))
    eta = np.linspace((centre - 6 * spread).min() - 1, (centre + 6 * spread).max() + 1, _POINTS)
    across = eta[:, None]
    if basis == "proportion":
        log_likelihood = events * across - size * np.logaddexp(0, across)
    else:
        log_likelihood = events * across - size * np.exp(across)
    return eta, np.exp(log_likelihood - log_likelihood.max(axis=0))


def _means(events: Floats, size: Floats, basis: Basis, eta: Floats) -> Floats:
    """Return a grid of means around the pooled value, wider for few sites, within the grid of values."""
    pooled = (events.sum() + 0.5) / (size.sum() + 1)
    centre = np.log(pooled / (1 - pooled)) if basis == "proportion" else np.log(pooled)
    reach = 6 / np.sqrt(len(events)) + 5 / np.sqrt(events.sum() + 1)
    return np.linspace(max(eta[0], centre - reach), min(eta[-1], centre + reach), _MEANS)


def _draw(weight: Floats, place: NDArray[np.int64], eta: Floats, rng: np.random.Generator) -> Floats:
    """Draw one point of the grid for each draw, from the row of weights of its cell, spread over the point's width."""
    summed = np.cumsum(weight, axis=1)
    summed /= summed[:, -1:]
    raised = (summed + np.arange(len(summed))[:, None]).reshape(-1)
    at = np.searchsorted(raised, place + rng.random(len(place)) * (1 - 1e-12)) - place * len(eta)
    return np.asarray(eta[np.clip(at, 0, len(eta) - 1)] + (rng.random(len(place)) - 0.5) * (eta[1] - eta[0]))
