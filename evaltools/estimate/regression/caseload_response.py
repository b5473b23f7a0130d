"""Job starts for each client-month by caseload: a fitted curve, segments or bands, read off only where there are data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import chdtrc, fdtrc

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.formula_terms import closest_name
from evaltools.estimate.regression.caseload_cautions import CASELOAD_CAUTIONS
from evaltools.estimate.regression.caseload_shapes import Shape, ShapeName, caseload_shape
from evaltools.estimate.regression.count_fit import CountFit
from evaltools.estimate.regression.count_model import SmallSample, count_model
from evaltools.estimate.regression.model_rows import check_choice

__all__ = ["CaseloadResponse", "JointTest", "caseload_response", "joint_test"]

Floats = NDArray[np.float64]
_SUPPORT = (5, 95)


@dataclass(frozen=True)
class JointTest:
    """A joint Wald test with a small-sample reference: statistic F, degrees of freedom, p, and what was tested."""

    statistic: float
    df: int
    df_residual: float
    p: float
    what: str


@dataclass(frozen=True)
class CaseloadResponse:
    """A rate by caseload.

    predicted: frame with caseload, rate (for each unit of exposure, averaged over the rows), lower, upper. not_supported:
    caseloads asked for outside the 5th to 95th centile, of which nothing is said. support: those centiles. association: a
    joint test that caseload does not matter at all. nonlinearity: that it is a straight line (log scale), None for bands.
    shape, fit: what was fitted. exposure: what the rate is for. cautions: to print with it.
    """

    predicted: pd.DataFrame
    not_supported: tuple[float, ...]
    support: tuple[float, float]
    association: JointTest
    nonlinearity: JointTest | None
    shape: Shape
    fit: CountFit
    exposure: str
    cautions: tuple[str, ...] = CASELOAD_CAUTIONS


def caseload_response(  # noqa: PLR0913 - the data, the columns with a part of their own, and the model
    data: pd.DataFrame,
    outcome: str,
    caseload: str,
    exposure: str,
    cluster: str,
    shape: ShapeName = "spline",
    adjust: str = "",
    family: str = "poisson",
    small_sample: SmallSample = "auto",
    cuts: Sequence[float] | None = None,
    at: Sequence[float] = (10, 15, 20, 25, 30, 40),
    level: float = 0.95,
) -> CaseloadResponse:
    """Fit job starts against caseload, best the caseload of the month before.

    Parameters
    ----------
    data : pandas.DataFrame
        One row for each specialist and month.
    outcome, caseload, exposure, cluster : str
        Columns: counts; caseload for each full-time equivalent; client-months; the specialist.
    shape : ShapeName
        See `caseload_shape`.
    adjust : str
        Further terms, "C(site) + C(month) + ramp_up".
    family : str
        'poisson' or 'negative_binomial'.
    small_sample, level
        As in `count_model`.
    cuts : sequence of float, optional
        Knots or bands other than the usual.
    at : sequence of float
        Caseloads at which the rate is told, where there are data.

    Returns
    -------
    CaseloadResponse
        Never an 'optimal' caseload.

    References
    ----------
    Harrell (2015), Regression Modeling Strategies, section 2.4.
    """
    check_choice("family", family, ("poisson", "negative_binomial"))
    check_choice("shape", shape, ("spline", "segments", "bands"))
    for name in (outcome, caseload, exposure, cluster):
        if name not in data.columns:
            raise EstimateError(
                Problem("E201", f"there is no column '{name}'", fix=closest_name(name, map(str, data.columns)))
            )
    form = caseload_shape(data[caseload], shape, cuts)
    loads = data[caseload].to_numpy(dtype=float, na_value=np.nan)
    lacking = np.isnan(loads)
    columns = form.columns(np.where(lacking, 0.0, loads))
    columns[lacking] = np.nan
    names = [f"_caseload_{place}" for place in range(columns.shape[1])]
    widened = data.assign(**dict(zip(names, columns.T, strict=True)))
    formula = f"{outcome} ~ {' + '.join(names)}" + (f" + {adjust}" if adjust else "")
    shown = dict(zip(names, form.names, strict=True))
    try:
        fit = count_model(widened, formula, exposure, family, cluster, small_sample, level)  # type: ignore[arg-type]
    except EstimateError as error:
        raise EstimateError(*(_in_words(problem, shown) for problem in error.problems)) from None
    terms = list(fit.estimates["term"])
    places = [terms.index(name) for name in names]
    used = widened.iloc[fit.used]
    support = tuple(float(each) for each in np.percentile(used[caseload].to_numpy(dtype=float), _SUPPORT))
    inside = [float(each) for each in at if support[0] <= each <= support[1]]
    predicted = _predicted(fit, form, places, used, np.array(inside))
    bends = [place for place, name in zip(places, form.names, strict=True) if name in form.bends]
    named = fit.estimates.assign(term=[shown.get(term, term) for term in terms])
    straight = joint_test(fit, bends, "a straight line on the log scale") if bends and shape != "bands" else None
    return CaseloadResponse(
        predicted,
        tuple(float(each) for each in at if not support[0] <= each <= support[1]),
        (support[0], support[1]),
        joint_test(fit, places, "no association with caseload"),
        straight,
        form,
        fit.renamed(named),
        exposure,
    )


def _in_words(problem: Problem, shown: dict[str, str]) -> Problem:
    """Return the problem with columns named as the reader knows them."""
    told = {name: getattr(problem, name) for name in ("what", "place", "detail", "fix")}
    for column, name in shown.items():
        told = {part: text.replace(column, name) for part, text in told.items()}
    return replace(problem, **told)


def joint_test(fit: CountFit, places: Sequence[int], what: str) -> JointTest:
    """Test that several coefficients are 0: Hotelling's F with the number of clusters, chi-square over its df without.

    places: positions among the coefficients. The residual degrees of freedom are clusters less tested coefficients.

    References
    ----------
    Pustejovsky and Tipton (2018), Journal of Business and Economic Statistics 36, 672-683, section 3.2.
    """
    q = len(places)
    picked = fit.estimates["estimate"].to_numpy()[list(places)]
    wald = float(picked @ np.linalg.solve(fit.covariance[np.ix_(places, places)], picked))
    spare = fit.clusters - q if fit.clusters else np.inf
    if spare <= 0:
        raise EstimateError(Problem("E206", f"a joint test of {q} coefficients needs more than {fit.clusters} clusters"))
    scale = 1.0 if np.isinf(spare) else spare / (fit.clusters - 1)
    statistic = wald * scale / q
    p = chdtrc(q, wald) if np.isinf(spare) else fdtrc(q, spare, statistic)
    return JointTest(statistic, q, float(spare), float(p), what)


def _predicted(fit: CountFit, form: Shape, places: list[int], used: pd.DataFrame, at: Floats) -> pd.DataFrame:
    """Return the rate at each caseload, averaged over the rows with everything else as it was; limits on the log scale."""
    beta = fit.estimates["estimate"].to_numpy()
    if fit.design is None:
        raise EstimateError(Problem("E200", "the model has no covariate"))
    x = np.column_stack([np.ones(len(used)), fit.design.expanded() + fit.design.centre])
    x[:, places] = 0.0
    eta = x @ beta
    share = np.exp(eta - eta.max())
    mean = (share / share.sum()) @ x
    gradient = np.tile(mean, (len(at), 1))
    gradient[:, places] = form.columns(at) if len(at) else 0.0
    shift = np.log(share.mean()) + eta.max() - mean @ beta  # of the mean rate against the rate at the mean row
    told = fit.contrast(gradient, tuple(f"{each:g}" for each in at))
    rates = np.exp(told[["estimate", "lower", "upper"]].to_numpy() + shift)
    return pd.DataFrame(rates, columns=["rate", "lower", "upper"]).assign(caseload=at)[
        ["caseload", "rate", "lower", "upper"]
    ]
