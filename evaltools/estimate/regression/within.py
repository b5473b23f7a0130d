"""Fixed effects: comparing each specialist only with themselves, which takes out all that is stable about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.newton import Evaluation, Search, maximise, refuse_collinear
from evaltools.estimate.regression.cluster_covariance import CONVENTIONS, Convention, sandwich, small_sample_factor
from evaltools.estimate.regression.few_clusters import refuse_few_clusters
from evaltools.estimate.regression.model_rows import ModelRows, check_choice, model_rows, set_aside_note
from evaltools.estimate.regression.satterthwaite import bias_reduced
from evaltools.estimate.regression.wald_table import wald_table

__all__ = ["WithinFit", "within_model"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class WithinFit:
    """A fitted comparison within groups.

    estimates: as `count_model` gives them, without intercept. n: rows that inform. groups: number of groups that do. loglik:
    conditional on the total of each group for 'poisson'; None for 'gaussian'. within_r2: 'gaussian' only, else None.
    """

    estimates: pd.DataFrame
    n: int
    n_given: int
    groups: int
    set_aside: dict[str, int]
    loglik: float | None
    within_r2: float | None
    convention: str
    note: str
    covariance: Floats = field(repr=False)


def within_model(  # noqa: PLR0913 - the data, the model, and how to report it
    data: pd.DataFrame,
    formula: str,
    group: str,
    family: Literal["poisson", "gaussian"] = "poisson",
    exposure: str | None = None,
    small_sample: Literal["none", "cr0", "cr1s", "cr2"] = "cr1s",
    level: float = 0.95,
) -> WithinFit:
    """Fit a regression with one intercept for each group, errors clustered by group.

    Parameters
    ----------
    data : pandas.DataFrame
        One row for each unit and time.
    formula : str
        "starts ~ caseload + C(month)"; a covariate must change within groups.
    group : str
        Column of groups, such as the specialist.
    family : str
        'poisson' (conditional on each group's total) or 'gaussian' (deviations from group means).
    exposure : str, optional
        As in `count_model`, 'poisson' only.
    small_sample : str
        'cr1s', 'cr0', 'cr2' ('gaussian' only; for counts use `count_model` with C(group)) or 'none' (from the model).
    level : float
        Confidence level.

    Returns
    -------
    WithinFit
        Groups with one row, or without events, say nothing and are counted in set_aside. EstimateError otherwise.

    References
    ----------
    Hausman, Hall and Griliches (1984), Econometrica 52, 909-938; Wooldridge (1999), Journal of Econometrics 90, 77-97.

    Examples
    --------
    >>> months = pd.DataFrame({"who": list("aabbccddeeff"), "after": [0, 1] * 6})
    >>> months["starts"] = [2, 4, 1, 2, 3, 6, 4, 8, 1, 3, 3, 5]
    >>> float(np.exp(within_model(months, "starts ~ after", "who").estimates["estimate"][0]).round(6))  # 28 after, 14 before
    2.0
    """
    check_choice("family", family, ("poisson", "gaussian"))
    check_choice("small_sample", small_sample, ("none", "cr0", "cr1s", "cr2"))
    if (family == "gaussian" and exposure is not None) or (family == "poisson" and small_sample == "cr2"):
        raise EstimateError(
            Problem(
                "E208",
                f"family '{family}' takes no {'exposure' if exposure and family == 'gaussian' else 'CR2 here'}",
                fix="for CR2 of counts, use count_model with C(group) in the formula",
            )
        )
    rows = model_rows(data, formula, family, exposure, (group,), collapse=False)
    if len(rows.terms) == 1:
        raise EstimateError(Problem("E200", "a comparison within groups needs a covariate", fix="write 'starts ~ caseload'"))
    inform, aside = _informing(rows, group, family)
    code = np.unique(rows.groups[group][inform], return_inverse=True)[1]
    groups, terms = int(code.max()) + 1 if len(code) else 0, rows.terms[1:]
    refuse_few_clusters(groups, group)
    x, y = rows.matrix[inform], rows.outcome[inform]
    log_size = np.zeros(len(y)) if rows.exposure is None else np.log(rows.exposure[inform])
    if family == "gaussian":
        estimate, bread, deviation, residual, fit = _demeaned(x, y, code, groups, terms)
    else:
        search = Search(terms, rows.reach[1:], promise=1e-12)
        _refuse_constant_within(_centred(x, np.ones(len(y)), code, groups), terms)
        found = maximise(lambda at: _conditional(x, y, log_size, code, groups, at)[0], np.zeros(len(terms)), search)
        _, deviation, residual = _conditional(x, y, log_size, code, groups, found.point)
        estimate, bread, fit = found.point, found.covariance, found.loglik
    convention: Convention = "model" if small_sample == "none" else small_sample
    df = np.full(len(terms), np.inf if convention == "model" else groups - 1.0)
    if convention == "model":
        spare = len(y) - groups - len(terms)
        covariance = bread * (float(residual @ residual) / spare if family == "gaussian" else 1.0)
    elif convention == "cr2":
        covariance, df = bias_reduced(deviation, np.ones(len(y)), residual, code, bread, np.eye(len(terms)))
    else:
        scores = np.array([np.bincount(code, residual * column) for column in deviation.T]).T
        covariance = sandwich(bread, scores) * small_sample_factor(convention, groups, len(y), len(terms))
    aside = {reason: count for reason, count in {**rows.set_aside, **aside}.items() if count}
    name = CONVENTIONS[convention]
    return WithinFit(
        wald_table(terms, estimate, covariance, df, level, name),
        len(y),
        len(data),
        groups,
        aside,
        fit if family == "poisson" else None,
        fit if family == "gaussian" else None,
        name,
        set_aside_note(aside),
        covariance,
    )


def _informing(rows: ModelRows, group: str, family: str) -> tuple[NDArray[np.bool_], dict[str, int]]:
    code = rows.groups[group]
    alone = (np.bincount(code) == 1)[code]
    quiet = (np.bincount(code, rows.outcome) == 0)[code] & ~alone if family == "poisson" else np.zeros(len(code), dtype=bool)
    aside = {f"alone in their '{group}'": int(alone.sum()), f"of a '{group}' without events": int(quiet.sum())}
    return ~(alone | quiet), aside


def _centred(x: Floats, weight: Floats, code: NDArray[np.int64], groups: int) -> Floats:
    total = np.bincount(code, weight, groups)
    return np.column_stack([column - (np.bincount(code, weight * column, groups) / total)[code] for column in x.T])


def _refuse_constant_within(deviation: Floats, terms: tuple[str, ...]) -> None:
    refuse_collinear(deviation.T @ deviation, terms, 1e-10)


def _demeaned(
    x: Floats, y: Floats, code: NDArray[np.int64], groups: int, terms: tuple[str, ...]
) -> tuple[Floats, Floats, Floats, Floats, float]:
    """Return estimates (k,), bread (k, k), deviations (n, k), residuals (n,) and the share of variance explained within."""
    both = _centred(np.column_stack([x, y]), np.ones(len(y)), code, groups)
    deviation, outcome = both[:, :-1], both[:, -1]
    _refuse_constant_within(deviation, terms)
    bread = np.asarray(np.linalg.inv(deviation.T @ deviation), dtype=np.float64)
    estimate = bread @ (deviation.T @ outcome)
    residual = outcome - deviation @ estimate
    if len(y) <= groups + len(terms) or not outcome.any():
        raise EstimateError(Problem("E204", f"not estimable: {len(y)} rows for {groups} groups and {len(terms)} covariates"))
    return estimate, bread, deviation, residual, 1 - float(residual @ residual) / float(outcome @ outcome)


def _conditional(
    x: Floats, y: Floats, log_size: Floats, code: NDArray[np.int64], groups: int, at: Floats
) -> tuple[Evaluation, Floats, Floats]:
    """Return the likelihood given each group's total, covariates less their group means, and residuals."""
    eta = x @ at + log_size
    most = np.full(groups, -np.inf)
    np.maximum.at(most, code, eta)
    part = np.exp(eta - most[code])
    total, events = np.bincount(code, part, groups), np.bincount(code, y, groups)
    mean = part * (events / total)[code]
    deviation = _centred(x, mean, code, groups)
    value = float(y @ eta - events @ (np.log(total) + most))
    information = (deviation * mean[:, None]).T @ deviation
    return Evaluation(value, (y - mean) @ x, information), deviation, y - mean
