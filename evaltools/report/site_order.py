"""Figure and table: whether the sites keep their order when the definition changes, and which cannot be told apart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from evaltools.domain.release import Release
from evaltools.report.by_definition import called, merged
from evaltools.report.figure import Figure
from evaltools.report.html import Html, join
from evaltools.report.intervals import Dot, heights, intervals
from evaltools.report.names import definition_name
from evaltools.report.picture import picture
from evaltools.report.rows import Row, decimals, rows
from evaltools.report.share import missing_words, share
from evaltools.report.table import Table, numbered
from evaltools.report.words import few, sentence

__all__ = ["Pair", "apart", "site_order"]

_NOTE = (
    "Bars are 95% confidence intervals. Sites stand in the order of the study, not of their results. Definitions with the "
    "same numbers at a site share a row: the data name all of them. Sites were followed for different lengths of time, "
    "which these shares do not allow for."
)


@dataclass(frozen=True)
class Pair:
    """Two sites. first, second: definitions under which its interval lies wholly above the other's; neither: overlap."""

    sites: tuple[str, str]
    first: tuple[str, ...]
    second: tuple[str, ...]
    neither: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def changes(self) -> bool:
        """Whether each is above the other under some definition."""
        return bool(self.first and self.second)


def apart(one: Row | None, other: Row | None) -> int | None:
    """Give 1 when the interval of one lies above that of the other, -1 when below, 0 when they overlap, None when hidden."""
    if one is None or other is None or None in (one["lower"], one["upper"], other["lower"], other["upper"]):
        return None
    return int(one["lower"] > other["upper"]) - int(other["lower"] > one["upper"])


def site_order(release: Release) -> Html | None:
    """Draw the share who started a first job at each site under each definition, and list pairs of sites.

    None for studies of totals, of one definition or of one site.
    """
    if release.meta.kind != "records" or min(len(release.meta.definitions), len(release.meta.sites)) < 2:
        return None
    found = {
        (site, definition): row
        for definition in release.meta.definitions
        for row in rows(release, definition=definition, outcome="job_start", statistic="proportion", group_by="site")
        if row["term"] is None and (site := str(row["group"])) in release.meta.sites
    }
    if not found:
        return None
    pairs = [_pair(release, found, sites) for sites in combinations(release.meta.sites, 2)]
    return join(_figure(release, found, pairs), numbered(_table(release, pairs)))


def _pair(release: Release, found: dict[tuple[str, str], Row], sites: tuple[str, str]) -> Pair:
    told: dict[int | None, list[str]] = {}
    for definition in release.meta.definitions:
        sign = apart(found.get((sites[0], definition)), found.get((sites[1], definition)))
        told.setdefault(sign, []).append(definition)
    return Pair(sites, *(tuple(told.get(sign, ())) for sign in (1, -1, 0, None)))


def _headline(pairs: list[Pair]) -> str:
    known = [pair for pair in pairs if pair.first or pair.second or pair.neither]
    if not known:
        return "No two sites can be compared: their shares are hidden"
    same = [pair for pair in known if not (pair.first or pair.second)]
    turned = sum(pair.changes for pair in known)
    many = f"{sentence(few(len(same)))} of {few(len(known))} pairs of sites cannot be told apart under any definition"
    if len(known) == 1:
        many = f"The two sites {'cannot be told apart under any definition' if same else 'can be told apart'}"
    if turned:
        return f"{many}; {few(turned)} {'changes' if turned == 1 else 'change'} places when the definition changes"
    return f"{many}, and no pair changes places when the definition changes"


def _figure(release: Release, found: dict[tuple[str, str], Row], pairs: list[Pair]) -> Html:
    everything = list(found.values())
    places = decimals(release, *everything)
    dots = [dot for site in release.meta.sites for dot in _part(release, found, site, places)]
    return Figure(
        "site-order",
        _headline(pairs),
        "Share who started a first job at each site, under each definition, each of the people it counts",
        _alt(release, found, places),
        picture(
            "site-order", lambda canvas, narrow: intervals(canvas, narrow, dots, None), heights(len(dots)),
            release.meta.synthetic,
        ),
        _data(release, found, places),
        note=_NOTE + "".join(f"\n\n{reason}." for reason in missing_words(release, everything)),
    ).block()  # fmt: skip


def _part(release: Release, found: dict[tuple[str, str], Row], site: str, places: int) -> list[Dot]:
    held = [found[site, definition] for definition in release.meta.definitions if (site, definition) in found]
    dots = [Dot(release.meta.sites[site], None, None, None, ("", ""), heading=True)] if held else []
    for alike in merged(held):
        row = alike[0]
        said = share(release, row, places)
        limits = row["value"], row["lower"], row["upper"]
        dots.append(Dot(called(release, alike), *limits, (said.counts, said.percent), bool(said.doubt)))
    return dots


def _alt(release: Release, found: dict[tuple[str, str], Row], places: int) -> str:
    said = []
    for site, name in release.meta.sites.items():
        shares = [share(release, row, places).percent for (at, _), row in found.items() if at == site]
        if shares:
            said.append(f"{name}: {', '.join(shares)}")
    listed = ", ".join(definition_name(release, definition) for definition in release.meta.definitions)
    return f"Dot chart with intervals. Share who started a first job under {listed}, in this order. {'; '.join(said)}."


def _data(release: Release, found: dict[tuple[str, str], Row], places: int) -> Table:
    body = []
    for (site, definition), row in sorted(found.items(), key=lambda item: list(release.meta.sites).index(item[0][0])):
        said = share(release, row, places)
        names = release.meta.sites[site], definition_name(release, definition)
        body.append((*names, said.numerator, said.denominator, said.marked, said.interval or "–"))
    heads = ("Site", "Definition", "With the outcome", "Out of", "Share", "95% interval")
    caption = "Share who started a first job, by site and definition"
    return Table("data-site-order", caption, heads, tuple(body), text=frozenset({0, 1}))


def _table(release: Release, pairs: list[Pair]) -> Table:
    body = tuple(
        (
            " and ".join(release.meta.sites[site] for site in pair.sites),
            _told(release, pair),
            _listed(release, pair.neither),
            *((_listed(release, pair.unknown),) if any(each.unknown for each in pairs) else ()),
        )
        for pair in pairs
    )
    extra = ("Not shown under",) if any(pair.unknown for pair in pairs) else ()
    heads = ("Sites", "One is higher under", "Cannot be told apart under", *extra)
    note = (
        "One site is called higher only where the 95% intervals of the two do not overlap. That is a strict rule: sites "
        "whose intervals overlap may still differ. It does not say why sites differ."
    )
    return Table(
        "site-pairs", "Which sites can be told apart, by definition", heads, body, note=note,
        text=frozenset(range(len(heads))),
    )  # fmt: skip


def _told(release: Release, pair: Pair) -> str:
    parts = [
        f"{release.meta.sites[site]}: {_listed(release, under)}"
        for site, under in zip(pair.sites, (pair.first, pair.second), strict=True)
        if under
    ]
    return "\n".join(parts) or "–"


def _listed(release: Release, definitions: tuple[str, ...]) -> str:
    if len(definitions) == len(release.meta.definitions):
        return "both definitions" if len(definitions) == 2 else f"all {few(len(definitions))} definitions"
    return "; ".join(definition_name(release, definition) for definition in definitions) or "–"
