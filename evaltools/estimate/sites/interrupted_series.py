"""An interrupted series: whether level or trend of a rate changed at a date set beforehand."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import t

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.formula_terms import closest_name
from evaltools.estimate.regression.count_likelihood import canonical_fit
from evaltools.estimate.regression.model_rows import ModelRows, model_rows
from evaltools.estimate.regression.negative_binomial import negative_binomial_fit
from evaltools.estimate.sites.funnel_limits import tails

__all__ = ["InterruptedSeries", "interrupted_series", "newey_west"]

Floats = NDArray[np.float64]
_FEWEST, _EACH_SIDE = 12, 4


@dataclass(frozen=True)
class InterruptedSeries:
    """A segmented regression.

    estimates: term ('Intercept', 'time', 'step_1', 'slope_1', ...), estimate (log rate ratio), ratio, se, se_newey_west,
    se_model, lower, upper (of the ratio), p. alpha: over-dispersion (0 for Poisson). lag: of the Newey-West errors. fitted:
    expected counts (m,).
    """

    estimates: pd.DataFrame
    alpha: float
    lag: int
    fitted: Floats
    method: str
    note: str


def newey_west(scores: Floats, lag: int) -> Floats:
    """Return the long-run covariance of scores with Bartlett weights, shape (k, k).

    scores: in order of time, shape (m, k). lag: how many steps apart scores may go together.

    References
    ----------
    Newey and West (1987), Econometrica 55, 703-708.

    >>> newey_west(np.array([[1.0], [2.0]]), 1).tolist()
    [[7.0]]
    """
    total = scores.T @ scores
    for apart in range(1, lag + 1):
        cross = scores[apart:].T @ scores[:-apart]
        total = total + (1 - apart / (lag + 1)) * (cross + cross.T)
    return np.asarray(total)


def interrupted_series(  # noqa: PLR0913 - the series, and independent choices
    df: pd.DataFrame,
    events: str,
    exposure: str,
    changes: Sequence[int],
    season: str | None = None,
    family: Literal["poisson", "negative_binomial"] = "negative_binomial",
    lag: int | None = None,
    level: float = 0.95,
) -> InterruptedSeries:
    """Fit a segmented regression of counts with an offset.

    Parameters
    ----------
    df : pandas.DataFrame
        One row a month, in order of time, each with exposure above 0.
    events, exposure : str
        Columns.
    changes : sequence of int
        Positions of the first month after each change, set beforehand, with four months or more between them.
    season : str, optional
        Column of calendar months, added as categories.
    family : {'poisson', 'negative_binomial'}
        'negative_binomial' falls back to Poisson when counts vary no more than Poisson counts.
    lag : int, optional
        Of the Newey-West errors; 4 (m / 100)^(2/9), rounded down, without it.
    level : float
        Of the limits.

    Returns
    -------
    InterruptedSeries
        se is the larger of the Newey-West error, times m / (m - k), and that of the model: in short series the first
        alone is too small (88% of 300 seeded series of 48 months covered at a nominal 95%). Intervals are by t with
        m - k degrees of freedom. EstimateError E247 for fewer than 12 months, a stretch of fewer than 4, or a month
        that is missing.

    References
    ----------
    Bernal, Cummins and Gasparrini (2017), International Journal of Epidemiology 46, 348-355.

    Examples
    --------
    >>> months = pd.DataFrame({"starts": [5, 6, 5, 7, 6, 5, 10, 11, 12, 10, 11, 12], "clients": 100.0})
    >>> found = interrupted_series(months, "starts", "clients", [6]).estimates
    >>> found["term"].tolist(), bool(found["ratio"].iloc[2] > 1.4)
    (['Intercept', 'time', 'step_1', 'slope_1'], True)
    """
    rows = _rows(df, events, exposure, changes, season)
    found, _ = canonical_fit(rows, "poisson")
    point, alpha, note = found.point, 0.0, ""
    if family == "negative_binomial":
        wider = negative_binomial_fit(rows, point)
        if wider is None:
            note = "counts vary no more than Poisson counts"
        else:
            point, alpha = wider.maximum.point[:-1], wider.alpha
    x = rows.expanded()
    mean = np.exp(x @ point) * (1.0 if rows.exposure is None else rows.exposure)
    over = 1 + alpha * mean
    bread = np.linalg.inv((x * (mean / over)[:, None]).T @ x)
    steps = int(4 * (len(mean) / 100) ** (2 / 9)) if lag is None else lag
    covariance = rows.back @ bread @ newey_west(x * ((rows.outcome - mean) / over)[:, None], steps) @ bread @ rows.back.T
    left = len(mean) - len(point)
    estimate, robust = rows.back @ point, np.sqrt(np.diag(covariance) * len(mean) / left)
    of_model = np.sqrt(np.diag(rows.back @ bread @ rows.back.T))
    se = np.maximum(robust, of_model)
    half = float(t.ppf(tails(level)[1], left)) * se
    table = pd.DataFrame({"term": rows.terms, "estimate": estimate, "ratio": np.exp(estimate), "se": se})
    table = table.assign(
        se_newey_west=robust, se_model=of_model, lower=np.exp(estimate - half), upper=np.exp(estimate + half)
    )
    table["p"] = 2 * t.sf(np.abs(estimate) / np.where(se > 0, se, 1.0), left)
    kind = "negative binomial" if alpha else "Poisson"
    return InterruptedSeries(
        table,
        alpha,
        steps,
        mean,
        f"segmented {kind} with offset; errors: the larger of Newey-West, lag {steps}, and model",
        note,
    )


def _rows(df: pd.DataFrame, events: str, exposure: str, changes: Sequence[int], season: str | None) -> ModelRows:
    for name in filter(None, (events, exposure, season)):
        if name not in df:
            raise EstimateError(Problem("E230", f"there is no column '{name}'", fix=closest_name(name, df.columns)))
    many = len(df)
    edges = [0, *changes, many]
    short = min(later - earlier for earlier, later in itertools.pairwise(edges))
    if many < _FEWEST or short < _EACH_SIDE or not changes:
        what = f"{many} months with stretches down to {max(short, 0)} cannot show a change"
        fix = f"have {_FEWEST} months or more, and {_EACH_SIDE} or more in every stretch, in order of time"
        raise EstimateError(Problem("E247", what, fix=fix))
    time = np.arange(many, dtype=float)
    frame = pd.DataFrame({"events": df[events].to_numpy(), "exposure": df[exposure].to_numpy(), "time": time})
    terms = ["time"]
    for number, change in enumerate(changes, start=1):
        frame[f"step_{number}"] = (time >= change).astype(float)
        frame[f"slope_{number}"] = np.maximum(time - change, 0)
        terms += [f"step_{number}", f"slope_{number}"]
    if season is not None:
        frame["season"] = df[season].astype(str).to_numpy()
        terms.append("C(season)")
    lacking = int((frame["events"].isna() | ~(frame["exposure"].astype(float) > 0)).sum())
    if lacking:
        what = f"{lacking} of {many} months have no count or exposure: a series has no gaps"
        raise EstimateError(Problem("E247", what, fix="fill them, or begin after the last gap"))
    return model_rows(frame, f"events ~ {' + '.join(terms)}", "poisson", "exposure", collapse=False)
