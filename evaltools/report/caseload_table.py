"""Table: how many active cases full-time specialists held, day by day, and first jobs for each month of a client."""

from __future__ import annotations

from evaltools.domain.release import Release
from evaltools.report.html import Html
from evaltools.report.names import group_name
from evaltools.report.rows import Row, in_order, rows
from evaltools.report.share import mark, missing_words
from evaltools.report.table import Table, numbered
from evaltools.report.words import count, percent, sentence

__all__ = ["caseload_table"]


def caseload_table(release: Release) -> Html | None:
    """Mean caseload, share of days in each band and first jobs by client-month, by site; None when nothing is released."""
    found = in_order(release, rows(release, outcome="caseload"))
    if not any(row["value"] is not None for row in found):
        return None
    found = [row for row in found if not str(row["term"]).startswith("above ")]
    rates = [row for row in rows(release, outcome="starts_per_client_month") if row["statistic"] == "rate"]
    terms = list(dict.fromkeys(str(row["term"]) for row in found if row["statistic"] == "share_of_days"))
    shown = dict.fromkeys(
        group_name(release, row) for row in in_order(release, [*found, *rates]) if row["value"] is not None
    )
    cells = {(group_name(release, row), _what(row)): _cell(release, row) for row in [*found, *rates]}
    columns = ["mean", *terms, *(["rate"] if rates else [])]
    heads = ("Site", "Mean", *(sentence(term) for term in terms), *(["First jobs in 100 client-months"] if rates else []))
    body = tuple((name, *(cells.get((name, column), "–") for column in columns)) for name in shown)
    note = (
        "Active cases for each full-time specialist, counting every day in post; the bands are shares of full-time days. "
        "A client-month is a month of a person without a first job. Good specialists may be given more cases, and slow "
        "placement itself fills a caseload: this does not say what caseload does. It says nothing about any one specialist."
    )
    hidden = [row for row in [*found, *rates] if group_name(release, row) in shown]
    whole = next((row for row in found if row["group_by"] == "programme" and row["missing"]), None)
    note += f" Left out are {count(whole['missing'])} days of posts whose hours are not known." if whole else ""
    note += "".join(f"\n\n{reason}." for reason in missing_words(release, hidden))
    return numbered(
        Table("caseload", "Active cases for each full-time specialist", heads, body, note=note, total=len(body) > 1)
    )


def _what(row: Row) -> str:
    return str(row["term"]) if row["statistic"] == "share_of_days" else str(row["statistic"])


def _cell(release: Release, row: Row) -> str:
    if row["value"] is None:
        return mark(release, row)
    if row["statistic"] == "share_of_days":
        return percent(row["value"])
    if row["statistic"] == "rate":
        return f"{100 * row['value']:.1f}\n{count(row['numerator'])} in {count(row['denominator'])}"
    return f"{count(row['value'])}\nin {count(row['denominator'])} full-time days"
