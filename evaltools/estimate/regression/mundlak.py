"""Mundlak's contrast: is the association between specialists the same as within them? If not, they differ otherwise too."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.formula_terms import closest_name
from evaltools.estimate.regression.caseload_cautions import CASELOAD_CAUTIONS
from evaltools.estimate.regression.count_fit import CountFit
from evaltools.estimate.regression.count_model import SmallSample, count_model
from evaltools.estimate.regression.model_rows import Family

__all__ = ["MundlakContrast", "mundlak_contrast"]


@dataclass(frozen=True)
class MundlakContrast:
    """Associations within and between groups.

    contrasts: frame with contrast ('within', 'between', 'between less within') and the columns of `wald_table`. fit: the
    regression with the group mean. sentence: what the contrast says, by rule. cautions: to print with it.
    """

    contrasts: pd.DataFrame
    fit: CountFit
    sentence: str
    cautions: tuple[str, ...] = CASELOAD_CAUTIONS


def mundlak_contrast(  # noqa: PLR0913 - the data, the model, and how to report it
    data: pd.DataFrame,
    formula: str,
    column: str,
    group: str,
    family: Family = "poisson",
    exposure: str | None = None,
    small_sample: SmallSample = "auto",
    level: float = 0.95,
) -> MundlakContrast:
    """Split the association of a column into its part within groups and its part between them.

    Parameters
    ----------
    data : pandas.DataFrame
        One row for each specialist and month.
    formula : str
        A model that holds `column` as a term of its own, "starts ~ caseload + C(site)".
    column : str
        The measure that is split.
    group : str
        Column of groups; errors are clustered by it.
    family, exposure, small_sample, level
        As in `count_model`.

    References
    ----------
    Mundlak (1978), Econometrica 46, 69-85.
    """
    for name in (column, group):
        if name not in data.columns:
            raise EstimateError(
                Problem("E201", f"there is no column '{name}'", fix=closest_name(name, map(str, data.columns)))
            )
    mean = f"{column}_group_mean"
    means = data.groupby(group, dropna=True)[column].transform("mean")
    fit = count_model(data.assign(**{mean: means}), f"{formula} + {mean}", exposure, family, group, small_sample, level)
    terms = list(fit.estimates["term"])
    if column not in terms:
        raise EstimateError(Problem("E201", f"'{column}' is no term of its own in the formula", fix=f"add '+ {column}'"))
    picks = np.zeros((3, len(terms)))
    picks[[0, 1], terms.index(column)] = 1
    picks[[1, 2], terms.index(mean)] = 1
    table = fit.contrast(picks, ("within", "between", "between less within")).rename(columns={"term": "contrast"})
    p = float(table["p"].iloc[2])
    told = (
        "The association between specialists differs from that within them: they differ in more than their caseload."
        if p < 1 - level
        else "The associations between and within specialists are compatible with each other."
    )
    return MundlakContrast(table, fit, told)
