"""Rows of shares: a numerator, a denominator with its name, what is missing, and the interval, in the columns of results."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import pandas as pd

from evaltools.estimate.proportion import proportions

__all__ = ["groups_of", "share_row", "with_intervals"]

Row = dict[str, Any]
Pick = Callable[[pd.DataFrame], pd.DataFrame]
_COUNTED = ("proportion", "bounds", "ratio")


def groups_of(people: pd.DataFrame) -> Iterator[tuple[str, str, Pick]]:
    """Give for the programme and each site: group_by, group, and a function that picks its rows of any frame."""
    yield "programme", "all", _everybody
    for site in sorted(people["site_id"].unique()):
        yield "site", site, partial(_of_site, site)


def _everybody(frame: pd.DataFrame) -> pd.DataFrame:
    return frame


def _of_site(site: str, frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["site_id"] == site]


def share_row(
    outcome: str, numerator: float | None, denominator: float, missing: float, denominator_name: str, clock: str, **more: Any
) -> Row:
    """Give one row of `estimates` for a share of people, without its value. more: further columns, or others instead.

    missing: people of unknown status, who are in neither number.

    >>> share_row("engaged", 9, 11, 0, "people referred", "referral")["denominator_name"]
    'people referred'
    """
    return {
        "outcome": outcome,
        "statistic": "proportion",
        "unit": "person",
        "numerator": numerator,
        "denominator": denominator,
        "denominator_name": denominator_name,
        "population": denominator_name,
        "n": denominator,
        "events": numerator,
        "missing": missing,
        "method": "share of people",
        "ci_method": "Wilson",
        "clock": clock,
        **more,
    }


def with_intervals(rows: Sequence[Row], level: float) -> list[Row]:
    """Add value and limits: Wilson's for a proportion, the possible shares for bounds, none for a ratio.

    Rows of other statistics come back as they are, with their level.
    """
    counted = [row for row in rows if row["statistic"] in _COUNTED]
    worked = proportions([row["numerator"] for row in counted], [row["denominator"] for row in counted], level)
    found = iter(worked.to_dict("records"))
    return [_filled(row, next(found), level) if row["statistic"] in _COUNTED else {"level": level, **row} for row in rows]


def _filled(row: Row, share: dict[Any, Any], level: float) -> Row:
    parts = {"value": share["value"], "level": level}
    if row["statistic"] == "proportion":
        parts |= {"se": share["se"], "lower": share["lower"], "upper": share["upper"]}
    elif row["statistic"] == "bounds":
        reach = (row["numerator"] + row["missing"]) / row["denominator"] if row["denominator"] else float("nan")
        parts |= {"value": float("nan"), "lower": share["value"], "upper": reach}
    return {**row, **parts, "note": share["reason"] or row.get("note")}
