"""Figure: shrunken values of sites with their intervals, and beside each the interval of its rank."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import FuncFormatter, MaxNLocator

from evaltools.report.figure import Figure
from evaltools.report.palette import BLUE, GREY, LIGHT, TEXT, TURQUOISE
from evaltools.report.picture import picture
from evaltools.report.table import Table
from evaltools.report.words import few, interval, percent, sentence

__all__ = ["caterpillar"]

Site = dict[str, Any]


def caterpillar(  # noqa: PLR0913 - the numbers, and the words that go with them
    name: str,
    sites: pd.DataFrame,
    average: float,
    label: str,
    denominator: str,
    method: str = "",
    caution: str = "",
    decimals: int = 0,
    synthetic: bool = False,
    noun: str = "site",
) -> Figure:
    """Draw sites from the highest shrunken value to the lowest, each with its 95% interval and its rank interval.

    Parameters
    ----------
    name : str
        Of the figure's files.
    sites : pandas.DataFrame
        One row a site: name, raw, value, lower, upper, median_rank, lower_rank, upper_rank, p_best, p_top_half, note, as
        released; missing for a site that is not compared.
    average : float
        The programme's share.
    label, denominator : str
        The outcome as a verb phrase, and what its people are called.
    method, caution : str
        How the numbers were made, and what a reader should be warned of.
    decimals : int
        Of percentages.
    synthetic : bool
        Made-up data, which is said in the picture.
    noun : str
        What one row is.
    """
    ordered = sites.sort_values("value", ascending=False, kind="stable", na_position="last")
    rows = [{str(key): held for key, held in row.items()} for row in ordered.to_dict("records")]
    known = [row for row in rows if not pd.isna(row["value"])]
    left_out = [row for row in rows if pd.isna(row["value"])]
    return Figure(
        name,
        _headline(label, known, noun),
        f"{sentence(label)}: share of {denominator}, pulled to the average, and where each site may rank",
        _alt(label, known, average, decimals),
        picture(
            name,
            lambda canvas, narrow: _draw(canvas, narrow, known, average),
            (1.5 + 0.42 * len(known), 1.45 + 0.66 * len(known)),
            synthetic,
        ),
        _data(name, label, rows, decimals),
        note=f"Bars: 95% intervals; open dots: the {noun}s' own shares; line: the average, {percent(average, decimals)}. "
        f"Ranks are intervals too: a {noun}'s place in an order is not known better than that."
        + (f" {sentence(method)}." if method else "")
        + (f" Caution: {caution}." if caution else "")
        + "".join(f"\n\n{row['name']} is not drawn: {row['note']}." for row in left_out),
    )


def _headline(label: str, known: Sequence[Site], noun: str) -> str:
    """Say how much of the order of sites is known: which are surely in one half."""
    if len(known) < 2:
        return f"{sentence(label)}: one {noun}, so there is no order"
    half = (len(known) + 1) / 2
    upper = [str(row["name"]) for row in known if row["upper_rank"] < half]
    lower = [str(row["name"]) for row in known if row["lower_rank"] > half]
    if not upper and not lower:
        return f"{sentence(label)}: the data cannot say of any {noun} whether it is in the upper half"
    said = [f"{few(len(group))} of {few(len(known))} {noun}s surely in the {which} half" for which, group in
            (("upper", upper), ("lower", lower)) if group]  # fmt: skip
    return f"{sentence(label)}: {' and '.join(said)}; the order of the others is not known"


def _ranks(row: Site) -> str:
    low, high = round(row["lower_rank"]), round(row["upper_rank"])
    return f"{low}" if low == high else f"{low} to {high}"


def _alt(label: str, known: Sequence[Site], average: float, decimals: int) -> str:
    said = "; ".join(
        f"{row['name']} {percent(row['value'], decimals)} ({interval(row['lower'], row['upper'], decimals)}), "
        f"rank {_ranks(row)}"
        for row in known
    )
    return (
        f"Caterpillar plot. {sentence(label)}, shrunken to the average of {percent(average, decimals)}: {said or 'no site'}."
    )


def _data(name: str, label: str, rows: Sequence[Site], decimals: int) -> Table:
    def of(row: Site, column: str) -> str:
        return "–" if pd.isna(row[column]) else percent(row[column], decimals)

    body = tuple(
        (
            str(row["name"]),
            of(row, "raw"),
            of(row, "value"),
            "–" if pd.isna(row["value"]) else interval(row["lower"], row["upper"], decimals),
            "–" if pd.isna(row["value"]) else f"{row['median_rank']:g} ({_ranks(row)})",
            *("–" if pd.isna(row[column]) else percent(row[column]) for column in ("p_best", "p_top_half")),
        )
        for row in rows
    )
    header = ("Site", "Own share", "Shrunken share", "95% interval", "Median rank (95% interval)", "Chance of being highest",
              "Chance of being in the upper half")  # fmt: skip
    return Table(f"data-{name}", f"{sentence(label)}: shrunken shares and ranks", header, body)


def _draw(canvas: Canvas, narrow: bool, known: Sequence[Site], average: float) -> None:
    width, height = canvas.get_size_inches()
    left, right = (0.14, 0.14) if narrow else (2.1, 1.75)
    axes = canvas.add_axes((left / width, 0.5 / height, 1 - (left + right) / width, 1 - (1.05 if narrow else 1.15) / height))
    ends = [float(row[column]) for row in known for column in ("lower", "upper", "raw")] + [average]
    room = max(0.02, 0.06 * (max(ends) - min(ends)))
    axes.set_xlim(max(0.0, min(ends) - room), min(1.0, max(ends) + room))
    axes.set_ylim(len(known) - 0.5, -0.6 if narrow else -0.5)
    axes.set_yticks([])
    axes.grid(visible=True, axis="x")
    axes.xaxis.set_major_locator(MaxNLocator(4 if narrow else 6, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value)))
    axes.axvline(average, color=TURQUOISE, linewidth=1.8, zorder=2)
    low, high = axes.get_xlim()
    share = (average - low) / (high - low)
    side = "left" if share < 0.25 else "right" if share > 0.75 else "center"
    axes.annotate(f"Average {percent(average)}", (share, 1), (0, 4), "axes fraction", "offset points", ha=side, va="bottom",
                  color=TEXT, weight="bold")  # fmt: skip
    for at, row in enumerate(known):
        y = at + (0.24 if narrow else 0)
        axes.plot([row["lower"], row["upper"]], [y, y], color=BLUE, linewidth=2.2, solid_capstyle="butt", zorder=3)
        axes.plot([row["raw"]], [y], "o", color=GREY, mfc="white", mew=1.3, markersize=6, zorder=3)
        axes.plot([row["value"]], [y], "o", color=BLUE, markersize=7.5, zorder=4)
        axes.axhline(at + 0.5, color=LIGHT, linewidth=0.8)
        _words(axes, at, row, narrow)
    if not narrow:
        inches = axes.bbox.width / canvas.dpi
        axes.annotate("Rank", (1 + 0.95 / inches, 1), (0, 4), "axes fraction", "offset points", va="bottom", color=TEXT)


def _words(axes: Axes, at: int, row: Site, narrow: bool) -> None:
    across = axes.get_yaxis_transform()
    share, rank = percent(row["value"]), _ranks(row)
    if narrow:
        back = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
        named = "\n".join(textwrap.wrap(str(row["name"]), 22, max_lines=2, placeholder="…"))
        axes.text(0, at - 0.16, named, transform=across, weight="bold", va="center", bbox=back, zorder=5)
        axes.text(1, at - 0.16, f"{share}, rank {rank}", transform=across, ha="right", va="center", bbox=back, zorder=5)
        return
    named = "\n".join(textwrap.wrap(str(row["name"]), 26, max_lines=3, placeholder="…"))
    inches = axes.bbox.width / axes.figure.dpi
    axes.text(-2.09 / inches, at, named, transform=across, va="center")
    axes.text(1 + 0.15 / inches, at, share, transform=across, va="center", weight="bold", color=BLUE)
    axes.text(1 + 0.95 / inches, at, rank, transform=across, va="center", color=TEXT)
