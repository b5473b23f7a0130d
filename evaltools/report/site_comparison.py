"""Figure: one outcome at each site, with its interval, beside the whole programme."""

from __future__ import annotations

from collections.abc import Sequence

from evaltools.domain.release import Release
from evaltools.report.figure import Figure, not_shown
from evaltools.report.homogeneity import Homogeneity, follow_up, homogeneity
from evaltools.report.html import Html, join, slug
from evaltools.report.intervals import Dot, heights, intervals
from evaltools.report.names import group_name, outcome_name
from evaltools.report.picture import picture
from evaltools.report.rows import Row, decimals, in_order, outcomes, rows
from evaltools.report.share import UNRELIED, Share, missing_words, share
from evaltools.report.table import Table
from evaltools.report.words import few, listing, percent, sentence

__all__ = ["compare_sites", "site_comparison", "standard"]


def standard(found: Sequence[Row]) -> list[Row]:
    """Keep the rows of the first denominator and horizon among them: the way the study counts by default."""
    return [row for row in found if _basis(row) == _basis(found[0])]


def _basis(row: Row) -> tuple[object, object]:
    return row["denominator_name"], row["horizon"]


def site_comparison(release: Release, outcome: str) -> Html | None:
    """Draw the share with an outcome at each site; None with fewer than two sites."""
    if len(release.meta.sites) < 2:
        return None
    found = standard(in_order(release, rows(release, outcome=outcome, statistic="proportion", group_by="site")))
    if len(found) < 2:
        return not_shown(f"The comparison of sites ({outcome.replace('_', ' ')})", "the release holds fewer than two sites")
    whole = [
        row
        for row in rows(release, outcome=outcome, statistic="proportion", group_by="programme")
        if _basis(row) == _basis(found[0])
    ]
    return _figure(release, found, whole)


def compare_sites(release: Release) -> Html | None:
    """Draw every outcome of a study of totals, or the first jobs of a study of people, at each site."""
    ids = outcomes(release, group_by="site") if release.meta.kind == "counts" else ["job_start"]
    drawn = [site_comparison(release, outcome) for outcome in ids]
    return join(*drawn) if any(drawn) else None


def _figure(release: Release, found: Sequence[Row], whole: Sequence[Row]) -> Html:
    first = found[0]
    places = decimals(release, *found, *whole)
    pairs = [(group_name(release, row), row, share(release, row, places)) for row in found]
    dots = [
        Dot(name, row["value"], row["lower"], row["upper"], (_counts(said), said.percent), bool(said.doubt))
        for name, row, said in pairs
    ]
    totals = [(group_name(release, row), share(release, row, places)) for row in whole if row["value"] is not None]
    line = (float(whole[0]["value"]), _called(*totals[0])) if totals else None
    name = f"sites-{slug(str(first['outcome']))}"
    label = outcome_name(release, first)
    denominator = first["denominator_name"] or "people"
    known = [(name, said) for name, _, said in pairs] + totals
    return Figure(
        name,
        _headline(label, homogeneity(release, first), found),
        f"{sentence(label)}: share of {denominator}, {few(len(found))} sites",
        _alt(label, known, str(denominator)),
        picture(
            name, lambda canvas, narrow: intervals(canvas, narrow, dots, line), heights(len(dots)), release.meta.synthetic
        ),
        _data(f"data-{name}", f"{sentence(label)}, share of {denominator}", known),
        note=_note(homogeneity(release, first), found, totals[0][0] if totals else "")
        + follow_up(release, first)
        + _impossible(dots)
        + "".join(f"\n\n{words}." for words in missing_words(release, found)),
    ).block()


def _counts(said: Share) -> str:
    """Return what stands beside a dot: its counts, or in their place that it is not to be relied on."""
    return UNRELIED if said.doubt else said.counts


def _impossible(dots: Sequence[Dot]) -> str:
    names = [dot.name for dot in dots if dot.value is not None and not dot.drawn]
    return f" Not drawn, because the published figures contradict each other: {listing(names)}." if names else ""


def _called(programme: str, said: Share) -> str:
    """Name the programme beside its line, in few words."""
    return f"{programme if len(programme) <= 24 else 'Programme'} {said.percent}"


def _headline(label: str, test: Homogeneity | None, found: Sequence[Row]) -> str:
    if test:
        return f"{sentence(label)}: {test.verdict}"
    known = [row["value"] for row in found if row["value"] is not None and row["value"] <= 1]
    if not known:
        return f"{sentence(label)}: every site's share is hidden"
    return f"{sentence(label)}: between {percent(min(known))} and {percent(max(known))}, depending on the site"


def _alt(label: str, known: Sequence[tuple[str, Share]], denominator: str) -> str:
    said = "; ".join(f"{name} {words.brief}" for name, words in known)
    return f"Dot chart with intervals. {sentence(label)}, share of {denominator}: {said}."


def _data(name: str, caption: str, known: Sequence[tuple[str, Share]]) -> Table:
    body = tuple((group, words.numerator, words.denominator, words.marked, words.interval or "–") for group, words in known)
    return Table(name, caption, ("Site", "With the outcome", "Out of", "Share", "95% interval"), body)


def _note(test: Homogeneity | None, found: Sequence[Row], programme: str) -> str:
    method = f" ({found[0]['ci_method']})" if found[0]["ci_method"] else ""
    bars = f"Bars are 95% confidence intervals{method}."
    whole = f" Vertical line: {programme}." if programme else ""
    which = (
        "sites"
        if test and test.df + 1 == len(found)
        else f"the {few(round(test.df + 1))} sites of the programme"
        if test
        else ""
    )
    tested = f" Test of no difference between {which}: {test.words}." if test else ""
    return f"{bars}{whole}{tested} Sites stand in the order of the study, not of their results."
