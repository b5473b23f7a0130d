"""The score test of proportional hazards: whether a hazard ratio drifts with time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import chdtrc

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.cox_likelihood import evaluate
from evaltools.estimate.design import columns_of_terms
from evaltools.estimate.time_scale import Transform, time_scale

if TYPE_CHECKING:
    from evaltools.estimate.cox import CoxFit

__all__ = ["Transform", "proportional_hazards"]


def proportional_hazards(fit: CoxFit, transform: Transform = "km", by_column: bool = False) -> pd.DataFrame:
    """Test each term, and all together, for a log hazard ratio that changes with a function g of time.

    The score test of beta + theta g(t) at theta = 0, as `cox.zph` of R's survival (version 3 and later) gives it.

    Parameters
    ----------
    fit : CoxFit
        From `cox`.
    transform : {'km', 'rank', 'identity', 'log'}
        The function of time; see `time_scale`.
    by_column : bool
        Test each column of the model on its own. By default a term of the formula is tested as one, a factor of k categories
        with k - 1 degrees of freedom, as `cox.zph` does (terms = TRUE).

    Returns
    -------
    pandas.DataFrame
        term (of the formula, 'C(site)'; with by_column of the model, 'C(site)[T.north]'), statistic (chi-squared), df, p;
        the last row is GLOBAL.

    References
    ----------
    Grambsch and Therneau (1994), Biometrika 81, 515-526.
    """
    if fit.kind != "cox":
        raise EstimateError(
            Problem(
                "E143", "the test of proportional hazards is for Cox fits", fix="test the cause-specific Cox fit instead"
            )
        )
    model, beta = fit.model, fit.coefficients
    g = time_scale(model, transform)
    g = g - np.average(g, weights=model.sets.deaths)  # the statistic is the same for any centre; this one rounds least
    plain, first, second = (evaluate(model.sets, beta, model.ties, power) for power in (None, g, g**2))
    drift = second.information - first.information @ np.linalg.solve(plain.information, first.information)
    score = first.gradient - first.information @ np.linalg.solve(plain.information, plain.gradient)
    room = np.diag(drift) > 1e-12 * np.abs(np.diag(second.information))
    if not room.all():
        raise EstimateError(
            Problem("E143", "not estimable: events on too few days to see a drift over time", fix="leave the test out")
        )
    design = fit.model.design
    parts = {name: [place] for place, name in enumerate(design.terms)} if by_column else columns_of_terms(design)
    parts["GLOBAL"] = list(range(len(beta)))
    statistic = np.array([_joint(score[part], drift[np.ix_(part, part)]) for part in parts.values()])
    df = np.array([len(part) for part in parts.values()])
    return pd.DataFrame({"term": list(parts), "statistic": statistic, "df": df, "p": chdtrc(df, statistic)})


def _joint(score: NDArray[np.float64], drift: NDArray[np.float64]) -> float:
    scale = 1 / np.sqrt(np.diag(drift))
    even = drift * np.outer(scale, scale)
    return float((score * scale) @ np.linalg.lstsq(even, score * scale, rcond=None)[0])
