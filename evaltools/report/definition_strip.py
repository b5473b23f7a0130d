"""Figure: each headline with a dot for each definition, so that what a rule does to a share can be seen."""

from __future__ import annotations

from evaltools.domain.release import Release
from evaltools.report.by_definition import called, headlines, lowest_highest, merged
from evaltools.report.figure import Figure, not_shown
from evaltools.report.html import Html
from evaltools.report.intervals import Dot, heights, intervals
from evaltools.report.kept_range import kept_range
from evaltools.report.names import definition_name
from evaltools.report.picture import picture
from evaltools.report.rows import Row, decimals
from evaltools.report.share import missing_words, share
from evaltools.report.table import Table
from evaltools.report.words import few, interval, percent

__all__ = ["definition_strip"]

_NOTE = (
    "Bars are 95% confidence intervals. Definitions with the same numbers share a row: the data "
    "name all of them. The counts are those with the outcome and those it is a share of, whom the table below names. A dot "
    "that lies elsewhere is another rule, not another result."
)


def definition_strip(release: Release) -> Html | None:
    """Draw the programme's headlines under each definition; None for studies of totals and of one definition."""
    if release.meta.kind != "records" or len(release.meta.definitions) < 2:
        return None
    found = headlines(release)
    if not found:
        return not_shown("Headlines under each definition", "the release holds no estimate of them")
    everything = [row for held in found.values() for row in held]
    places = decimals(release, *everything)
    dots = [dot for heading, held in found.items() for dot in _part(release, heading, held, places)]
    many = few(len(release.meta.definitions))
    return Figure(
        "definitions",
        _headline(found, places),
        f"{release.meta.programme}: share with each outcome under {many} definitions, each of the people it counts",
        _alt(release, found, places),
        picture(
            "definitions", lambda canvas, narrow: intervals(canvas, narrow, dots, None), heights(len(dots)),
            release.meta.synthetic,
        ),
        _data(release, found, places),
        note=_NOTE + "".join(f"\n\n{reason}." for reason in missing_words(release, everything)),
    ).block()  # fmt: skip


def _part(release: Release, heading: str, held: list[Row], places: int) -> list[Dot]:
    dots = [Dot(heading, None, None, None, ("", ""), heading=True)]
    for alike in merged(held):
        row = alike[0]
        said = share(release, row, places)
        limits = row["value"], row["lower"], row["upper"]
        bounds = kept_range(release, row)
        if bounds is not None:  # so many were lost that a dot would mislead
            around = f"{interval(bounds['lower'], bounds['upper'], places)} possible"
            dots.append(Dot(called(release, alike), None, None, None, ("", around)))
            continue
        dots.append(Dot(called(release, alike), *limits, (said.counts, said.percent), bool(said.doubt)))
    return dots


def _headline(found: dict[str, list[Row]], places: int) -> str:
    """Tell of the headline that moves most."""
    ends = {heading: held for heading, rows in found.items() if (held := lowest_highest(rows)) is not None}
    if not ends:
        return "No headline can be shown under more than one definition"
    most = max(ends, key=lambda heading: ends[heading][1] - ends[heading][0])
    low, high = (percent(value, places) for value in ends[most])
    if low == high:
        return "No headline moves from one definition to another"
    return f"{most}: between {low} and {high}, depending on the definition"


def _alt(release: Release, found: dict[str, list[Row]], places: int) -> str:
    said = []
    for heading, held in found.items():
        ends = lowest_highest(held)
        values = [row["value"] for row in held if row["value"] is not None and kept_range(release, row) is None]
        if ends:
            said.append(
                f"{heading}: {percent(ends[0], places)} to {percent(ends[1], places)} in {few(len(values))} definitions"
            )
        elif values:
            said.append(f"{heading}: {percent(values[0], places)} in one definition")
    return f"Dot chart with intervals, a row for each outcome and definition. {'. '.join(said)}."


def _data(release: Release, found: dict[str, list[Row]], places: int) -> Table:
    body = []
    for heading, held in found.items():
        for row in held:
            said = share(release, row, places)
            name = definition_name(release, str(row["definition"]))
            body.append((heading, name, said.numerator, said.denominator, said.marked, said.interval or "–"))
    heads = ("Outcome", "Definition", "With the outcome", "Out of", "Share", "95% interval")
    return Table("data-definitions", "Share with each outcome, by definition", heads, tuple(body), text=frozenset({0, 1}))
