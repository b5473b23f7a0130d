"""Figure: a series in its limits, with signals marked by shape and words, phases apart and immature months grey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import FuncFormatter, MaxNLocator

from evaltools.report.figure import Figure
from evaltools.report.palette import BLUE, GREY, PLUM, TEXT, TURQUOISE
from evaltools.report.picture import picture
from evaltools.report.table import Table
from evaltools.report.words import few, listing, percent, plural, sentence

__all__ = ["RULE_WORDS", "ChartWords", "control_chart_figure"]

RULE_WORDS: Mapping[str, str] = {
    "outside": "a point outside the limits",
    "run_of_7": "seven points in a row on one side of the centre",
    "run_of_8": "eight points in a row on one side of the centre",
    "trend_of_6": "six points in a row rising or falling",
    "two_of_three": "two of three points beyond two sigma on one side",
}


@dataclass(frozen=True)
class ChartWords:
    """Words of a chart. label: what is measured. point: what one point is. false_alarm: share of series with a false signal.

    shares: values are shares, written as percentages. method: of the limits.
    """

    label: str
    point: str = "month"
    method: str = ""
    false_alarm: float | None = None
    shares: bool = True
    decimals: int = 0

    def value(self, number: float) -> str:
        """Write a value."""
        return percent(number, self.decimals) if self.shares else f"{number:,.{max(self.decimals, 1)}f}"


def control_chart_figure(
    name: str, points: pd.DataFrame, words: ChartWords, rules: Sequence[str], synthetic: bool = False
) -> Figure:
    """Draw a control chart of released values.

    Parameters
    ----------
    name : str
        Of the figure's files.
    points : pandas.DataFrame
        In order of time: label (of the time axis), value, centre, lower, upper, phase, signal_<rule> for each rule, signal,
        immature and note, as released; a value that is hidden or not known is missing.
    words : ChartWords
        What it is about.
    rules : sequence of str
        Keys of RULE_WORDS, in the order chosen beforehand.
    synthetic : bool
        Made-up data, which is said in the picture.
    """
    shown = points.reset_index(drop=True)
    found = [rule for rule in rules if shown[f"signal_{rule}"].any()]
    return Figure(
        name,
        _headline(words, shown, found),
        f"{sentence(words.label)} by {words.point}, with the centre and three-sigma limits of each phase",
        _alt(words, shown, found),
        picture(name, lambda canvas, narrow: _draw(canvas, narrow, shown, words), (3.6, 3.5), synthetic),
        _data(name, words, shown, rules),
        note=_note(words, shown, rules),
    )


def _headline(words: ChartWords, shown: pd.DataFrame, found: Sequence[str]) -> str:
    """Say which rules give a signal, and where first."""
    if not found:
        return f"{sentence(words.label)}: no signal of change beyond chance"
    at = shown.loc[shown["signal"], "label"].astype(str).tolist()
    more = f" and {plural(len(at) - 1, f'later {words.point}')}" if len(at) > 1 else ""
    return f"{sentence(words.label)}: signal of change in {at[0]}{more} ({listing([RULE_WORDS[rule] for rule in found])})"


def _alt(words: ChartWords, shown: pd.DataFrame, found: Sequence[str]) -> str:
    held = shown.dropna(subset=["value"])
    phases = "; ".join(
        f"phase {phase} centre {words.value(group['centre'].iloc[0])}" for phase, group in held.groupby("phase")
    )
    ends = (
        f"from {words.value(held['value'].iloc[0])} in {held['label'].iloc[0]} to {words.value(held['value'].iloc[-1])} in "
        f"{held['label'].iloc[-1]}"
        if len(held)
        else "no value is shown"
    )
    signals = ", ".join(str(label) for label in shown.loc[shown["signal"], "label"])
    return f"Control chart of {words.label}, {plural(len(shown), words.point)}, {ends}; {phases}. " + (
        f"Signals: {signals}." if found else "No signals."
    )


def _note(words: ChartWords, shown: pd.DataFrame, rules: Sequence[str]) -> str:
    chosen = listing([RULE_WORDS[rule] for rule in rules])
    rate = (
        f" If nothing changed, these rules would still give a signal in {percent(words.false_alarm)} of series as long."
        if words.false_alarm is not None
        else ""
    )
    young = int(shown["immature"].sum())
    grey = (
        f" The last {plural(young, words.point)} (open grey dots) are not complete yet: they are not judged and in no limit."
        if young
        else ""
    )
    lacking = int(shown["value"].isna().sum())
    gaps = f" Gaps: {few(lacking)} {words.point}{'' if lacking == 1 else 's'} without a value to show." if lacking else ""
    phases = int(shown["phase"].max())
    again = f" Limits begin anew in {few(phases)} phases, chosen by a person." if phases > 1 else ""
    method = f"{words.method}. " if words.method else ""
    return f"{method}Signals (diamonds): {chosen}, chosen beforehand.{rate}{again}{grey}{gaps}"


def _data(name: str, words: ChartWords, shown: pd.DataFrame, rules: Sequence[str]) -> Table:
    def of(value: Any) -> str:
        return "–" if pd.isna(value) else words.value(float(value))

    body = tuple(
        (
            str(row["label"]),
            *(of(row[column]) for column in ("value", "centre", "lower", "upper")),
            listing([RULE_WORDS[rule] for rule in rules if row[f"signal_{rule}"]])
            or ("not complete yet" if row["immature"] else "" if pd.isna(row["note"]) else str(row["note"]))
            or "–",
        )
        for row in shown.to_dict("records")
    )
    header = (sentence(words.point), sentence(words.label), "Centre", "Lower limit", "Upper limit", "Signal")
    return Table(f"data-{name}", f"{sentence(words.label)} and limits", header, body, text=frozenset({0, 5}))


def _draw(canvas: Canvas, narrow: bool, shown: pd.DataFrame, words: ChartWords) -> None:
    width, height = canvas.get_size_inches()
    left, right = (0.55, 0.16) if narrow else (0.62, 1.15)
    axes = canvas.add_axes((left / width, 0.66 / height, 1 - (left + right) / width, 1 - 0.86 / height))
    at = np.arange(len(shown))
    for _, group in shown.groupby("phase"):
        place = group.index.to_numpy()
        for side in ("lower", "upper"):
            axes.step(place, group[side].astype(float), where="mid", color=GREY, linewidth=1.2, linestyle=(0, (4, 2)))
        axes.plot(place, group["centre"].astype(float), color=TURQUOISE, linewidth=1.8)
    value = shown["value"].astype(float)
    ripe = ~shown["immature"].astype(bool)
    axes.plot(at, value.where(ripe), color=BLUE, linewidth=1.2, zorder=3)
    signal = shown["signal"].astype(bool)
    for mask, look in (
        (ripe & ~signal, {"marker": "o", "color": BLUE, "markersize": 4.5}),
        (signal, {"marker": "D", "color": PLUM, "markersize": 7}),
        (~ripe, {"marker": "o", "color": GREY, "mfc": "white", "markersize": 5}),
    ):
        axes.plot(at[mask], value[mask], linestyle="none", zorder=4, clip_on=False, **look)  # type: ignore[arg-type]
    for begin in shown.index[shown["phase"].diff() > 0]:
        axes.axvline(begin - 0.5, color=TEXT, linewidth=1, linestyle=(0, (1, 2)))
    _scale(axes, shown, words, narrow)
    if not narrow and len(shown):
        _ends(axes, shown.iloc[-1], words)


def _scale(axes: Axes, shown: pd.DataFrame, words: ChartWords, narrow: bool) -> None:
    numbers = shown[["value", "lower", "upper"]].astype(float)
    low, high = float(numbers.min().min()), float(numbers.max().max())
    room = 0.08 * max(high - low, 1e-9)
    axes.set_ylim(0 if low >= 0 and low < high / 3 else low - room, high + room)
    axes.set_xlim(-0.6, len(shown) - 0.4)
    labels = shown["label"].astype(str).tolist()
    axes.xaxis.set_major_locator(MaxNLocator(4 if narrow else 8, integer=True))
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: labels[round(value)] if 0 <= value < len(labels) and value == round(value) else "")
    )
    axes.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value) if words.shares else f"{value:g}"))
    axes.set_xlabel(sentence(words.point))


def _ends(axes: Axes, last: pd.Series, words: ChartWords) -> None:
    for column, text in (("upper", "Upper limit"), ("centre", f"Centre {words.value(float(last['centre']))}"),
                         ("lower", "Lower limit")):  # fmt: skip
        if not pd.isna(last[column]):
            axes.annotate(
                text, (1, float(last[column])), (5, 0), ("axes fraction", "data"), "offset points",
                va="center", color=TEXT, fontsize=9, annotation_clip=False,
            )  # fmt: skip
