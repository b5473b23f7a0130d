"""What was achieved against target, and how it divides into parts that multiply to the whole."""

from __future__ import annotations

import itertools
import math
import textwrap
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from evaltools.domain.release import Release
from evaltools.report.figure import Figure
from evaltools.report.html import Html, join, slug
from evaltools.report.names import group_name, measure_name
from evaltools.report.palette import BLUE, LIGHT, TEXT, TURQUOISE
from evaltools.report.picture import picture
from evaltools.report.rows import Row, in_order, rows
from evaltools.report.share import mark, missing_words
from evaltools.report.table import Table, numbered
from evaltools.report.words import count, listing, percent

__all__ = ["target_decomposition", "target_table"]

Parts = dict[str, float]
_APART = 0.4  # inches between ticks, as wide as their words


def _found(release: Release) -> list[Row]:
    found = rows(release, statistic="achieved_over_target")
    return in_order(release, found)


def target_table(release: Release) -> Html | None:
    """Achieved of target for each measure, a row for each site; None when the study has no targets."""
    found = [row for row in _found(release) if row["term"] == "total"]
    if not found:
        return None
    order = [*release.meta.groups, *release.meta.outcomes]
    measures = sorted(
        dict.fromkeys(str(row["outcome"]) for row in found), key=lambda m: order.index(m) if m in order else len(order)
    )
    groups = list(dict.fromkeys(group_name(release, row) for row in found))
    cells = {(group_name(release, row), row["outcome"]): _achieved(release, row) for row in found}
    table = Table(
        "targets",
        "Achieved as a percentage of target, and achieved of target",
        ("Site", *(measure_name(release, measure) for measure in measures)),
        tuple((group, *(cells.get((group, measure), "no target") for measure in measures)) for group in groups),
        note="Targets are those of the contracts. They expect a different share of people to start work at each site, so a "
        "percentage of target cannot be compared between sites without its parts."
        + "".join(f"\n\n{words}." for words in missing_words(release, found)),
        total=found[-1]["group_by"] == "programme",
    )
    return numbered(table)


def _achieved(release: Release, row: Row) -> str:
    if row["value"] is None:
        return mark(release, row)
    return f"{percent(row['value'])}\n{count(row['numerator'])} of {count(row['denominator'])}"


def target_decomposition(release: Release) -> Html | None:
    """Draw, for each measure with parts, achieved over target and the parts whose product it is."""
    found = [row for row in _found(release) if row["value"] is not None]
    divided = [row["outcome"] for row in found if row["term"] != "total"]
    drawn = [_figure(release, [row for row in found if row["outcome"] == outcome]) for outcome in dict.fromkeys(divided)]
    return join(*drawn) if drawn else None


def _figure(release: Release, found: Sequence[Row]) -> Html:
    measure = str(found[0]["outcome"])
    label = measure_name(release, measure)
    terms = list(dict.fromkeys(str(row["term"]) for row in found))
    heads = {term: label if term == "total" else measure_name(release, term) for term in terms}
    groups: dict[str, Parts] = {}
    for row in found:
        groups.setdefault(group_name(release, row), {})[str(row["term"])] = float(row["value"])
    product = " × ".join(heads[term].lower() for term in terms if term != "total")
    name = f"targets-{slug(measure)}"
    said = "; ".join(
        f"{group} {percent(parts.get('total'))} = {' × '.join(percent(parts.get(term)) for term in terms[1:])}"
        for group, parts in groups.items()
    )
    size = len(groups)
    return Figure(
        name,
        _headline(label, groups, [name for name in groups if name != release.meta.programme]),
        f"Achieved as a percentage of target, and its parts: {product}",
        f"Dot chart of achieved over target. {label} = {product}: {said}.",
        picture(
            name,
            lambda canvas, narrow: _draw(canvas, narrow, groups, heads),
            (1.4 + 0.44 * size, len(terms) * (0.85 + 0.36 * size) + 0.3),
            release.meta.synthetic,
        ),
        Table(
            f"data-{name}",
            f"{label}: achieved as a percentage of target, and its parts",
            ("Site", *heads.values()),
            tuple((group, *(percent(parts.get(term), 1) for term in terms)) for group, parts in groups.items()),
        ),
        note="The parts multiply exactly to the whole. Half of target is drawn as far to the left of the line "
        "as twice the target to its right.",
    ).block()


