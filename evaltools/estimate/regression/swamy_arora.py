"""Random effects by feasible generalised least squares (Swamy and Arora), as economists report them beside fixed effects."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.newton import refuse_collinear
from evaltools.estimate.regression.cluster_covariance import CONVENTIONS
from evaltools.estimate.regression.model_rows import model_rows, set_aside_note
from evaltools.estimate.regression.wald_table import wald_table

__all__ = ["RandomEffects", "swamy_arora"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RandomEffects:
    """The fit: estimates as `count_model` gives them; variances between and within groups; others as in CountFit."""

    estimates: pd.DataFrame
    between: float
    within: float
    n: int
    n_given: int
    groups: int
    set_aside: dict[str, int]
    note: str
    covariance: Floats = field(repr=False)


def swamy_arora(data: pd.DataFrame, formula: str, group: str, level: float = 0.95) -> RandomEffects:
    """Fit a linear regression with random effects of groups.

    Parameters
    ----------
    data : pandas.DataFrame
        One row for each unit and time; the groups may differ in size.
    formula : str
        "log_scrap ~ grant + C(year)"; every covariate must change within groups.
    group : str
        Column of groups, more of them than covariates.
    level : float
        Confidence level.

    References
    ----------
    Swamy and Arora (1972), Econometrica 40, 261-275; Baltagi (2021), Econometric Analysis of Panel Data, section 9.2.
    """
    rows = model_rows(data, formula, "gaussian", None, (group,), collapse=False)
    code, x, y = rows.groups[group], rows.expanded(), rows.outcome
    sizes, k = np.bincount(code).astype(float), len(rows.terms) - 1
    spare = len(y) - len(sizes) - k
    if spare <= 0 or len(sizes) <= k + 1:
        raise EstimateError(
            Problem(
                "E209", f"not estimable: {len(sizes)} groups of '{group}' for {k} covariates", fix="leave covariates out"
            )
        )
    both = np.column_stack([x, y])
    means = np.column_stack([np.bincount(code, column) / sizes for column in both.T])
    apart = (both - means[code])[:, 1:]
    if k:
        refuse_collinear(apart[:, :-1].T @ apart[:, :-1], rows.terms[1:], 1e-10)
    within = _squares(apart[:, :-1], apart[:, -1]) / spare
    root = np.sqrt(sizes)[:, None]
    spread = _squares(means[:, :-1] * root, (means * root)[:, -1])
    taken = np.linalg.pinv((means[:, :-1] * root).T @ (means[:, :-1] * root)) @ (
        (means[:, :-1] * sizes[:, None]).T @ (means[:, :-1] * sizes[:, None])
    )
    rank = int(np.linalg.matrix_rank(means[:, :-1] * root))  # a balanced calendar has the same mean in every group
    between = max(0.0, (spread - (len(sizes) - rank) * within) / (sizes.sum() - float(np.trace(taken))))
    share = 1 - np.sqrt(within / (within + sizes * between))
    moved = both - (share[:, None] * means)[code]
    bread = np.asarray(np.linalg.inv(moved[:, :-1].T @ moved[:, :-1]), dtype=np.float64)
    point = bread @ (moved[:, :-1].T @ moved[:, -1])
    scale = _squares(moved[:, :-1], moved[:, -1]) / (len(y) - k - 1)
    covariance = rows.back @ (bread * scale) @ rows.back.T
    normal = np.full(k + 1, np.inf)
    table = wald_table(rows.terms, rows.back @ point, covariance, normal, level, CONVENTIONS["model"])
    note = set_aside_note(rows.set_aside)
    return RandomEffects(table, between, within, len(y), len(data), len(sizes), rows.set_aside, note, covariance)


def _squares(x: Floats, y: Floats) -> float:
    """Return the residual sum of squares."""
    left = y - x @ np.linalg.lstsq(x, y, rcond=None)[0] if x.shape[1] else y
    return float(left @ left)
