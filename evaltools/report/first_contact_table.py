"""Table: how long people waited from referral to their first contact."""

from __future__ import annotations

from evaltools.domain.release import Release
from evaltools.report.html import Html
from evaltools.report.names import group_name
from evaltools.report.rows import decimals, in_order, rows
from evaltools.report.share import Share, missing_words, share, unknown_words
from evaltools.report.table import Table, numbered
from evaltools.report.words import sentence

__all__ = ["first_contact_table"]


def first_contact_table(release: Release) -> Html | None:
    """Share of people seen within each time, for each site and the programme; None when the release does not say."""
    found = in_order(release, [row for row in rows(release, outcome="first_contact") if row["statistic"] == "proportion"])
    if not found or all(row["value"] is None for row in found):
        return None
    places = decimals(release, *found)
    terms = list(dict.fromkeys(str(row["term"]) for row in found))
    names = list(dict.fromkeys(group_name(release, row) for row in found))
    cells = {(group_name(release, row), str(row["term"])): share(release, row, places) for row in found}
    body = tuple((name, *(_cell(cells[name, term]) if (name, term) in cells else "–" for term in terms)) for name in names)
    whole = next((row for row in found if row["group_by"] == "programme"), found[0])
    note = f"Share of {whole['denominator_name']}.{unknown_words(release, whole)}"
    note += "".join(f"\n\n{reason}." for reason in missing_words(release, found))
    heads = ("Site", *(sentence(term) for term in terms))
    caption = "Time from referral to the first contact"
    return numbered(Table("first-contact", caption, heads, body, note=note, total=len(names) > 1))


def _cell(said: Share) -> str:
    return said.percent if said.hidden else f"{said.percent}\n{said.of}"
