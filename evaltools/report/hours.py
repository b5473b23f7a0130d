"""How many of the people who started work did so for 16 hours a week or more."""

from __future__ import annotations

from evaltools.domain.release import Release
from evaltools.report.figure import not_shown
from evaltools.report.html import Html, element, join
from evaltools.report.rows import decimals, one
from evaltools.report.share import share, unknown_words
from evaltools.report.site_comparison import site_comparison
from evaltools.report.words import plural

__all__ = ["hours"]


def hours(release: Release) -> Html | None:
    """Say how many job starters worked 16 hours a week or more, and compare sites; None for studies of totals."""
    row = one(release, outcome="hours_16", statistic="proportion", group_by="programme")
    if release.meta.kind != "records" or row is None:
        return None
    if row["denominator"] == 0:
        return not_shown("The share by hours of work", "hours are not known for anybody who started a job")
    said = share(release, row, decimals(release, row))
    missing = row["missing"]
    unknown = f" Hours are not known for {plural(missing, 'job starter')}." if missing else ""
    if missing is None:
        unknown = unknown_words(release, row, "job starters")
    sentence = element(
        "p", f"{said.words[:1].upper()}{said.words[1:]} worked 16 hours a week or more in their first job.{unknown}"
    )
    return join(sentence, site_comparison(release, "hours_16"))
