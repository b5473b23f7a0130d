"""What a regression of counts, yes-or-no outcomes or measures returns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.estimate.design import Design
from evaltools.estimate.regression.model_rows import Family
from evaltools.estimate.regression.wald_table import wald_table

__all__ = ["CountFit"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class CountFit:
    """A fitted regression.

    estimates: frame with term, estimate, se, lower, upper, p, df (infinite degrees of freedom are missing), convention.
    loglik: full log-likelihood, constants included. n: rows used. n_given: rows given. set_aside: rows not used, by reason.
    clusters: number of clusters (0 without). dispersion: Pearson chi-square over its degrees of freedom. alpha: of NB2, 0
    for the others. alpha_se: of log alpha, None where there is none. alpha_statistic, alpha_p: boundary test of alpha = 0,
    None for other families. exposure: name of its column; exposure_total: its sum, None without. covariance: shape (k, k).
    used: positions of the rows used.
    """

    estimates: pd.DataFrame
    loglik: float
    n: int
    n_given: int
    set_aside: dict[str, int]
    family: Family
    convention: str
    clusters: int
    dispersion: float
    alpha: float
    alpha_se: float | None
    alpha_statistic: float | None
    alpha_p: float | None
    exposure: str | None
    exposure_total: float | None
    level: float
    note: str
    covariance: Floats = field(repr=False)
    design: Design | None = field(repr=False)
    used: NDArray[np.int64] = field(repr=False)
    _spread: Callable[[Floats], tuple[Floats, Floats]] = field(repr=False)

    def contrast(self, picks: Floats, names: tuple[str, ...]) -> pd.DataFrame:
        """Return combinations of the coefficients, laid out as `estimates`, by the same convention.

        picks: shape (q, k), one combination a row. names: of the q combinations.
        """
        covariance, df = self._spread(picks)
        estimate = picks @ self.estimates["estimate"].to_numpy()
        return wald_table(names, estimate, covariance, df, self.level, self.convention)

    @property
    def aic(self) -> float:
        """Akaike's criterion; the dispersion of NB2 and the variance of 'gaussian' count as parameters."""
        return -2 * self.loglik + 2 * (len(self.estimates) + (self.family in ("gaussian", "negative_binomial")))

    def renamed(self, estimates: pd.DataFrame) -> CountFit:
        """Return the fit with other names of terms: the same estimates under them."""
        return replace(self, estimates=estimates)
