"""A dot-and-interval chart: one row a group, its counts in words beside it, a line where the whole stands."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import FuncFormatter, MaxNLocator

from evaltools.report.palette import BLUE, GREY, LIGHT, TEXT, TURQUOISE
from evaltools.report.words import percent

__all__ = ["Dot", "heights", "intervals"]


_MANY = 18  # rows that fit a printed page at their usual distance


@dataclass(frozen=True)
class Dot:
    """One group. value and limits are shares between 0 and 1, missing when hidden; words: its counts and percentage.

    unrelied: it is not to be relied on: an open dot and a broken line, both grey; the words say so too. heading: it names
    the rows below it and has no share.
    """

    name: str
    value: float | None
    lower: float | None
    upper: float | None
    words: tuple[str, str]
    unrelied: bool = False
    heading: bool = False

    @property
    def drawn(self) -> bool:
        """Whether there is a share that is possible; more than everybody is said in words only."""
        return self.value is not None and self.value <= 1


def heights(groups: int) -> tuple[float, float]:
    """Height in inches of the chart of so many groups, wide and narrow; many are set closer, to stay on a printed page."""
    return 1.15 + (0.42 if groups <= _MANY else 0.31) * groups, 1.15 + 0.62 * groups


def _limits(dots: Sequence[Dot], whole: float | None) -> tuple[float, float]:
    found = [value for dot in dots if dot.drawn for value in (dot.value, dot.lower, dot.upper) if value is not None]
    found += [whole] if whole is not None else []
    low, high = min(found, default=0.0), max(found, default=1.0)
    room = max(0.02, 0.06 * (high - low))
    return max(0.0, low - room), min(1.0, high + room)


def _dot(axes: Axes, at: float, dot: Dot) -> None:
    if not dot.drawn:
        return
    colour, line, middle = (GREY, (0, (2, 1)), "white") if dot.unrelied else (BLUE, "-", BLUE)
    if dot.lower is not None and dot.upper is not None:
        axes.plot(
            [dot.lower, dot.upper], [at, at], color=colour, linestyle=line, linewidth=2.2, solid_capstyle="butt", zorder=3
        )
    axes.plot([dot.value or 0.0], [at], "o", color=colour, mfc=middle, mew=1.5, markersize=7.5, zorder=4, clip_on=False)


def _whole(axes: Axes, value: float, name: str) -> None:
    low, high = axes.get_xlim()
    share = (value - low) / (high - low)
    side = "left" if share < 0.25 else "right" if share > 0.75 else "center"
    axes.axvline(value, color=TURQUOISE, linewidth=1.8, zorder=2)
    axes.annotate(
        name, (share, 1), (0, 4), "axes fraction", "offset points", ha=side, va="bottom", color=TEXT, weight="bold"
    )


def intervals(canvas: Canvas, narrow: bool, dots: Sequence[Dot], whole: tuple[float, str] | None) -> None:
    """Draw groups in the order given. whole: the programme's share and what to call it."""
    width, height = canvas.get_size_inches()
    left, right = (0.14, 0.14) if narrow else (2.1, 1.85)
    axes = canvas.add_axes((left / width, 0.48 / height, 1 - (left + right) / width, 1 - 0.85 / height))
    axes.set_xlim(*_limits(dots, whole[0] if whole else None))
    axes.set_ylim(len(dots) - 0.5, -0.6 if narrow else -0.5)
    axes.set_yticks([])
    axes.grid(visible=True, axis="x")
    axes.xaxis.set_major_locator(MaxNLocator(4 if narrow else 6, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value)))
    for at, dot in enumerate(dots):
        _dot(axes, at + (0.28 if narrow else 0), dot)
        axes.axhline(at + 0.5, color=LIGHT, linewidth=0.8)
        _words(axes, at, dot, narrow)
    if whole:
        _whole(axes, *whole)


def _words(axes: Axes, at: float, dot: Dot, narrow: bool) -> None:
    """Write the name and the numbers of a group: on either side of its dot, or above it on a telephone."""
    across = axes.get_yaxis_transform()
    counts, share = dot.words
    if dot.heading:
        start = 0 if narrow else -2.09 * axes.figure.dpi / axes.bbox.width
        name = "\n".join(textwrap.wrap(dot.name, 44 if narrow else 90))
        axes.text(start, at + 0.1, name, transform=across, weight="bold", va="center", color=BLUE, zorder=5)
        return
    if narrow:
        back = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
        name = "\n".join(textwrap.wrap(dot.name, 24, max_lines=2, placeholder="…"))
        axes.text(0, at - 0.16, name, transform=across, weight="bold", va="center", bbox=back, zorder=5)
        text = f"{share} ({counts})" if counts else share
        axes.text(1, at - 0.16, text, transform=across, ha="right", va="center", bbox=back, zorder=5)
        return
    name = "\n".join(textwrap.wrap(dot.name, 26, max_lines=3, placeholder="…"))
    inches = axes.bbox.width / axes.figure.dpi
    axes.text(-2.09 / inches, at, name, transform=across, va="center")
    colour = TEXT if dot.unrelied else BLUE
    axes.text(1 + 0.15 / inches, at, share, transform=across, va="center", weight="bold", color=colour)
    said = textwrap.fill(counts, 12) if dot.unrelied else counts
    axes.text(1 + 0.72 / inches, at, said, transform=across, va="center", color=TEXT)
