"""Figure: sites in a funnel, by how many people their share rests on, between limits that chance would keep them within."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import FuncFormatter, MaxNLocator

from evaltools.report.figure import Figure
from evaltools.report.label_places import place_labels
from evaltools.report.lines import spread
from evaltools.report.palette import BLUE, GREY, PLUM, TEXT, TURQUOISE
from evaltools.report.picture import picture
from evaltools.report.site_sentences import funnel_headline, position_sentence
from evaltools.report.table import Table
from evaltools.report.words import count, percent

__all__ = ["FunnelWords", "funnel_figure"]

_OVER = "_overdispersed"


@dataclass(frozen=True)
class FunnelWords:
    """Words of a funnel. label: the outcome, a verb phrase ('started a job'). denominator: what its people are called.

    target: what sites are held against. method: how limits were made. note: on few sites. noun: what one dot
    is. inner, outer: names of the levels, as in the columns.
    """

    label: str
    denominator: str
    target: str = "the programme average"
    method: str = ""
    note: str = ""
    inner: str = "95"
    outer: str = "998"
    decimals: int = 0
    noun: str = "site"


def funnel_figure(
    name: str, sites: pd.DataFrame, limits: pd.DataFrame, target: float, words: FunnelWords, synthetic: bool = False
) -> Figure:
    """Draw a funnel of released shares.

    Parameters
    ----------
    name : str
        Of the figure's files.
    sites : pandas.DataFrame
        One row a site: name, numerator, denominator, value, position, note, and its limits (lower_95 ... with and without
        '_overdispersed'), as released; numbers may be missing.
    limits : pandas.DataFrame
        size and the same limits at many sizes, from the same funnel.
    target : float
        Share that the sites are held against.
    words : FunnelWords
        What it is about.
    synthetic : bool
        Made-up data, which is said in the picture.
    """
    names = [str(each) for each in sites["name"]]
    positions = [str(each) for each in sites["position"]]
    said = [
        position_sentence(who, place, words.target, "" if pd.isna(note) else str(note))
        for who, place, note in zip(names, positions, sites["note"], strict=True)
    ]
    d = words.decimals
    numbers = [
        f"{who} {percent(_known(value), d)} of {count(_known(n))}"
        for who, value, n in zip(names, sites["value"], sites["denominator"], strict=True)
    ]
    wider = bool((limits[f"upper_{words.inner}{_OVER}"] > limits[f"upper_{words.inner}"] + 1e-9).any())
    return Figure(
        name,
        funnel_headline(words.label, names, positions, words.target, words.noun),
        f"{words.label[:1].upper()}{words.label[1:]}: share of {words.denominator}, by number of {words.denominator}",
        f"Funnel plot around {words.target}, {percent(target, d)}: {'; '.join(numbers)}. {' '.join(said)}",
        picture(name, lambda canvas, narrow: _draw(canvas, narrow, sites, limits, target, words), (4.6, 4.4), synthetic),
        _data(name, sites, words),
        note=_note(words, wider) + "".join(f"\n\n{each}" for each in said),
    )


def _known(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _note(words: FunnelWords, wider: bool) -> str:
    inner, outer = (f"{_level(each)}%" for each in (words.inner, words.outer))
    dashed = (
        f" Dashed lines: the same, allowing for {words.noun}s that differ by more than chance; sentences go by these."
        if wider
        else ""
    )
    found = f" {words.method[:1].upper()}{words.method[1:]}." if words.method else ""
    few = f" Caution: {words.note}." if words.note else ""
    return (
        f"Of {words.noun}s no different from {words.target}, {inner} fall within the inner limits, {outer} within the outer."
        f"{dashed}{found}{few} {words.noun.capitalize()}s are held against {words.target}, not against each other."
    )


def _level(name: str) -> str:
    return name if len(name) <= 2 else f"{name[:2]}.{name[2:]}"


def _data(name: str, sites: pd.DataFrame, words: FunnelWords) -> Table:
    d = words.decimals
    body = tuple(
        (
            str(row["name"]),
            count(_known(row["numerator"])),
            count(_known(row["denominator"])),
            percent(_known(row["value"]), d),
            *(
                f"{percent(_clip(row[f'lower_{level}{over}']), d)} to {percent(_known(row[f'upper_{level}{over}']), d)}"
                if not pd.isna(row[f"lower_{level}"])
                else "–"
                for level in (words.inner, words.outer)
                for over in ("", _OVER)
            ),
            str(row["position"]),
        )
        for row in sites.to_dict("records")
    )
    heads = [f"{_level(level)}% limits{extra}" for level in (words.inner, words.outer) for extra in ("", ", over-dispersed")]
    header = (words.noun.capitalize(), "With the outcome", "Out of", "Share", *heads, "Position")
    return Table(f"data-{name}", f"{words.label[:1].upper()}{words.label[1:]}: {words.noun}s and limits", header, body)


def _clip(value: Any) -> float | None:
    known = _known(value)
    return None if known is None else max(0.0, known)


def _draw(
    canvas: Canvas, narrow: bool, sites: pd.DataFrame, limits: pd.DataFrame, target: float, words: FunnelWords
) -> None:
    width, height = canvas.get_size_inches()
    left, right = (0.52, 0.16) if narrow else (0.6, 1.6)
    axes = canvas.add_axes((left / width, 0.62 / height, 1 - (left + right) / width, 1 - 0.95 / height))
    size = limits["size"].to_numpy(dtype=float)
    shown = sites.dropna(subset=["value", "denominator"])
    shown = shown[shown["value"] <= 1]
    axes.set_xlim(0, float(size.max()))
    tops = [float(shown["value"].max()) if len(shown) else target, target]
    axes.set_ylim(0, min(1.0, 0.1 * np.ceil(10 * min(1.0, max(tops) * 1.45 + 0.02))))
    bands = ((words.outer, GREY, 1.2, "outer"), (words.inner, TURQUOISE, 1.6, "inner"))
    for level, colour, line, _ in bands:
        for over, style in (("", "-"), (_OVER, (0, (4, 2)))):
            for side in ("lower", "upper"):
                axes.plot(
                    size, limits[f"{side}_{level}{over}"].clip(0, 1), color=colour, linewidth=line, linestyle=style, zorder=2
                )
    axes.axhline(target, color=TEXT, linewidth=1.4, zorder=2)
    for position, group in shown.groupby("position", sort=False):
        far = position != "within"
        axes.plot(
            group["denominator"], group["value"], "D" if far else "o", color=PLUM if far else BLUE, markersize=7, zorder=4,
            mec="white", clip_on=False,
        )  # fmt: skip
    _names(axes, shown, narrow)
    if not narrow:
        _ends(axes, limits, target, words)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value)))
    axes.xaxis.set_major_locator(MaxNLocator(4 if narrow else 7, steps=[1, 2, 2.5, 5, 10], integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: count(value)))
    axes.set_xlabel(f"Number of {words.denominator}")


def _names(axes: Axes, shown: pd.DataFrame, narrow: bool) -> None:
    """Write each site's name where it covers neither a dot nor another name."""
    if not len(shown):
        return
    inches = np.array([axes.bbox.width, axes.bbox.height]) / axes.figure.dpi
    low, high = axes.get_ylim()
    x, y = shown["denominator"].to_numpy(dtype=float), shown["value"].to_numpy(dtype=float)
    dots = np.column_stack([x / axes.get_xlim()[1], (y - low) / (high - low)]) * inches
    size = 8.5 if narrow else 9.5
    texts = [name if len(name) <= 32 else f"{name[:31]}…" for name in map(str, shown["name"])]
    for text, (across, up) in zip(
        texts, place_labels(dots, [0.0069 * size * len(text) for text in texts], inches), strict=True
    ):
        axes.annotate(
            text, (across / inches[0], up / inches[1]), xycoords="axes fraction", ha="left", va="center", fontsize=size,
            zorder=5, annotation_clip=False, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.2, "alpha": 0.6},
        )  # fmt: skip


def _ends(axes: Axes, limits: pd.DataFrame, target: float, words: FunnelWords) -> None:
    """Name the lines at their ends."""
    last = limits.iloc[-1]
    ends = {f"Target {percent(target, words.decimals)}": target}
    for level in (words.outer, words.inner):
        ends[f"{_level(level)}% limits"] = float(last[f"upper_{level}"])
    if last[f"upper_{words.inner}{_OVER}"] > last[f"upper_{words.inner}"] + 1e-9:
        ends[f"{_level(words.outer)}%, over-dispersed"] = min(1.0, float(last[f"upper_{words.outer}{_OVER}"]))
        ends[f"{_level(words.inner)}%, over-dispersed"] = min(1.0, float(last[f"upper_{words.inner}{_OVER}"]))
    placed = pd.Series(ends)
    for _ in range(30):
        placed = spread(placed, 0.055 * axes.get_ylim()[1])
    for text in ends:
        axes.annotate(
            text, (1, float(placed[text])), (6, 0), ("axes fraction", "data"), "offset points",
            va="center", color=TEXT, fontsize=9, annotation_clip=False,
        )  # fmt: skip
