"""Protected estimates: each statistic by its own rule; a statistic without a rule is not released."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from evaltools.release.coarse import coarsen
from evaltools.release.counts import is_small, protect_counts, round_counts
from evaltools.release.profile import Profile

__all__ = ["Interval", "protect_estimates"]

Interval = Callable[[pd.Series, pd.Series, float], tuple[pd.Series, pd.Series]]
"""Numerators, denominators and level in; lower and upper limits out."""

_NUMBERS = ["value", "se", "lower", "upper", "numerator", "denominator", "n", "events", "missing"]
_PEOPLE = ["numerator", "denominator", "n", "events", "missing"]
_ON_CURVES = ["cumulative_incidence", "survival", "one_minus_survival"]
_TOGETHER = ["definition", "outcome", "statistic", "group_by", "group", "horizon"]
_NUMBER_IN_WORDS = r"(?<!\d)(?!0(?![\d.,]))\d+(?:[.,]\d+)*"  # any but a lone 0


def protect_estimates(estimates: pd.DataFrame, profile: Profile, interval: Interval) -> pd.DataFrame:
    """Release what the profile allows.

    estimates: exact rows (domain/results.py). interval: works out limits from rounded counts, so that no exact count can be
    read back from them. A number that may not be shown is missing and its note says why. Numbers in other notes are exact
    and may be counts: each but 0 becomes [c].
    """
    released = estimates.copy()
    statistic = released["statistic"].fillna("")  # a row that does not say what it is has no rule either
    small = pd.concat([is_small(released[name], profile) for name in _PEOPLE], axis=1)
    complement = is_small(released["denominator"] - released["numerator"], profile)
    thin = (released["denominator"] < profile.share_denominator).fillna(False).astype(bool)
    share = statistic.isin(["proportion", "ratio", "bounds"])
    curve = statistic.isin(_ON_CURVES)
    median = statistic == "median"
    few_events = (released["events"] < profile.median_events).fillna(True).astype(bool)
    hidden = share & (small[["numerator", "denominator"]].any(axis=1) | thin)
    hidden |= statistic.isin(["proportion", "bounds"]) & complement
    hidden |= (statistic == "bounds") & (is_small(released["missing"], profile))
    hidden |= curve & (small[["denominator", "events"]].any(axis=1) | thin)
    # incidences of all causes and of no event yet add up to one: a small one hides the others at its horizon
    hidden |= curve & hidden.groupby([released[name].astype("string").fillna("") for name in _TOGETHER]).transform("any")
    hidden |= median & few_events
    allowed = share | curve | median  # tests are done again on what is left, by retest
    released = _from_rounded_counts(released, share, profile, interval)
    released = _coarse(released, curve, profile)
    released = _on_grid(released, median, profile)
    for name in _PEOPLE:
        released[name] = protect_counts(estimates[name], profile)
    released["se"] = pd.NA
    released["note"] = released["note"].str.replace(_NUMBER_IN_WORDS, "[c]", regex=True)
    released.loc[hidden | ~allowed, _NUMBERS] = pd.NA
    released.loc[hidden, "note"] = f"not shown: fewer than {profile.smallest} people, or too few to give a share"
    released.loc[~allowed, "note"] = "not shown: there is no release rule for this figure"
    return released.astype(estimates.dtypes.to_dict())


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
