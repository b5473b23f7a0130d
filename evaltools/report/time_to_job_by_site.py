"""Figure: time to a first job at each site, one small chart a site, the other sites in grey behind it."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from dataclasses import replace

from matplotlib.figure import Figure as Canvas

from evaltools.domain.release import Release
from evaltools.report.at_risk import at_risk
from evaltools.report.curves import Curve, axis, curve, draw, scale
from evaltools.report.figure import Figure, not_shown
from evaltools.report.html import Html
from evaltools.report.milestones import milestone_table, milestone_words, milestones
from evaltools.report.palette import BLUE, GREY
from evaltools.report.picture import picture
from evaltools.report.timescale import Timescale
from evaltools.report.words import few, listing, percent, plural

__all__ = ["time_to_job_by_site"]


def time_to_job_by_site(release: Release) -> Html | None:
    """Draw the cumulative incidence of a first job at each site; None without people or with fewer than two sites."""
    if release.meta.kind != "records" or len(release.meta.sites) < 2:
        return None
    found = {name: curve(release, "job_start", "site", site, "job") for site, name in release.meta.sites.items()}
    curves = {name: drawn for name, drawn in found.items() if drawn is not None}
    if len(curves) < 2:
        return not_shown("Time to a first job at each site", "the release holds no curves for sites")
    absent = [name for name in found if name not in curves]
    unit = scale(release, "job_start", "site", max(drawn.end for drawn in curves.values()))
    day = _common_day(curves, unit)
    shares = {name: drawn.at(day) for name, drawn in curves.items()}
    marks = {name: milestones(drawn, unit, 4) for name, drawn in curves.items()}
    rows = math.ceil(len(curves) / 3), math.ceil(len(curves) / 2)
    gone = f" Not shown, because there are too few people or events: {listing(absent)}." if absent else ""
    return Figure(
        "time-to-job-by-site",
        f"By {unit.words(day)}, between {percent(min(shares.values()))} and {percent(max(shares.values()))} of people "
        "had started a first job, depending on the site",
        f"Share of people engaged who had started a first job, by {unit.name}s since engagement, {few(len(curves))} sites",
        f"{plural(len(curves), 'small line chart')}, one for each site. {milestone_words(marks, unit, 0)}",
        picture(
            "time-to-job-by-site",
            lambda canvas, narrow: _draw(canvas, narrow, curves, unit),
            (0.55 + 2.15 * rows[0], 0.55 + 1.75 * rows[1]),
            release.meta.synthetic,
        ),
        milestone_table("data-time-to-job-by-site", "Share of people engaged who had started a first job", marks, unit, 0),
        below=at_risk(
            release, "job_start", "site", "People still followed who have neither started a job nor left, by site", unit
        ),
        note=f"Aalen-Johansen estimates. Dark line: the site named; shaded band: its 95% confidence interval; grey lines: "
        f"the other sites. Sites stand in the order of the study, not of their results.{gone}",
    ).block()


def _common_day(curves: Mapping[str, Curve], unit: Timescale) -> float:
    """Return the last tick that every site's curve reaches."""
    shortest = min(drawn.end for drawn in curves.values())
    return max(math.floor(shortest / unit.days / unit.step + 0.02), 1) * unit.step * unit.days


def _layout(curves: Mapping[str, Curve], narrow: bool) -> tuple[int, dict[str, str]]:
    """Give the number of columns and each panel's title, wrapped to its width."""
    return (2, 3)[not narrow], {
        name: "\n".join(textwrap.wrap(name, 20 if narrow else 30, max_lines=3, placeholder="…")) for name in curves
    }


def _draw(canvas: Canvas, narrow: bool, curves: Mapping[str, Curve], unit: Timescale) -> None:
    width, height = canvas.get_size_inches()
    columns, titles = _layout(curves, narrow)
    lines = max(title.count("\n") + 1 for title in titles.values())
    count = math.ceil(len(curves) / columns)
    above = 0.2 + 0.17 * lines
    panel_height = (height - 0.62 - count * above) / count
    panels = canvas.subplots(count, columns, sharex=True, sharey=True, squeeze=False)
    canvas.subplots_adjust(
        left=0.48 / width,
        right=1 - 0.15 / width,
        top=1 - above / height,
        bottom=0.62 / height,
        hspace=above / panel_height,
        wspace=0.12,
    )
    top = min(1.0, 0.1 * math.ceil(max(float(drawn.points["upper"].max()) for drawn in curves.values()) * 10))
    ticks = replace(
        unit, step=unit.step * (2 if max(drawn.end for drawn in curves.values()) / unit.days / unit.step > 5 else 1)
    )
    longest = max(drawn.end for drawn in curves.values())
    for at, panel in enumerate(panels.flat):
        if at >= len(curves):
            panel.set_visible(False)
            continue
        name = list(curves)[at]
        for other, drawn in curves.items():
            if other != name:
                draw(panel, drawn, unit, GREY, 0.8, band=False)
        draw(panel, curves[name], unit, BLUE, 2.4)
        axis(panel, ticks, longest, top, 0.2)
        panel.tick_params(labelbottom=at + columns >= len(curves))
        panel.set_title(titles[name], loc="left", weight="bold", color=BLUE)
    canvas.text(0.48 / width, 0.12 / height, f"{unit.name.capitalize()}s since engagement", va="bottom")
