"""Table: jobs kept, under every definition and every way of counting people whose outcome is unknown."""

from __future__ import annotations

from collections.abc import Iterator

from evaltools.domain.alternative import also
from evaltools.domain.release import Release
from evaltools.domain.reliance import HEADLINE_IS_THE_RANGE
from evaltools.report.figure import not_shown
from evaltools.report.html import Html
from evaltools.report.names import weeks
from evaltools.report.rows import Row, decimals, one, rows
from evaltools.report.share import mark, missing_words, share
from evaltools.report.table import Table, numbered
from evaltools.report.words import HIDDEN, count, interval, sentence

__all__ = ["sustainment_table"]

_NOTE = (
    "Not known: starters for whom nobody recorded whether the job lasted, or whose job began too late to tell. The range is "
    "the share if nobody, and if everybody, out of contact kept the job; its 95% interval covers the true share, whatever "
    "happened to them."
)


def sustainment_table(release: Release) -> Html | None:
    """Jobs kept by the whole programme; None for studies of totals.

    Under a heading for each definition and length: of those followed whose outcome is known, the possible range, of
    all starters, and with verified evidence. Where so many were lost that the range is the headline, it stands first.
    """
    if release.meta.kind != "records":
        return None
    shown = {definition: _of_definition(release, definition) for definition in release.meta.definitions}
    found = [row for held in shown.values() for row in held]
    if not found:
        return not_shown("Jobs kept", "the release holds no estimate of it")
    places = decimals(release, *found)
    absent = [row for row in found if row["statistic"] == "proportion" or row["lower"] is None]
    body = [cells for definition, held in shown.items() for cells in _part(release, definition, held, places)]
    table = Table(
        "sustainment",
        "First jobs kept, by definition and by what they are a share of",
        ("Share of", "Kept", "Share", "95% interval", "Not known"),
        tuple(body),
        note=_NOTE
        + _also_hidden(release, body)
        + "".join(f"\n\n{reason}." for reason in missing_words(release, absent))
        + _without_rule(release, shown),
        text=frozenset({0}),
    )
    return numbered(table)


def _of_definition(release: Release, definition: str) -> list[Row]:
    """Rows of one definition, in the order in which they are read."""
    at = {"definition": definition, "outcome": "sustained", "group_by": "programme"}
    main = [row for row in rows(release, **at) if row["statistic"] in ("proportion", "bounds")]
    checked = rows(release, statistic="proportion", term=also("validated"), **at)
    lengths = list(dict.fromkeys(row["horizon"] for row in main))
    return [row for length in lengths for row in _of_length([*main, *checked], length)]


def _of_length(found: list[Row], length: object) -> list[Row]:
    held = [row for row in found if row["horizon"] == length]
    ranges = any(row["statistic"] == "bounds" and row["note"] == HEADLINE_IS_THE_RANGE for row in held)
    return sorted(held, key=lambda row: row["statistic"] != "bounds") if ranges else held


def _part(release: Release, definition: str, found: list[Row], places: int) -> Iterator[tuple[str, ...]]:
    title, last = release.meta.definitions[definition].get("title", definition), 0
    for row in found:
        if weeks(row) != last:
            yield (f"Kept for {weeks(row)} weeks: {title}",)
        last = weeks(row)
        yield _cells(release, row, places)


def _cells(release: Release, row: Row, places: int) -> tuple[str, ...]:
    said = share(release, row, places)
    unknown = row["missing"] is None and release.meta.profile == "open"
    missing = "–" if unknown else count(row["missing"])
    if row["statistic"] == "bounds":
        known = interval(row["lower"], row["upper"], places)
        leads = "Headline, because so many were out of contact: range" if row["note"] == HEADLINE_IS_THE_RANGE else "Range"
        name = f"{leads}, if nobody / everybody out of contact kept the job"
        return name, f"of {said.denominator} followed", known or mark(release, row), _around(release, row, places), missing
    name = sentence(said.denominator_name) + (", kept with verified evidence" if row["term"] == also("validated") else "")
    return name, said.of if not said.hidden else said.percent, said.marked, said.interval or "–", missing


def _around(release: Release, row: Row, places: int) -> str:
    """Interval of the possible shares (Imbens-Manski), where the release has it."""
    at = {name: row[name] for name in ("definition", "outcome", "horizon", "group_by", "group")}
    found = one(release, statistic="bounds_interval", term=also("followed"), **at)
    return interval(found["lower"], found["upper"], places) or "–" if found and row["lower"] is not None else "–"


def _also_hidden(release: Release, body: list[tuple[str, ...]]) -> str:
    only = any(cells[-1] == HIDDEN for cells in body)
    return f"\n\n{HIDDEN}: {release.meta.rule}" if only else ""


def _without_rule(release: Release, shown: dict[str, list[Row]]) -> str:
    """Name the definitions that have no rule for work kept, so that their absence is no puzzle."""
    none = [release.meta.definitions[name].get("title", name) for name, held in shown.items() if not held]
    return f"\n\nNo rule for work kept: {'; '.join(none)}." if none else ""
