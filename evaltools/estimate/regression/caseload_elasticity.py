"""One association with caseload told in both exposures: starts for each specialist, and starts for each client."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.formula_terms import closest_name
from evaltools.estimate.regression.caseload_cautions import CASELOAD_CAUTIONS
from evaltools.estimate.regression.count_fit import CountFit
from evaltools.estimate.regression.count_model import SmallSample, count_model

__all__ = ["CaseloadElasticity", "caseload_elasticity"]


@dataclass(frozen=True)
class CaseloadElasticity:
    """Both readings of one model.

    readings: frame with exposure ('full-time months', 'client-months'), estimate (of log caseload), lower, upper, meaning.
    The second is the first less 1. fit: the model for each full-time month. cautions: to print with it.
    """

    readings: pd.DataFrame
    fit: CountFit
    cautions: tuple[str, ...] = CASELOAD_CAUTIONS


def caseload_elasticity(  # noqa: PLR0913 - the data, the columns with a part of their own, and the model
    data: pd.DataFrame,
    outcome: str,
    caseload: str,
    full_time: str,
    cluster: str,
    adjust: str = "",
    small_sample: SmallSample = "auto",
    level: float = 0.95,
) -> CaseloadElasticity:
    """Fit starts for each full-time month against log caseload, and say what it means for each client.

    Parameters
    ----------
    data : pandas.DataFrame
        One row for each specialist and month. Rows with a caseload of 0 cannot enter a logarithm and are counted.
    outcome, caseload, full_time, cluster : str
        Columns: counts; clients for each full-time equivalent; full-time-equivalent months; the specialist.
    adjust : str
        Further terms.
    small_sample, level
        As in `count_model`.

    References
    ----------
    Cameron and Trivedi (2013), Regression Analysis of Count Data, section 3.5.
    """
    if caseload not in data.columns:
        raise EstimateError(
            Problem("E201", f"there is no column '{caseload}'", fix=closest_name(caseload, map(str, data.columns)))
        )
    loads = data[caseload].to_numpy(dtype=float, na_value=np.nan)
    logged = np.full(len(loads), np.nan)
    np.log(loads, out=logged, where=loads > 0)
    formula = f"{outcome} ~ log_caseload" + (f" + {adjust}" if adjust else "")
    widened = data.assign(log_caseload=logged)
    fit = count_model(widened, formula, full_time, "poisson", cluster, small_sample, level)
    row = fit.estimates.set_index("term").loc["log_caseload"]
    values = np.array([[row["estimate"], row["lower"], row["upper"]]], dtype=float) - np.array([[0.0], [1.0]])
    readings = pd.DataFrame(values, columns=["estimate", "lower", "upper"])
    readings.insert(0, "exposure", ["full-time months", "client-months"])
    return CaseloadElasticity(
        readings.assign(
            meaning=[
                "1: starts of a specialist rise in step with caseload; below 1: by less; 0: not at all",
                "0: the chance of a client does not go with caseload; below 0: it is smaller where caseloads are larger",
            ]
        ),
        fit,
    )
