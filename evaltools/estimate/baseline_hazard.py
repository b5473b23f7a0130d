"""The hazard behind a Cox fit, and the survival that it predicts for given people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.asked_days import asked_days
from evaltools.estimate.confidence import probability_interval
from evaltools.estimate.cox_likelihood import Ties, TieSums, tie_sums
from evaltools.estimate.formula_terms import closest_name

if TYPE_CHECKING:
    from evaltools.estimate.cox import CoxFit

__all__ = ["baseline_hazard", "hazard_steps", "predicted_survival", "strata_of"]

Floats = NDArray[np.float64]


def baseline_hazard(fit: CoxFit, hazard: Ties | None = None) -> pd.DataFrame:
    """Estimate the hazard of somebody whose covariates are all 0. People who enter late count from their entry.

    Parameters
    ----------
    fit : CoxFit
        From `cox` or `fine_gray`.
    hazard : {'efron', 'breslow'}, optional
        'breslow': events over the sum of relative risks. 'efron': the same with ties taken one after another. The way of the
        fit by default, as in R's survfit.

    Returns
    -------
    pandas.DataFrame
        One row for each stratum and event time: stratum ('all' without strata), time (days), at_risk, events, hazard (step
        at the time), cumulative_hazard.

    References
    ----------
    Breslow (1972), Journal of the Royal Statistical Society B 34, 216-217.
    """
    model = fit.model
    sums = _sums(fit, hazard)
    step = sums.hazard * np.exp(-float(model.design.centre @ fit.coefficients))
    stratum = np.array(model.strata, dtype=object)[model.days.stratum]
    frame = pd.DataFrame(
        {
            "stratum": stratum,
            "time": model.days.time,
            "at_risk": _at_risk(fit),
            "events": model.sets.deaths.astype(int),
            "hazard": step,
        }
    )
    return frame.assign(cumulative_hazard=model.days.up_to(step)[model.days.bin])


def predicted_survival(fit: CoxFit, newdata: pd.DataFrame, days: Sequence[float] | None = None) -> pd.DataFrame:
    """Predict the probability of no event for people with given covariates.

    Parameters
    ----------
    fit : CoxFit
        From `cox`; for a Fine-Gray fit the value is one minus the incidence.
    newdata : pandas.DataFrame
        One row for each person: the columns of the formula and of the strata.
    days : sequence of float, optional
        Days from the origin; every event time by default.

    Returns
    -------
    pandas.DataFrame
        row (position in newdata), stratum, time (days), survival, se, lower, upper (log-log, at the level of the fit). After
        the last time of follow-up nothing is known and the value is missing.

    References
    ----------
    Tsiatis (1981), Annals of Statistics 9, 93-108.
    """
    model, beta = fit.model, fit.coefficients
    rows, strata = model.design.rows(newdata), strata_of(fit, newdata)
    sums = _sums(fit, None)
    s1, t1 = model.sets.sums(sums.risk, model.sets.matrix)
    passed = s1 * sums.square[:, None] - t1 * sums.cross[:, None]
    parts = []
    for place, (x, stratum) in enumerate(zip(rows, strata, strict=True)):
        here = model.days.stratum == stratum
        time = model.days.time[here]
        hazard, spread, mean = (np.cumsum(each[here], axis=0) for each in (sums.hazard, sums.square, passed))
        asked = time if days is None else asked_days(days)
        at = np.searchsorted(time, asked, side="right")
        hazard, spread = (np.concatenate([[0.0], each])[at] for each in (hazard, spread))
        drawn = hazard[:, None] * x - np.concatenate([np.zeros((1, len(x))), mean])[at]
        risk = float(np.exp(x @ beta))
        survival = np.exp(-risk * hazard)
        se = survival * risk * np.sqrt(spread + np.einsum("ij,jk,ik->i", drawn, fit.covariance, drawn))
        beyond = asked > model.duration[_members(fit, stratum)].max()
        survival, se = (np.where(beyond, np.nan, each) for each in (survival, se))
        lower, upper = probability_interval(survival, se, fit.level)
        parts.append(
            pd.DataFrame(
                {
                    "row": place,
                    "stratum": model.strata[stratum],
                    "time": asked,
                    "survival": survival,
                    "se": se,
                    "lower": lower,
                    "upper": upper,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def hazard_steps(fit: CoxFit, newdata: pd.DataFrame) -> list[tuple[Floats, Floats]]:
    """Return, for each row of `newdata`, the event times of its stratum and the steps of its cumulative hazard at them."""
    model = fit.model
    step = _sums(fit, None).hazard
    risk = np.exp(model.design.rows(newdata) @ fit.coefficients)
    strata = strata_of(fit, newdata)
    return [
        (model.days.time[model.days.stratum == each], factor * step[model.days.stratum == each])
        for factor, each in zip(risk, strata, strict=True)
    ]


def strata_of(fit: CoxFit, newdata: pd.DataFrame) -> list[int]:
    """Return the stratum of each row of `newdata`; EstimateError when it has none."""
    model = fit.model
    if not model.strata_by:
        return [0] * len(newdata)
    for name in model.strata_by:
        if name not in newdata:
            raise EstimateError(
                Problem(
                    "E135", f"there is no column '{name}', which makes the strata", fix=closest_name(name, newdata.columns)
                )
            )
    columns = [
        newdata[name].astype("object").where(newdata[name].notna(), "(missing)").astype(str) for name in model.strata_by
    ]
    labels = [", ".join(parts) for parts in zip(*columns, strict=True)]
    known = {label: place for place, label in enumerate(model.strata)}
    quoted = [
        ", ".join(map(repr, parts)) for parts in zip(*columns, strict=True)
    ]  # as labels that read alike are told apart
    labels = [label if label in known else exact for label, exact in zip(labels, quoted, strict=True)]
    if not set(labels) <= set(known):
        raise EstimateError(
            Problem(
                "E135",
                "a row belongs to a stratum that was not in the data of the fit",
                fix=f"use one of: {', '.join(known)}",
            )
        )
    return [known[label] for label in labels]


def _sums(fit: CoxFit, hazard: Ties | None) -> TieSums:
    return tie_sums(fit.model.sets, fit.coefficients, hazard or fit.model.ties)


def _members(fit: CoxFit, stratum: int) -> NDArray[np.bool_]:
    days = fit.model.days
    return (days.stop >= days.starts[stratum]) & (days.stop < days.starts[stratum + 1])


def _at_risk(fit: CoxFit) -> NDArray[np.int64]:
    days = fit.model.days
    size = int(days.starts[-1])
    entering = None if days.entry is None else np.bincount(days.entry, minlength=size).astype(float)
    return days.at_risk(np.bincount(days.stop, minlength=size).astype(float), entering).astype(int)
