"""The main findings in sentences, each made by a rule from result rows. No sentence says why something happened."""

from __future__ import annotations

from evaltools.domain.release import Release
from evaltools.domain.reliance import GREYED
from evaltools.report.checks_table import contradictions
from evaltools.report.data_used import quality_sentence
from evaltools.report.homogeneity import follow_up, homogeneity
from evaltools.report.html import Html, element
from evaltools.report.kept_range import followed_words, kept_range
from evaltools.report.names import outcome_name, weeks
from evaltools.report.rows import Row, by_horizon, decimals, one, outcomes, rows
from evaltools.report.share import share, unknown_words
from evaltools.report.site_comparison import standard
from evaltools.report.tiles import nearest
from evaltools.report.timescale import timescale
from evaltools.report.words import few, interval, percent, sentence

__all__ = ["findings"]


def findings(release: Release) -> Html | None:
    """Return the main findings as a list of sentences, the last about the data themselves; None when there are none."""
    said = _people(release) if release.meta.kind == "records" else _totals(release)
    said = [*said, _data(release)]
    held = [element("li", text) for text in said if text]
    return element("ul", *held, class_="findings") if held else None


def _people(release: Release) -> list[str]:
    programme = {"statistic": "proportion", "group_by": "programme"}
    kept = rows(release, outcome="sustained", **programme)
    return [
        _plain(release, one(release, outcome="engaged", **programme)),
        _plain(release, one(release, outcome="job_start", **programme)),
        _in_time(release),
        *(_kept(release, row) for row in by_horizon(kept)),
        _sites(release, "job_start"),
        _sites(release, "sustained"),
    ]


def _plain(release: Release, row: Row | None) -> str:
    if row is None:
        return ""
    said = share(release, row, decimals(release, row)).words
    return sentence(f"{said} {outcome_name(release, row)}.{unknown_words(release, row)}")


def _in_time(release: Release) -> str:
    at = {"outcome": "job_start", "statistic": "cumulative_incidence", "group_by": "programme"}
    row = nearest(rows(release, term="job", **at), 365)
    if row is None or row["value"] is None:
        return ""
    said = share(release, row, decimals(release, row))
    span = timescale([row["horizon"]], float(row["horizon"])).words(row["horizon"])
    left = one(release, term="left", horizon=row["horizon"], **at)
    gone = left and left["value"] is not None
    also = f", and {percent(left['value'], decimals(release, row))} had left without one" if left and gone else ""
    around = f" ({said.level} interval {said.interval})" if said.interval else ""
    return (
        f"Counting each person only for as long as they were followed, {said.percent}{around} of {said.denominator} "
        f"{said.denominator_name} had started a first job within {span} of engagement{also}."
        f"{f' This is {GREYED}{said.doubt}.' if said.doubt else ''}"
    )


def _kept(release: Release, row: Row) -> str:
    bounds = kept_range(release, row)
    if bounds is not None:
        around = interval(bounds["lower"], bounds["upper"], decimals(release, bounds))
        return (
            f"Between {around.replace(' to ', ' and ')} of {followed_words(bounds)}, so the share who kept the first job "
            f"for {weeks(row)} weeks cannot be said more closely."
        )
    said = share(release, row, decimals(release, row))
    return sentence(f"{said.words} kept the first job for {weeks(row)} weeks.{unknown_words(release, row)}")


def _sites(release: Release, outcome: str) -> str:
    """Say whether sites differ in an outcome, by the rule, with their range."""
    found = rows(release, outcome=outcome, statistic="proportion", group_by="site")
    found = standard(found) if found else []
    test = homogeneity(release, found[0]) if found else None
    if test is None:
        return ""
    known = [float(row["value"]) for row in found if row["value"] is not None]
    places = decimals(release, *found)
    spread = (
        f" The share ranges from {percent(min(known), places)} to {percent(max(known), places)}."
        if len(known) == test.df + 1
        else ""
    )
    return (
        f"{sentence(outcome_name(release, found[0]))}: {test.verdict} ({test.words}).{spread}{follow_up(release, found[0])}"
    )


def _totals(release: Release) -> list[str]:
    said = []
    for row in rows(release, statistic="proportion", group_by="programme"):
        words = share(release, row, decimals(release, row)).words
        said.append(f"{sentence(outcome_name(release, row))}: {words}.")
    sites = [_sites(release, outcome) for outcome in outcomes(release, group_by="site")]
    wrong = contradictions(release)
    checks = (
        f"{sentence(few(wrong))} of the published figures contradict{'s' if wrong == 1 else ''} others. "
        f"{'It is shown below as it was' if wrong == 1 else 'They are shown below as they were'} published, not repaired."
        if wrong
        else ""
    )
    return [*said, *sites, checks]


def _data(release: Release) -> str:
    said = quality_sentence(release)
    return f"Data used: {said}" if said else ""
