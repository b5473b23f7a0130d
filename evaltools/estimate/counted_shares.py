"""Shares of published totals, at each site, in each subgroup and for the programme, and whether they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from evaltools.domain.counted_outcome import CountedOutcome
from evaltools.estimate.homogeneity import homogeneity
from evaltools.estimate.proportion import proportion
from evaltools.estimate.totals import UNKNOWN, Totals

__all__ = ["Share", "counted_shares", "whole_share"]

Row = dict[str, Any]


class Share(NamedTuple):
    """x of n. missing: people of the population who are in neither. base: what n counts, when not all of the population."""

    x: float
    n: float
    missing: float = 0.0
    base: str = ""


def counted_shares(totals: Totals, outcome: CountedOutcome, level: float) -> list[Row]:
    """Return the estimates of one outcome of a study of totals.

    Parameters
    ----------
    totals : Totals
        Published totals.
    outcome : CountedOutcome
        Which measures are divided; 'share' compares x of n between groups, 'composition' how two populations are made up.
    level : float
        Confidence level of the Wilson intervals.

    Returns
    -------
    list of dict
        Rows of `estimates`: proportions of the programme, of each site and of each subgroup (population names the site or
        programme), and tests of homogeneity between the programme's sites and between the known subgroups.
    """
    rows: list[Row] = []
    if outcome.test == "share":
        rows += _of_sites(totals, outcome, level)
    for group_by, groups in totals.subgroups.items():
        for population, sites in totals.populations().items():
            if outcome.test == "share":
                rows += _of_subgroups(totals, outcome, (population, group_by), level)
            else:
                known = [group for group in groups if group != UNKNOWN]
                rows += _composition(totals, outcome, (population, sites, group_by, known), level)
    return rows


def whole_share(totals: Totals, outcome: CountedOutcome, sites: Sequence[str]) -> Share:
    """Return x of n over whole sites.

    A total published under the outcome's own name stands in for parts that were not published. Where the whole is not
    published at all, the subgroups are added whose numerator and denominator both are; the rest is missing.

    Parameters
    ----------
    totals, outcome
        As in `counted_shares`.
    sites : sequence of str
        Sites to add.
    """
    shares = [_whole_site(totals, outcome, site) for site in sites]
    base = next((share.base for share in shares if share.base), "")
    return Share(sum(s.x for s in shares), sum(s.n for s in shares), sum(s.missing for s in shares), base)


def _whole_site(totals: Totals, outcome: CountedOutcome, site: str) -> Share:
    x, n = totals.add([site], outcome.numerator), totals.add([site], outcome.denominator)
    if np.isnan(x):
        x = totals.add([site], [outcome.id])
    for group_by, groups in totals.subgroups.items():
        pairs = [_pair(totals, outcome, [site], group_by, group) for group in groups]
        known = [pair for pair in pairs if not np.isnan(pair.x + pair.n)]
        if np.isnan(x) and known:
            of_all = sum(pair.n for pair in pairs) if np.isnan(n) else n
            of_known = sum(pair.n for pair in known)
            return Share(sum(pair.x for pair in known), of_known, of_all - of_known, f", {group_by} known")
    return Share(x, n)


def _pair(totals: Totals, outcome: CountedOutcome, sites: Sequence[str], group_by: str, group: str) -> Share:
    numerator, denominator = outcome.numerator, outcome.denominator
    return Share(totals.add(sites, numerator, group_by, group), totals.add(sites, denominator, group_by, group))


def _of_sites(totals: Totals, outcome: CountedOutcome, level: float) -> Iterator[Row]:
    whole = {name: whole_share(totals, outcome, sites) for name, sites in totals.populations().items()}
    yield _row(outcome, whole["programme"], level, population="all", group_by="programme", group="all")
    shares = {site: whole[site] for site in totals.sites if not np.isnan(whole[site].x) or not np.isnan(whole[site].n)}
    for site, share in shares.items():
        yield _row(outcome, share, level, population="all", group_by="site", group=site)
    compared = [shares[site] for site in totals.programme if site in shares]
    if len(totals.programme) > 1:
        yield from _tests(outcome, _split(compared), "all", "site")


def _of_subgroups(totals: Totals, outcome: CountedOutcome, where: tuple[str, str], level: float) -> Iterator[Row]:
    population, group_by = where
    sites = totals.populations()[population]
    pairs = {group: _pair(totals, outcome, sites, group_by, group) for group in totals.subgroups[group_by]}
    found = {group: pair for group, pair in pairs.items() if not (np.isnan(pair.x) and np.isnan(pair.n))}
    for group, pair in found.items():
        row = _row(outcome, pair, level, population=population, group_by=group_by, group=group)
        if np.isnan(pair.x):
            row |= {"missing": pair.n, "note": f"the outcome is not published for this group ({pair.n:,.0f} people)"}
        yield row
    known = [pair for group, pair in found.items() if group != UNKNOWN and not np.isnan(pair.x + pair.n)]
    if found:
        yield from _tests(outcome, _split(known), population, group_by)


def _composition(
    totals: Totals, outcome: CountedOutcome, where: tuple[str, Sequence[str], str, Sequence[str]], level: float
) -> Iterator[Row]:
    population, sites, group_by, groups = where
    two = {
        outcome.id: ([totals.add(sites, outcome.numerator, group_by, group) for group in groups], outcome.denominator_name),
        outcome.denominator[0]: (
            [totals.add(sites, outcome.denominator, group_by, group) for group in groups],
            f"{outcome.denominator[0].replace('_', ' ')}, {group_by} known",
        ),
    }
    if any(np.isnan(sum(counts)) for counts, _ in two.values()):
        return
    for name, (counts, of_whom) in two.items():
        for group, count in zip(groups, counts, strict=True):
            row = _row(outcome, Share(count, sum(counts)), level, population=population, group_by=group_by, group=group)
            yield row | {"outcome": name, "denominator_name": of_whom}
    yield from _tests(outcome, [counts for counts, _ in two.values()], population, group_by)


def _split(shares: Sequence[Share]) -> list[list[float]]:
    """Return the table of with and without; empty where a share is impossible or not known."""
    if any(np.isnan(share.x + share.n) or share.x > share.n for share in shares):
        return []
    return [[share.x, share.n - share.x] for share in shares]


def _row(outcome: CountedOutcome, share: Share, level: float, **where: str) -> Row:
    made = proportion(None if np.isnan(share.x) else share.x, None if np.isnan(share.n) else share.n, level)
    return {
        "outcome": outcome.id,
        **where,
        "statistic": "proportion",
        "value": made.value,
        "se": made.se,
        "lower": made.lower,
        "upper": made.upper,
        "level": level,
        "unit": outcome.unit,
        "numerator": made.numerator,
        "denominator": made.denominator,
        "denominator_name": outcome.denominator_name + share.base,
        "n": made.denominator,
        "events": made.numerator,
        "missing": share.missing,
        "method": "share of published totals",
        "ci_method": made.method,
        "note": made.reason,
    }


def _tests(outcome: CountedOutcome, table: list[list[float]], population: str, group_by: str) -> Iterator[Row]:
    """Return chi2, df and p of one comparison; missing with the reason where it cannot be made."""
    made = homogeneity(table if table else np.zeros((0, 2)))
    reason = "a share is impossible or not known" if not table else made.reason or made.note
    results: Mapping[str, float | None] = {"chi2": made.statistic, "df": made.df, "p": made.p}
    for statistic, value in results.items():
        yield {
            "outcome": outcome.id,
            "population": population,
            "group_by": group_by,
            "group": "all",
            "term": "homogeneity",
            "statistic": statistic,
            "value": value,
            "n": made.n,
            "method": made.method,
            "note": reason,
        }
