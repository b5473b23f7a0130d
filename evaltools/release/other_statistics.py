"""Release rules of means, rates, days of caseload and shares with an assumption about the unknown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from evaltools.release.coarse import coarsen
from evaltools.release.counts import is_small, round_counts
from evaltools.release.profile import Profile

__all__ = ["Limits", "OtherStatistics", "other_statistics"]


class _Between(Protocol):
    @property
    def lower(self) -> float: ...

    @property
    def upper(self) -> float: ...


@dataclass(frozen=True)
class Limits:
    """Ways to work out limits again from rounded counts; without one, its statistic has no limits or is hidden.

    bounds: people with the outcome, all people, those unknown, and the level in; `lower` and `upper` out. rate: events,
    exposure and level in; limits out.
    """

    bounds: Callable[[float, float, float, float], _Between] | None = None
    rate: Callable[[float, float, float], tuple[float, float]] | None = None


@dataclass(frozen=True)
class OtherStatistics:
    """allowed: rows that have a rule here. hidden: those of them that may not be shown. values: value, lower and upper."""

    allowed: pd.Series
    hidden: pd.Series
    values: pd.DataFrame


def other_statistics(frame: pd.DataFrame, statistic: pd.Series, profile: Profile, limits: Limits) -> OtherStatistics:
    """Apply the rules of these statistics, to be told from rounded counts or rounded themselves.

    Parameters
    ----------
    frame : pandas.DataFrame
        Exact rows of `estimates`.
    statistic : pandas.Series
        Its statistics, '' where missing.

    Returns
    -------
    OtherStatistics
        'bounds_interval' and 'delta_adjusted' from rounded counts. Means and medians of hours to the hour, of twice the
        smallest number of people or more. 'mean' and 'share_of_days' of caseload, of ten full-time years or more, and
        'rate', of enough exposure, from rounded counts. Nothing about one specialist.
    """
    caseload = (statistic == "share_of_days") | ((statistic == "mean") & (frame["outcome"] == "caseload"))
    hours = statistic.isin(["mean", "median_hours"]) & (frame["unit"] == "hour")
    bound, delta, rate = (statistic == name for name in ("bounds_interval", "delta_adjusted", "rate"))
    values = frame[["value", "lower", "upper"]].astype("Float64")
    values = values.mask(bound, _bounds(frame, bound, profile, limits))
    values = values.mask(delta, _delta(frame, profile))
    values = values.mask(rate, _rates(frame, rate, profile, limits))
    values = values.mask(hours, values.apply(lambda column: coarsen(column, profile.hours_step)))
    values = values.mask(caseload, _ratio(frame, profile))
    mean = caseload & (statistic == "mean")
    values.loc[mean, "value"] = coarsen(values.loc[mean, "value"], 1)
    few_days = frame["denominator"] < profile.caseload_days
    few_people = frame["n"].isna() | (frame["n"] < 2 * profile.smallest)
    little = is_small(frame["numerator"], profile) | (frame["denominator"] < profile.share_denominator)
    hidden = (caseload & (few_days | is_small(frame["numerator"], profile))) | (hours & few_people) | (rate & little)
    hidden |= (caseload | rate) & frame["denominator"].isna()
    hidden |= bound & values["lower"].isna()
    hidden |= delta & values["value"].isna()
    told = ~frame["group_by"].fillna("").isin(["specialist", "specialist_id"])
    allowed = (caseload | hours | bound | delta | rate) & told
    return OtherStatistics(allowed.fillna(False).astype(bool), hidden.fillna(True).astype(bool), values)


def _only(value: pd.Series | None = None, *ends: pd.Series) -> pd.DataFrame:
    held = dict(zip(("value", "lower", "upper"), (value, *ends), strict=False))
    index = next(each.index for each in held.values() if each is not None)
    blank = pd.Series(pd.NA, index=index, dtype="Float64")
    return pd.DataFrame({name: blank if held.get(name) is None else held[name] for name in ("value", "lower", "upper")})


def _counts(frame: pd.DataFrame, profile: Profile) -> list[pd.Series]:
    return [round_counts(frame[name].astype("Float64"), profile) for name in ("numerator", "denominator", "missing")]


def _ratio(frame: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    numerator, denominator, _ = _counts(frame, profile)
    return _only(numerator / denominator.where(denominator > 0))


def _delta(frame: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Work out a pattern mixture again: the odds of the unknown are those of the known, shifted by the delta of the term."""
    numerator, denominator, missing = _counts(frame, profile)
    delta = frame["term"].astype("string").str.extract(r"delta (-?(?:inf|\d+(?:\.\d+)?))", expand=False).astype(float)
    known = (denominator - missing).clip(lower=0)
    observed = (numerator / known.where(known > 0)).clip(upper=1)
    odds = observed * np.exp(delta.clip(-700, 700))
    unknown = (odds / (odds + 1 - observed)).mask(delta == np.inf, 1.0).mask(delta == -np.inf, 0.0).mask(delta.isna())
    return _only(((numerator + missing * unknown) / denominator.where(denominator > 0)).clip(upper=1))


def _each(frame: pd.DataFrame, rows: pd.Series, made: Sequence[tuple[float, float]]) -> tuple[pd.Series, pd.Series]:
    index = frame.index[rows]
    ends = [pd.Series([pair[at] for pair in made], index=index, dtype="Float64") for at in (0, 1)]
    return ends[0].reindex(frame.index), ends[1].reindex(frame.index)


def _level(frame: pd.DataFrame) -> float:
    return float(frame["level"].dropna().iloc[0]) if frame["level"].notna().any() else 0.95


def _bounds(frame: pd.DataFrame, rows: pd.Series, profile: Profile, limits: Limits) -> pd.DataFrame:
    none = pd.Series(pd.NA, index=frame.index, dtype="Float64")
    worked = limits.bounds
    if worked is None or not rows.any():
        return _only(none)
    level, made = _level(frame), []
    for x, n, unknown in zip(*(each[rows].fillna(0).astype(float) for each in _counts(frame, profile)), strict=True):
        unknown = min(unknown, n - x)  # rounding may leave more unknown than there are others
        found = worked(x, n, unknown, level) if n > 0 and unknown >= 0 else None
        made.append((np.nan, np.nan) if found is None else (found.lower, found.upper))
    return _only(none, *_each(frame, rows, made))


def _rates(frame: pd.DataFrame, rows: pd.Series, profile: Profile, limits: Limits) -> pd.DataFrame:
    numerator, exposure, _ = _counts(frame, profile)
    value = numerator / exposure.where(exposure > 0)
    worked = limits.rate
    if worked is None or not rows.any():
        return _only(value)
    level = _level(frame)
    pairs = zip(numerator[rows].fillna(0).astype(float), exposure[rows].fillna(0).astype(float), strict=True)
    made = [worked(events, time, level) if time > 0 else (np.nan, np.nan) for events, time in pairs]
    return _only(value, *_each(frame, rows, made))
