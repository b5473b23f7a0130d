"""Table: the same numbers as shares of other people, beside the denominator that the study counts by."""

from __future__ import annotations

from collections.abc import Iterator

from evaltools.domain.alternative import ALSO
from evaltools.domain.release import Release
from evaltools.report.html import Html
from evaltools.report.names import definition_name, outcome_name
from evaltools.report.rows import Row, decimals, headline, picked_rows
from evaltools.report.share import missing_words, share
from evaltools.report.table import Table, numbered
from evaltools.report.words import HIDDEN, sentence

__all__ = ["denominator_table"]

_OUTCOMES = ("engaged", "job_start", "sustained", "hours_16")
_READINGS = {
    "all starters": "",
    "mature cohort": "started within that time",
    "reported": "kept as reported",
    "validated": "kept with verified evidence",
    "any spell": "kept in any employment spell",
    "employment spells": "",
    "of the job-start denominator": "",
}


def denominator_table(release: Release) -> Html | None:
    """Each headline of the programme under every denominator, the study's own first; None for studies without others."""
    found = [row for outcome in _OUTCOMES for row in _of_outcome(release, outcome)]
    if not any(str(row["term"] or "").startswith(ALSO) for row in found):
        return None
    places = decimals(release, *found)
    body = tuple(_body(release, found, places))
    hidden = "".join(f"\n\n{reason}." for reason in missing_words(release, found))
    where = definition_name(release, headline(release))
    caption = f"The programme's outcomes as shares of different people, by the rules of the {where}"
    heads = ("Share of", "With the outcome", "Share", "95% interval")
    note = (
        "First in each part stands the denominator of the main findings. People not yet followed that long, or out of "
        "contact, stay in the denominator where it says 'all'." + hidden
    )
    return numbered(Table("denominators", caption, heads, body, note=note))


def _of_outcome(release: Release, outcome: str) -> list[Row]:
    at = {"definition": headline(release), "outcome": outcome, "statistic": "proportion", "group_by": "programme"}
    found = [row for row in picked_rows(release, **at) if "exactly 16" not in str(row["term"] or "")]
    first = sorted(found, key=lambda row: (row["horizon"] or 0) if outcome != "job_start" else 0)
    if outcome == "hours_16":  # at the start of the job only
        return [row for row in first if row["horizon"] is None]
    return first


def _body(release: Release, found: list[Row], places: int) -> Iterator[tuple[str, ...]]:
    last = ""
    for row in found:
        heading = sentence(outcome_name(release, row))
        if heading != last:
            yield (heading,)
        last = heading
        said = share(release, row, places)
        yield _name(row), said.counts or HIDDEN, said.marked, said.interval or "–"


def _name(row: Row) -> str:
    reading = str(row["term"] or "").removeprefix(ALSO)
    extra = _READINGS.get(reading, "")
    return sentence(str(row["denominator_name"] or "people")) + (f", {extra}" if extra else "")
