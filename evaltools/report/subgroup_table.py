"""Tables: an outcome by subgroup (for example ethnicity), a column for each service."""

from __future__ import annotations

from collections.abc import Sequence

from evaltools.domain.release import Release
from evaltools.report.homogeneity import homogeneity
from evaltools.report.html import Html, join, slug
from evaltools.report.names import group_name, kind_name, outcome_name
from evaltools.report.rows import Row, decimals, rows
from evaltools.report.share import missing_words, share
from evaltools.report.table import Table, numbered
from evaltools.report.words import sentence

__all__ = ["subgroup_tables"]


_WHOLE = ("all", "programme")
_LAST = ("in work", "unknown")  # groups that stand after the others


def subgroup_tables(release: Release) -> Html | None:
    """Return a table for each outcome and kind of subgroup, with the test of no difference; None when there is none."""
    found = [row for row in rows(release, statistic="proportion") if row["group_by"] not in ("site", "programme")]
    kinds = dict.fromkeys((row["outcome"], row["group_by"]) for row in found)
    table = _people_table if release.meta.kind == "records" else _table
    tables = [
        numbered(table(release, [row for row in found if (row["outcome"], row["group_by"]) == kind])) for kind in kinds
    ]
    return join(*tables) if tables else None


def _people_table(release: Release, found: Sequence[Row]) -> Table:
    """Return the table of one programme's people: a row for each group, the unknown last."""
    first = found[0]
    places = decimals(release, *found)
    ordered = sorted(found, key=lambda row: (_place(str(row["group"])), _first_number(str(row["group"]))))
    label = outcome_name(release, first)
    body = tuple(
        (group_name(release, row), said.denominator, said.numerator if not said.hidden else said.percent, said.marked,
         said.interval or "–")
        for row in ordered
        for said in [share(release, row, places)]
    )  # fmt: skip
    hidden = "".join(f"\n\n{reason}." for reason in missing_words(release, found))
    kind = kind_name(str(first["group_by"]))
    return Table(
        f"{slug(str(first['outcome']))}-{slug(kind)}",
        f"{sentence(label)}, by {kind}",
        (sentence(kind), "People", f"{sentence(label)}", "Share", "95% interval"),
        body,
        note=f"Counted are {first['denominator_name']}. Groups differ in more than this, and were followed for different "
        f"lengths of time.{hidden}",
    )


def _place(group: str) -> int:
    return _LAST.index(group) + 1 if group in _LAST else 0


def _first_number(group: str) -> float:
    """Put 'under 1 year' before '1 to 2 years' before '3 years or more', and words after numbers."""
    digits = [int(word) for word in group.split() if word.isdigit()]
    return (digits[0] - 0.5 if group.startswith("under") else digits[0]) if digits else float("inf")


def _table(release: Release, found: Sequence[Row]) -> Table:
    first = found[0]
    places = decimals(release, *found)
    held = list(dict.fromkeys(str(row["population"]) for row in found))
    populations = sorted(held, key=lambda population: population in _WHOLE)
    groups = list(dict.fromkeys(group_name(release, row) for row in found))
    cells = {(group_name(release, row), row["population"]): share(release, row, places).brief for row in found}
    body = [(group, *(cells.get((group, population), "–") for population in populations)) for group in groups]
    tests = [homogeneity(release, first, population=population) for population in populations]
    if any(tests):
        body.append(("Test of no difference", *(_test(test.words) if test else "–" for test in tests)))
    kind = kind_name(str(first["group_by"]))
    verdicts: dict[str, list[str]] = {}
    for population, test in zip(populations, tests, strict=True):
        if test:
            verdicts.setdefault(test.verdict_for("groups"), []).append(_population(release, population))
    hidden = "".join(f"\n\n{reason}." for reason in missing_words(release, found))
    return Table(
        f"{slug(str(first['outcome']))}-{slug(kind)}",
        f"{sentence(outcome_name(release, first))}, by {kind}: share of {first['denominator_name']}",
        (sentence(kind), *(_population(release, population) for population in populations)),
        tuple(body),
        note=" ".join(f"{'; '.join(names)}: {verdict}." for verdict, names in verdicts.items()) + hidden,
        total=any(tests),
    )


def _population(release: Release, population: str) -> str:
    if population in _WHOLE:
        return release.meta.programme
    return release.meta.sites.get(population, population)


def _test(words: str) -> str:
    return sentence(words.replace(" degrees of freedom, ", " df\n").replace(" degree of freedom, ", " df\n"))
