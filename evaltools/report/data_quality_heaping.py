"""Table: do job lengths and weekly hours pile up just above the thresholds at which contracts pay."""

from __future__ import annotations

from evaltools.domain.heaping import binomial_tail
from evaltools.domain.release import Release
from evaltools.report.html import Html
from evaltools.report.quality_counts import chosen_sites, quality_counts
from evaltools.report.table import Table, numbered
from evaltools.report.words import HIDDEN, count, probability

__all__ = ["data_quality_heaping"]

_SAID = 0.01
_LEAST = 10
_NOTE = (
    "Just below and just above: within 7 days of a length, or 2 hours of weekly hours, unless the study says otherwise; a "
    "job at the threshold is above. Test: one-sided exact binomial, whether as many just above would be seen if both sides "
    "were as likely. Heaping may be good support up to a milestone, or dates entered to fit; the table cannot tell."
)


def data_quality_heaping(release: Release, site_id: str = "") -> Html | None:
    """Compare jobs just below and just above each threshold, by site; None when the release does not say.

    The test uses the released counts, so that it gives no hidden count away.
    """
    found = quality_counts(release, "heaping")
    rows = [*chosen_sites(release, site_id), *(["all"] if not site_id else [])]
    names = list(dict.fromkeys(column.rpartition(".")[0] for _, column in found))
    body = [
        (
            _called(name),
            release.meta.sites.get(row, release.meta.programme),
            count(found[row, f"{name}.below"]),
            count(found[row, f"{name}.above"]),
            _verdict(found[row, f"{name}.below"], found[row, f"{name}.above"]),
        )
        for name in names
        for row in rows
        if (row, f"{name}.below") in found
    ]
    if not body:
        return None
    hidden = f" {HIDDEN}: {release.meta.rule}" if any(HIDDEN in line for line in body) else ""
    table = Table(
        "quality-heaping",
        "Jobs just below and just above the thresholds of contracts",
        ("Threshold", "Site", "Just below", "Just above", "Exact test"),
        tuple(body),
        note=_NOTE + hidden,
        text=frozenset({0, 1, 4}),
        tones={"Heaping": "tone-some"},
    )
    return numbered(table)


def _called(name: str) -> str:
    """Name a threshold.

    >>> _called("weeks_13"), _called("hours_16")
    ('13 weeks in a job', '16 hours a week')
    """
    kind, _, number = name.partition("_")
    return f"{number} weeks in a job" if kind == "weeks" else f"{number} hours a week"


def _verdict(below: float | None, above: float | None) -> str:
    if below is None or above is None:
        return "Not shown"
    if below + above < _LEAST:
        return "Too few to say"
    chance = binomial_tail(int(above), int(below))
    return f"{'Heaping' if chance < _SAID else 'No heaping'}\n{probability(chance)}"
