"""Standardised curves: the probability of no event if everybody belonged to each group in turn, case mix held the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.asked_days import asked_days
from evaltools.estimate.cluster_bootstrap import bootstrap_units, summarise_draws
from evaltools.estimate.confidence import critical_value
from evaltools.estimate.fit_notes import lacking_note
from evaltools.estimate.multinomial_counts import draw_counts, require_replicates
from evaltools.estimate.some_people import require_people
from evaltools.estimate.standardised_cox import StandardisedCox
from evaltools.estimate.standardised_strata import StandardisedStrata

__all__ = ["StandardisedCurves", "standardised_curves"]

Floats = NDArray[np.float64]
_NUMBERS = ("value", "se", "lower", "upper")


@dataclass(frozen=True)
class StandardisedCurves:
    """estimates: group, day, value (probability of no event), se, lower, upper, note.

    contrasts: group, versus, day, value (difference of the probabilities), se, lower, upper, note; each group against the
    first. n: people used; n_missing: people set aside for a missing covariate of the formula. clusters: of the people used,
    drawn from. note: what a reader should be warned of; empty otherwise.
    """

    estimates: pd.DataFrame
    contrasts: pd.DataFrame
    n: int
    n_missing: int
    clusters: int
    replicates: int
    method: str
    note: str


def standardised_curves(  # noqa: PLR0913 - groups, what to hold the same, how to resample
    times: EventTimes,
    by: str,
    days: Iterable[float],
    strata: str | Sequence[str] | None = None,
    formula: str | None = None,
    cluster: str | None = None,
    level: float = 0.95,
    replicates: int = 1000,
    seed: int | np.random.Generator = 20260101,
) -> StandardisedCurves:
    """Compare groups as if all had the case mix of everybody (g-computation).

    Parameters
    ----------
    times : EventTimes
        Durations in days; every cause counts as the event.
    by : str
        Column of the groups.
    days : iterable of float
        Days from the origin.
    strata : str or sequence of str, optional
        Columns of the case mix, in few categories: Kaplan-Meier in each combination, without a model.
    formula : str, optional
        Covariates of a Cox model with the group, instead of strata, for example "age + C(sex)".
    cluster : str, optional
        Column whose labels are drawn with replacement (person, specialist or site); that of `times` by default.
    level : float
        Confidence level of the percentile interval.
    replicates : int
        How many resamples. With strata all are worked out together; with a formula each is fitted.
    seed : int or numpy.random.Generator
        For the draws.

    Returns
    -------
    StandardisedCurves
        A missing value has its reason in `note`, above all that a group has nobody in some stratum (no overlap).

    References
    ----------
    Robins (1986), Mathematical Modelling 7, 1393-1512; Hernan and Robins (2020), Causal Inference: What If, chapter 17.

    Examples
    --------
    >>> columns = {"days": [1, 2, 3, 4] * 10, "site": ["a", "b"] * 20, "sex": ["f", "f", "m", "m"] * 10}
    >>> people = pd.DataFrame(columns).assign(status=1)
    >>> times = EventTimes.from_frame(people, "days", "status")
    >>> standardised_curves(times, "site", [2], strata="sex", replicates=50).estimates["value"].tolist()
    [0.5, 0.5]
    """
    critical_value(level)
    if (strata is None) == (formula is None):
        fix = "give either strata=['sex'] or formula='age + C(sex)'"
        raise EstimateError(Problem("E175", "the case mix to hold the same is not given once", fix=fix))
    require_people(times)
    groups = times.grouped(by)
    if len(groups.labels) < 2:
        raise EstimateError(Problem("E176", f"'{by}' has one group: nothing to compare", fix="group by another column"))
    asked = asked_days(days)
    unit, units, what = bootstrap_units(times, cluster)
    require_replicates(replicates, units, what)
    made: StandardisedCox | StandardisedStrata
    n, note = len(times), ""
    if formula is not None:
        made = StandardisedCox.from_people(times, by, groups, formula, cluster)
        n, units, note = len(made.resamples.unit), made.resamples.units, lacking_note(made.resamples.model.design)
        require_replicates(replicates, units, what)
    else:
        made = StandardisedStrata.from_people(times, groups, times.grouped(strata), unit, units)
    value = made.survival(np.ones((units, 1)), asked)
    draws = np.concatenate([made.survival(counts, asked) for counts in draw_counts(units, replicates, seed)], axis=2)
    reasons = np.array(made.reasons(asked), dtype=object)
    pairs = pd.DataFrame(list(product(groups.labels, asked)), columns=["group", "day"])
    estimates = pairs.join(_summary(value, draws, reasons, level))
    others = pd.DataFrame(list(product(groups.labels[1:], asked)), columns=["group", "day"])
    others.insert(1, "versus", groups.labels[0])
    either = np.where(reasons[1:] != "", reasons[1:], reasons[0])
    contrasts = others.join(_summary(value[1:] - value[0], draws[1:] - draws[0], either, level))
    how = (
        f"Cox model, {formula}"
        if formula is not None
        else f"Kaplan-Meier by {strata if isinstance(strata, str) else ', '.join(strata or ())}"
    )
    return StandardisedCurves(
        estimates,
        contrasts,
        n,
        len(times) - n,
        units,
        replicates,
        f"standardised to everybody{' with every covariate' if note else ''} ({how}); "
        f"percentile bootstrap by {what} ({units}), {replicates} resamples",
        note,
    )


def _summary(value: Floats, draws: Floats, reasons: NDArray[np.object_], level: float) -> pd.DataFrame:
    """Return the rows of groups x days, blank where there is a reason."""
    table = summarise_draws(value.ravel(), draws.reshape(value.size, -1), level)
    said = pd.Series(reasons.ravel())
    blank = {name: table[name].mask(said != "") for name in _NUMBERS}
    return table.assign(
        **blank, note=said.where(said != "", table["note"].str.replace("nobody of the group", "no estimate"))
    )
