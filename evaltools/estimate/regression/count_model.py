"""Counts, yes-or-no outcomes and measures: regression with a stated exposure and errors by a named convention."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.regression.cluster_covariance import CONVENTIONS, Convention
from evaltools.estimate.regression.count_fit import CountFit
from evaltools.estimate.regression.family_fit import coefficient_covariance, fit_family
from evaltools.estimate.regression.few_clusters import MANY_CLUSTERS, refuse_few_clusters
from evaltools.estimate.regression.model_rows import FAMILIES, Family, check_choice, model_rows, set_aside_note
from evaltools.estimate.regression.wald_table import wald_table

__all__ = ["SmallSample", "count_model"]

Floats = NDArray[np.float64]
SmallSample = Literal["auto", "none", "hc0", "hc1", "cr0", "cr1", "cr1s", "cr2"]
_CHOICES = ("auto", "none", "hc0", "hc1", "cr0", "cr1", "cr1s", "cr2")


def count_model(  # noqa: PLR0913 - the data, the model, and how to report it
    data: pd.DataFrame,
    formula: str,
    exposure: str | None = None,
    family: Family = "poisson",
    cluster: str | None = None,
    small_sample: SmallSample = "auto",
    level: float = 0.95,
) -> CountFit:
    """Fit a Poisson, negative binomial, logit or normal regression by maximum likelihood.

    Parameters
    ----------
    data : pandas.DataFrame
        One row for each unit and time. Rows that cannot be used are counted in `set_aside`.
    formula : str
        "starts ~ caseload + C(site)"; "starts ~ 1" for a rate alone.
    exposure : str, optional
        Column with what the events are counted against: client-months (a rate for each client) or full-time-equivalent
        months (output of each specialist). Only for counts.
    family : Family
        'poisson', 'negative_binomial' (alpha estimated), 'binomial' (logit) or 'gaussian'.
    cluster : str, optional
        Column of clusters that go together. At least FEWEST_CLUSTERS are needed.
    small_sample : SmallSample
        Convention of the errors, see CONVENTIONS. 'auto' is from the model without cluster, CR2 below MANY_CLUSTERS
        clusters and CR1S from there on.
    level : float
        Confidence level.

    Returns
    -------
    CountFit
        EstimateError E200 to E208 and E130 to E139 in words for data that cannot give an estimate.

    References
    ----------
    McCullagh and Nelder (1989), Generalized Linear Models; Lawless (1987), Canadian Journal of Statistics 15, 209-225;
    Pustejovsky and Tipton (2018), Journal of Business and Economic Statistics 36, 672-683.

    Examples
    --------
    >>> months = pd.DataFrame({"starts": [4, 6, 9, 3, 5, 7], "months": [40, 60, 90, 60, 100, 140]})
    >>> months["north"] = [0, 0, 0, 1, 1, 1]
    >>> fit = count_model(months, "starts ~ north", exposure="months")
    >>> fit.estimates["estimate"].round(4).tolist(), fit.exposure_total  # log rate 0.1; log of half that rate
    ([-2.3026, -0.6931], 490.0)
    """
    check_choice("family", family, FAMILIES)
    check_choice("small_sample", small_sample, _CHOICES)
    if exposure is not None and family in ("binomial", "gaussian"):
        raise EstimateError(
            Problem("E208", f"family '{family}' takes no exposure", fix="use it with counts, or leave it out")
        )
    rows = model_rows(data, formula, family, exposure, () if cluster is None else (cluster,))
    codes = None if cluster is None else rows.groups[cluster]
    clusters = 0 if codes is None else int(codes.max()) + 1
    convention = _convention(small_sample, clusters)
    if cluster is not None:
        refuse_few_clusters(clusters, cluster)
    fitted = fit_family(rows, family)

    def spread(picks: Floats) -> tuple[Floats, Floats]:
        return coefficient_covariance(rows, fitted, convention, codes, picks @ rows.back)

    covariance, df = spread(np.eye(len(rows.terms)))
    estimate = rows.back @ fitted.point
    notes = [set_aside_note(rows.set_aside), fitted.note]
    return CountFit(
        wald_table(rows.terms, estimate, covariance, df, level, CONVENTIONS[convention]),
        fitted.loglik,
        len(rows.used),
        len(data),
        rows.set_aside,
        family,
        CONVENTIONS[convention],
        clusters,
        fitted.dispersion,
        fitted.alpha,
        fitted.alpha_se,
        *fitted.alpha_test,
        exposure,
        None if rows.exposure is None else float(rows.exposure.sum()),
        level,
        "; ".join(note for note in notes if note),
        covariance,
        rows.made,
        rows.used,
        spread,
    )


def _convention(small_sample: SmallSample, clusters: int) -> Convention:
    if small_sample == "auto":
        return "model" if not clusters else "cr2" if clusters < MANY_CLUSTERS else "cr1s"
    if small_sample == "none":
        return "cr0" if clusters else "model"
    if small_sample.startswith("cr") != bool(clusters):
        raise EstimateError(
            Problem("E208", f"small_sample='{small_sample}' does not fit", fix="CR0 to CR2 need a cluster, HC0 and HC1 none")
        )
    return small_sample
