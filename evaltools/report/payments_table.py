"""Table: what was paid for outcomes, at each site."""

from __future__ import annotations

from evaltools.domain.release import Release
from evaltools.report.html import Html
from evaltools.report.names import group_name, measure_name
from evaltools.report.rows import Row, in_order, rows
from evaltools.report.share import mark, missing_words
from evaltools.report.table import Table, numbered
from evaltools.report.words import pounds

__all__ = ["payments_table"]


_HEADS = {
    ("sum", "paid"): "Paid",
    ("sum", "actual_covid"): "Of which covid claims",
    ("sum", "commitment"): "Committed by funders",
    ("sum", "maximum"): "Maximum",
    ("ratio", "paid"): "Paid per job start",
    ("ratio", "without_covid"): "Per job start, without covid claims",
}


def payments_table(release: Release) -> Html | None:
    """Pounds by kind, and pounds per job start; None when the study holds no payments."""
    found = [row for row in rows(release, outcome="payments") if row["statistic"] in ("sum", "ratio")]
    if not found:
        return None
    columns = list(dict.fromkeys((str(row["statistic"]), str(row["term"] or "")) for row in found))
    columns.sort(key=lambda column: column[0] != "sum")
    ordered = in_order(release, found)
    groups = list(dict.fromkeys(group_name(release, row) for row in ordered))
    cells = {(group_name(release, row), str(row["statistic"]), str(row["term"] or "")): row for row in found}
    table = Table(
        "payments",
        "Payments for outcomes, in pounds",
        ("Site", *(_head(release, *column) for column in columns)),
        tuple((group, *(_pounds(release, cells.get((group, *column))) for column in columns)) for group in groups),
        note="These are payments for outcomes under the contracts. They are not what the service cost to deliver."
        + "".join(f"\n\n{words}." for words in missing_words(release, found)),
        total=ordered[-1]["group_by"] == "programme",
    )
    return numbered(table)


def _head(release: Release, statistic: str, term: str) -> str:
    return _HEADS.get((statistic, term)) or measure_name(release, term) + (" per job start" if statistic == "ratio" else "")


def _pounds(release: Release, row: Row | None) -> str:
    if row is None:
        return "–"
    return mark(release, row) if row["value"] is None else pounds(row["value"])
