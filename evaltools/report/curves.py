"""Curves of the release, as they are drawn and read: steps when they are exact, straight lines when rebuilt from blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MultipleLocator

from evaltools.domain.release import Release
from evaltools.report.rows import headline, picked
from evaltools.report.timescale import Timescale, timescale
from evaltools.report.words import percent

__all__ = ["Curve", "axis", "curve", "curve_id", "draw", "scale"]


@dataclass(frozen=True)
class Curve:
    """One curve. points: day, value, lower, upper, from day 0. steps: whether it is exact.

    before: whether it is read just before a day: a job that ends on day 91 has lasted 13 weeks.
    """

    group: str
    cause: str
    steps: bool
    points: pd.DataFrame = field(repr=False)
    before: bool = False

    @property
    def end(self) -> float:
        """The last day."""
        return float(self.points["day"].iloc[-1])

    def at(self, day: float, column: str = "value") -> float:
        """Value (or a limit) on a day: the last step before it, or the straight line between the points around it."""
        days, values = self.points["day"].to_numpy(), self.points[column].to_numpy()
        at = int(np.searchsorted(days, day, side="left" if self.before else "right")) - 1
        step = float(values[max(at, 0)])
        return step if self.steps or np.isnan(step) else float(np.interp(day, days, values))


def curve_id(release: Release, outcome: str, group_by: str) -> str:
    """Id of a curve under the headline definition."""
    return f"{headline(release)}.{outcome}.{group_by}"


def curve(release: Release, outcome: str, group_by: str, group: str, cause: str = "") -> Curve | None:
    """Return a curve, or None when the release holds fewer than two points of it."""
    found = picked(release.results.curves, curve_id=curve_id(release, outcome, group_by), group=group)
    found = found[found["cause"].fillna("") == cause].dropna(subset=["day", "value"])
    if len(found) < 2:
        return None
    points = found[["day", "value", "lower", "upper"]].astype(float).sort_values("day")
    if points["day"].iloc[0] > 0:
        start = 1.0 if outcome == "job_held" else 0.0
        origin = pd.DataFrame({"day": [0.0], "value": [start], "lower": [start], "upper": [start]})
        points = pd.concat([origin, points])
    exact = release.meta.profile == "open"
    return Curve(group, cause, exact, points.reset_index(drop=True), before=outcome == "job_held")


def scale(release: Release, outcome: str, group_by: str, longest: float) -> Timescale:
    """Choose the unit of time of a curve: the one that suits the days of its at-risk table."""
    counts = picked(release.results.counts, table_id=f"at_risk.{curve_id(release, outcome, group_by)}")
    days = pd.to_numeric(counts["column"], errors="coerce").dropna()
    return timescale([float(day) for day in days], longest)


def draw(axes: Axes, drawn: Curve, unit: Timescale, colour: str, width: float = 2.2, band: bool = True) -> None:
    """Draw a curve, with the band of its interval."""
    shown = drawn.points
    x = unit.of(1) * shown["day"].to_numpy()
    if band:
        known = shown["lower"].notna().to_numpy()
        lower, upper = (shown.loc[known, limit].to_numpy() for limit in ("lower", "upper"))
        step: Literal["post"] | None = "post" if drawn.steps else None
        axes.fill_between(x[known], lower, upper, step=step, color=colour, alpha=0.14, linewidth=0)
    style = "steps-post" if drawn.steps else "default"
    axes.plot(x, shown["value"].to_numpy(), color=colour, linewidth=width, drawstyle=style, solid_capstyle="round")


def axis(axes: Axes, unit: Timescale, longest: float, top: float, step: float) -> None:
    """Set the axes of curves: percentages upward, time along, few light gridlines."""
    axes.set_xlim(0, unit.of(longest))
    axes.set_ylim(0, top)
    axes.xaxis.set_major_locator(MultipleLocator(unit.step))
    axes.yaxis.set_major_locator(MultipleLocator(step))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