def _headline(label: str, groups: Mapping[str, Parts], sites: Sequence[str]) -> str:
    """Say which sites fell short of target."""
    short = [group for group in sites if groups[group].get("total", 1) < 1]
    if not short:
        return f"{label}: no site fell short of its target"
    if len(short) == len(sites) > 1:
        return f"{label}: every site fell short of its target"
    return f"{label}: {listing(short)} fell short of target"


def _draw(canvas: Canvas, narrow: bool, groups: Mapping[str, Parts], heads: Mapping[str, str]) -> None:
    width, height = canvas.get_size_inches()
    shape = (len(heads), 1) if narrow else (1, len(heads))
    panels = canvas.subplots(*shape, sharex=True, sharey=True, squeeze=False).flat
    left = 1.62 if narrow else 1.85
    canvas.subplots_adjust(
        left=left / width,
        right=1 - 0.2 / width,
        top=1 - (0.55 if narrow else 0.7) / height,
        bottom=0.55 / height,
        wspace=0.16,
        hspace=0.42,
    )
    values = [value for parts in groups.values() for value in parts.values() if value > 0]
    for at, (panel, (term, head)) in enumerate(zip(panels, heads.items(), strict=True)):
        sign = {0: "", 1: "= "}.get(at, "× ")
        title = textwrap.fill(f"{sign}{head}", 40 if narrow or len(heads) < 4 else 16)
        panel.set_title(title, loc="left", weight="bold", pad=8)
        _panel(panel, [parts.get(term) for parts in groups.values()], min(values, default=1), max(values, default=1))
        panel.set_yticks([])
        if narrow or at == 0:
            _names(panel, list(groups), left)


def _names(axes: Axes, names: Sequence[str], margin: float) -> None:
    inches = axes.bbox.width / axes.figure.dpi
    for at, name in enumerate(names):
        text = "\n".join(textwrap.wrap(name, 22, max_lines=3, placeholder="…"))
        axes.text(-(margin - 0.02) / inches, at, text, transform=axes.get_yaxis_transform(), va="center")


def _ticks(left: float, right: float, inches: float) -> list[float]:
    """Choose as many ticks as stand apart, the target among them where that leaves at least two.

    >>> _ticks(0.45, 2, 0.8), _ticks(0.45, 2.6, 4)
    ([0.5, 1], [0.5, 1, 2])
    """
    scale = inches / math.log(right / left)
    for choice in ((0.25, 0.5, 1, 2, 4), *((1 / times, 1, times) for times in (2, 4, 5, 10, 20))):
        inside = [tick for tick in choice if left <= tick <= right]
        apart = all(scale * math.log(upper / lower) >= _APART for lower, upper in itertools.pairwise(inside))
        if len(inside) > 1 and apart:
            return inside
    return [0.5, 1]


def _panel(axes: Axes, values: Sequence[float | None], low: float, high: float) -> None:
    axes.set_xscale("log")
    left, right = min(low / 1.3, 0.45), max(high * 1.1, 1.2)
    width = axes.bbox.width / axes.figure.dpi
    right = left * (right / left) ** (1 / (1 - 0.55 / width))  # room for a label to the right of the last dot
    axes.set_xlim(left, right)
    axes.set_ylim(len(values) - 0.5, -0.5)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.xaxis.set_major_locator(FixedLocator(_ticks(left, right, width)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value)))
    axes.axvline(1, color=TURQUOISE, linewidth=1.8, zorder=2)
    for at, value in enumerate(values):
        axes.axhline(at + 0.5, color=LIGHT, linewidth=0.8)
        if value is not None and value > 0:
            axes.plot([1, value], [at, at], color=BLUE, linewidth=2.2, zorder=3)
            axes.plot([value], [at], "o", color=BLUE, markersize=7, zorder=4)
            back = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
            ends = max(value, 1)
            axes.annotate(percent(value), (ends, at), (9, 0), textcoords="offset points", va="center", color=TEXT, bbox=back)
