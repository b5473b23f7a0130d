"""Protected estimates: each statistic by its own rule; a statistic without a rule is not released."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from evaltools.release.close_readings import close_readings
from evaltools.release.coarse import coarsen
from evaltools.release.counts import is_small, protect_counts, round_counts
from evaltools.release.other_statistics import Limits, other_statistics
from evaltools.release.profile import Profile

__all__ = ["Interval", "protect_estimates"]

Interval = Callable[[pd.Series, pd.Series, float], tuple[pd.Series, pd.Series]]
"""Numerators, denominators and level in; lower and upper limits out."""

_NUMBERS = ["value", "se", "lower", "upper", "numerator", "denominator", "n", "events", "missing"]
_PEOPLE = ["numerator", "denominator", "n", "events", "missing"]
_ON_CURVES = ["cumulative_incidence", "survival", "one_minus_survival"]
_UNKNOWN = ["bounds", "bounds_interval", "delta_adjusted"]  # shares that say what the unknown might add
_TOGETHER = ["definition", "outcome", "statistic", "group_by", "group", "horizon"]
_NUMBER_IN_WORDS = r"(?<!\d)(?!0(?![\d.,]))\d+(?:[.,]\d+)*"  # any but a lone 0


def protect_estimates(
    estimates: pd.DataFrame, profile: Profile, interval: Interval, limits: Limits | None = None
) -> pd.DataFrame:
    """Release what the profile allows.

    estimates: exact rows (domain/results.py). interval, limits: work out limits from rounded counts, so that no exact
    count can be read back from them; what `limits` does not give is not released. A number that may not be shown is missing
    and its note says why. Numbers in other notes are exact and may be counts: each but 0 becomes [c].
    """
    released = estimates.copy()
    statistic = released["statistic"].fillna("")  # a row that does not say what it is has no rule either
    share = statistic.isin(["proportion", "ratio", "bounds"])
    curve = statistic.isin(_ON_CURVES)
    days = statistic.isin(["median", "restricted_mean"])
    hidden = _hidden(released, statistic, profile)
    other = other_statistics(released, statistic, profile, limits or Limits())
    hidden |= other.hidden
    allowed = share | curve | days | other.allowed  # tests are done again on what is left, by retest
    close = close_readings(released, allowed & ~hidden, profile)
    unsaid = close_readings(released, allowed & ~hidden & ~close, profile, ("missing",))
    close |= unsaid & statistic.isin(_UNKNOWN)
    released = _from_rounded_counts(released, share, profile, interval)
    released = _coarse(released, curve, profile)
    released = _on_grid(released, days, profile)
    released[["value", "lower", "upper"]] = other.values.where(other.allowed, released[["value", "lower", "upper"]])
    for name in _PEOPLE:
        released[name] = protect_counts(estimates[name], profile)
    released.loc[unsaid, "missing"] = pd.NA
    released["se"] = pd.NA
    released["note"] = released["note"].str.replace(_NUMBER_IN_WORDS, "[c]", regex=True)
    released.loc[hidden | close | ~allowed, _NUMBERS] = pd.NA
    released.loc[close, "note"] = f"not shown: fewer than {profile.smallest} people apart from another figure"
    released.loc[hidden, "note"] = f"not shown: fewer than {profile.smallest} people, or too few to give a share"
    released.loc[~allowed, "note"] = "not shown: there is no release rule for this figure"
    return released.astype(estimates.dtypes.to_dict())


def _hidden(frame: pd.DataFrame, statistic: pd.Series, profile: Profile) -> pd.Series:
    """Say which rows rest on too few people: in a count, in what is left of it, or in its events."""
    small = pd.concat([is_small(frame[name], profile) for name in _PEOPLE], axis=1)
    left = frame["denominator"] - frame["numerator"]
    thin = (frame["denominator"] < profile.share_denominator).fillna(False).astype(bool)
    curve, unknown = statistic.isin(_ON_CURVES), statistic.isin(_UNKNOWN)
    share = statistic.isin(["proportion", "ratio"]) | unknown
    hidden = share & (small[["numerator", "denominator"]].any(axis=1) | thin)
    hidden |= (share & (statistic != "ratio")) & is_small(left, profile)
    # those known not to have the outcome are what is left above the highest possible share
    hidden |= unknown & (is_small(frame["missing"], profile) | is_small(left - frame["missing"], profile))
    hidden |= curve & (small[["denominator", "events"]].any(axis=1) | thin)
    # incidences of all causes and of no event yet add up to one: a small one hides the others at its horizon
    hidden |= curve & hidden.groupby([frame[name].astype("string").fillna("") for name in _TOGETHER]).transform("any")
    few_events = (frame["events"] < profile.median_events).fillna(True).astype(bool)
    return hidden | (statistic.isin(["median", "restricted_mean"]) & few_events)


def _from_rounded_counts(frame: pd.DataFrame, rows: pd.Series, profile: Profile, interval: Interval) -> pd.DataFrame:
    frame = frame.copy()
    numerator, denominator = (round_counts(frame.loc[rows, name], profile) for name in ("numerator", "denominator"))
    value = numerator / denominator
    level = float(frame["level"].dropna().iloc[0]) if frame["level"].notna().any() else 0.95
    lower, upper = interval(numerator, denominator, level)
    kind = frame.loc[rows, "statistic"]
    missing = round_counts(frame.loc[rows, "missing"], profile)
    bounds = kind == "bounds"
    frame.loc[rows, "value"] = value.mask(bounds)
    frame.loc[rows, "lower"] = lower.mask(bounds, value).mask(kind == "ratio")
    frame.loc[rows, "upper"] = upper.mask(bounds, ((numerator + missing) / denominator).clip(upper=1)).mask(kind == "ratio")
    return frame


def _coarse(frame: pd.DataFrame, rows: pd.Series, profile: Profile) -> pd.DataFrame:
    frame = frame.copy()
    few = (frame.loc[rows, "denominator"] < profile.coarse_denominator).fillna(True).astype(bool)
    step = np.where(few, profile.coarse_step, profile.fine_step)
    for name in ("value", "lower", "upper"):
        frame.loc[rows, name] = coarsen(frame.loc[rows, name], step)
    return frame


def _on_grid(frame: pd.DataFrame, rows: pd.Series, profile: Profile) -> pd.DataFrame:
    frame = frame.copy()
    for name in ("value", "lower", "upper"):
        frame.loc[rows, name] = coarsen(frame.loc[rows, name], profile.median_step_days)
    return frame
