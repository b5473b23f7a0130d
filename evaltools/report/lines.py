"""A line chart of one or two labelled curves: the labels stand at the ends of the lines, so no key is needed."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from evaltools.report.curves import Curve, axis, draw
from evaltools.report.palette import BLUE, TEXT, TURQUOISE
from evaltools.report.timescale import Timescale
from evaltools.report.words import percent

__all__ = ["lines", "spread"]

_SIDES = {"right": ((9, 0), "center"), "above": ((-2, 6), "bottom"), "below": ((-2, -8), "top")}
# the second colour is too light for words, so its label is dark grey
_LOOKS = ((BLUE, BLUE), (TURQUOISE, TEXT))


def spread(ends: pd.Series, gap: float) -> pd.Series:
    """Move labels apart so that they are at least `gap` from each other, keeping their order.

    >>> spread(pd.Series({"a": 0.50, "b": 0.52}), 0.06).round(2).tolist()
    [0.48, 0.54]
    """
    placed = ends.sort_values()
    for lower, upper in zip(placed.index[:-1], placed.index[1:], strict=True):
        short = gap - (placed[upper] - placed[lower])
        if short > 0:
            placed[lower] -= short / 2
            placed[upper] += short / 2
    return placed


def _top(curves: Mapping[str, Curve]) -> float:
    highest = max(float(drawn.points[["value", "upper"]].max().max()) for drawn in curves.values())
    return min(1.0, 0.1 * int(highest * 10 + 1.2))


def _label(axes: Axes, text: str, height: float, colour: str, side: str) -> None:
    """Write a label beside the end of a line, or on a telephone above or below it."""
    offset, align = _SIDES[side]
    place, anchor = {"xy": (1, height), "xytext": offset}, {"va": align, "ha": "left" if side == "right" else "right"}
    coords = {"xycoords": "axes fraction", "textcoords": "offset points"}
    axes.annotate(text, **place, **coords, **anchor, color=colour, weight="bold", annotation_clip=False)  # type: ignore[arg-type]


def lines(canvas: Canvas, narrow: bool, curves: Mapping[str, Curve], unit: Timescale, along: str) -> None:
    """Draw curves, named by what they show, each with its band and its last value.

    along: what the horizontal axis says.
    """
    width, height = canvas.get_size_inches()
    left, right = (0.5, 0.14) if narrow else (0.5, 1.75)
    axes = canvas.add_axes((left / width, 0.62 / height, 1 - (left + right) / width, 1 - 0.8 / height))
    top = _top(curves)
    axis(axes, unit, max(drawn.end for drawn in curves.values()), top, 0.1 if top <= 0.8 and not narrow else 0.2)
    ends = spread(pd.Series({name: drawn.at(drawn.end) for name, drawn in curves.items()}), 0.1 * top)
    for (name, drawn), (line, label) in zip(curves.items(), _LOOKS, strict=False):
        draw(axes, drawn, unit, line)
        falls = drawn.at(drawn.end) < drawn.at(0)
        side = "right" if not narrow else "below" if falls else "above"
        _label(axes, f"{name}{': ' if narrow else chr(10)}{percent(drawn.at(drawn.end))}", ends[name] / top, label, side)
    axes.set_xlabel(along)
