"""Table: each headline under each definition, with what it is a share of."""

from __future__ import annotations

from collections.abc import Iterator

from evaltools.domain.release import Release
from evaltools.report.by_definition import headlines
from evaltools.report.html import Html
from evaltools.report.kept_range import kept_range
from evaltools.report.names import definition_name
from evaltools.report.rows import Row, decimals
from evaltools.report.share import missing_words, share
from evaltools.report.table import Table, numbered
from evaltools.report.words import count, interval

__all__ = ["definition_table"]


def definition_table(release: Release) -> Html | None:
    """Return a row for each headline and definition; None for studies of totals and of one definition."""
    if release.meta.kind != "records" or len(release.meta.definitions) < 2:
        return None
    found = headlines(release)
    everything = [row for held in found.values() for row in held]
    if not everything:
        return None
    body = tuple(_body(release, found, decimals(release, *everything)))
    absent = "".join(f"\n\n{reason}." for reason in missing_words(release, everything))
    caption = "The programme's headlines under each definition"
    heads = ("Definition", "Share of", "With the outcome", "Share", "95% interval")
    note = (
        "A definition that says nothing of an outcome has no row for it. Where so many were out of contact that one share "
        "would mislead, the range of possible shares stands in its place." + absent
    )
    return numbered(Table("by-definition", caption, heads, body, note=note, text=frozenset({0, 1})))


def _body(release: Release, found: dict[str, list[Row]], places: int) -> Iterator[tuple[str, ...]]:
    for heading, held in found.items():
        yield (heading,)
        for row in held:
            said = share(release, row, places)
            name = definition_name(release, str(row["definition"]))
            bounds = kept_range(release, row)
            if bounds is not None:
                around = f"{interval(bounds['lower'], bounds['upper'], places)} possible"
                yield name, str(bounds["denominator_name"]), f"of {count(bounds['denominator'])}", around, "–"
                continue
            yield name, said.denominator_name, said.counts or said.percent, said.marked, said.interval or "–"
