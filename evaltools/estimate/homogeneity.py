"""Do groups differ? Pearson's chi-squared test of homogeneity, without continuity correction."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import chi2

from evaltools.domain.significance import TestResult
from evaltools.errors import EstimateError, Problem

__all__ = ["homogeneity"]

_METHOD = "Pearson chi-squared, no continuity correction"
_SMALL = 5  # the usual rule of thumb for expected counts


def homogeneity(table: ArrayLike) -> TestResult:
    """Test whether the rows of a table of counts have the same distribution over its columns.

    Parameters
    ----------
    table : array_like
        Counts, shape (r, c): for example one row a site, with the columns started and not started. Rows and columns that
        are all 0 say nothing and are left out, with a note. EstimateError when a count is negative or missing.

    Returns
    -------
    TestResult
        Statistic with (r - 1)(c - 1) degrees of freedom; without it, and with a reason, when fewer than two rows or columns
        are left.

    References
    ----------
    Pearson (1900), Philosophical Magazine 50, 157-175.

    Examples
    --------
    >>> result = homogeneity([[219, 485], [84, 155], [170, 326], [358, 813]])
    >>> round(result.statistic, 2), result.df, round(result.p, 3)
    (3.6, 3, 0.308)
    """
    counts = np.asarray(table, dtype=float)
    if counts.ndim != 2 or np.isnan(counts).any() or (counts < 0).any():
        raise EstimateError(
            Problem("E108", "a table of counts has a negative or missing cell", fix="leave out groups that are not known")
        )
    used = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    notes = [] if used.shape == counts.shape else ["rows or columns that are all 0 were left out"]
    n, groups = float(counts.sum()), int(used.shape[0])
    if min(used.shape) < 2:
        reason = "fewer than two groups to compare" if groups < 2 else "everybody has the same outcome"
        return TestResult(None, None, None, _METHOD, n, groups, reason, "; ".join(notes))
    expected = used.sum(axis=1, keepdims=True) * used.sum(axis=0, keepdims=True) / n
    statistic = float(((used - expected) ** 2 / expected).sum())
    df = (used.shape[0] - 1) * (used.shape[1] - 1)
    if expected.min() < _SMALL:
        notes.append(f"smallest expected count {expected.min():.1f}: the p-value is approximate")
    return TestResult(statistic, df, float(chi2.sf(statistic, df)), _METHOD, n, groups, note="; ".join(notes))
