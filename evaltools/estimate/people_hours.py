"""Weekly hours: the threshold, the bands, mean and median; at job start and at each milestone, with the missing shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from evaltools.domain.alternative import also
from evaltools.domain.definition import Definition
from evaltools.estimate.share_rows import share_row

__all__ = ["BANDS", "hours_rows"]

BANDS = {"0": (0, 0), "1-4": (0, 5), "5-15": (5, 16), "16-29": (16, 30), "30+": (30, np.inf)}
"""Bands of the NHS data dictionary, each from its first number up to but without its second; no hours at all apart."""


def hours_rows(starters: pd.DataFrame, milestones: pd.DataFrame, definition: Definition) -> Iterator[dict[str, Any]]:
    """Give the hours of one group's job starters.

    starters: people who started. milestones: from derive/milestones.py. Yields rows of `estimates`; shares without value.

    First the share at or above the profile's threshold at job start, among known hours; as further readings the same among
    all starters, the bands among all starters with a row for hours not known, mean and median, and all of them at each
    milestone among those who kept work, with the hours of jobs held at the same time added.
    """
    yield _threshold(starters["hours_per_week"], definition, "job starters", {})
    yield from _readings(starters["hours_per_week"], definition, "job starters", {}, "at start")
    for weeks, judged in milestones.groupby("weeks"):
        held = judged[judged["followed"] & (judged["state"] == "yes")]
        name, at = f"people who kept work for {weeks} weeks", {"horizon": 7 * int(str(weeks))}
        row = _threshold(held["hours"], definition, name, at)
        yield row | {"term": also("at the milestone")}
        yield from _readings(held["hours"], definition, name, at, "at the milestone")


def _threshold(hours: pd.Series, definition: Definition, whom: str, at: dict[str, Any]) -> dict[str, Any]:
    limit, name = definition.hours_threshold, f"{whom} with known hours"
    known = hours.notna().to_numpy(dtype=bool)
    numbers = hours.to_numpy(dtype=float, na_value=np.nan)
    with np.errstate(invalid="ignore"):
        exactly, over = numbers == limit, numbers > limit
    note: Any = pd.NA
    counted = known
    if definition.exactly_threshold == "counts":
        enough = over | exactly
    else:
        enough = over
        if definition.exactly_threshold == "neither":
            counted, name = known & ~exactly, f"{name}, other than exactly {limit:g}"
            # a note goes out as it stands: how many they are is n less the denominator
            note = "people on exactly the threshold are in neither group" if exactly.any() else note
    return share_row(
        *(f"hours_{limit:g}", int((enough & counted).sum()), int(counted.sum()), int((~known).sum()), name, "job start"),
        n=int(known.sum()),
        note=note,
        **at,
    )


def _readings(
    hours: pd.Series, definition: Definition, whom: str, at: dict[str, Any], when: str
) -> Iterator[dict[str, Any]]:
    numbers = hours.to_numpy(dtype=float, na_value=np.nan)
    known = numbers[~np.isnan(numbers)]
    missing, clock = len(numbers) - len(known), "job start"
    limit = definition.hours_threshold
    enough = int((known > limit).sum() + (definition.exactly_threshold == "counts") * (known == limit).sum())
    yield share_row(f"hours_{limit:g}", enough, len(numbers), missing, f"all {whom}", clock, term=also(f"all, {when}"), **at)
    exactly = int((known == limit).sum())
    yield share_row(
        *(f"hours_{limit:g}", exactly, len(known), missing, f"{whom} with known hours", clock),
        term=also(f"exactly {limit:g}, {when}"),
        **at,
    )
    for band, (low, high) in BANDS.items():
        inside = known == 0 if band == "0" else (known >= low) & (known < high) & (known > 0)
        yield share_row(
            "hours_band", int(inside.sum()), len(numbers), missing, f"all {whom}", clock, term=also(f"{band}, {when}"), **at
        )
    yield share_row(
        "hours_band", missing, len(numbers), missing, f"all {whom}", clock, term=also(f"not known, {when}"), **at
    )
    for statistic, value in (("mean", np.mean), ("median_hours", np.median)):
        yield share_row("hours", len(known), len(known), missing, f"{whom} with known hours", clock, **at) | {
            "statistic": statistic,
            "term": also(when),
            "value": float(value(known)) if len(known) else float("nan"),
            "unit": "hour",
            "numerator": pd.NA,
            "ci_method": pd.NA,
            "method": statistic.removesuffix("_hours"),
            "note": pd.NA if len(known) else "nobody's hours are known",
        }
