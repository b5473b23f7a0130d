"""An estimate that failed a check is shown grey with the reason in words, wherever a report shows it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from matplotlib.figure import Figure as Canvas

from evaltools.domain.release import Release
from evaltools.domain.reliance import GREYED
from evaltools.report.findings import findings
from evaltools.report.intervals import Dot, intervals
from evaltools.report.palette import BLUE, GREY
from evaltools.report.rows import one
from evaltools.report.share import missing_words, share
from evaltools.report.site_comparison import site_comparison
from evaltools.report.site_table import site_table
from evaltools.report.subgroup_table import subgroup_tables
from evaltools.report.sustainment_table import sustainment_table
from evaltools.report.tiles import tiles
from evaltools.report.time_to_job import time_to_job

WHY = "[c] clusters, fewer than 30"
SAID = f"Not to be relied on, in grey: {WHY}."
STYLE = (Path(__file__).parents[3] / "reports" / "style" / "evaltools.css").read_text(encoding="utf-8")


def doubted(release: Release, **where: object) -> Release:
    estimates = release.results.estimates.copy()
    chosen = estimates["value"].notna()
    for column, wanted in where.items():
        chosen &= (estimates[column] == wanted).fillna(False)
    assert chosen.any()
    estimates.loc[chosen, "note"] = GREYED + WHY
    return Release(replace(release.results, estimates=estimates), release.meta)


def test_the_words_of_a_share_say_so_with_the_reason(totals):
    greyed = doubted(totals, outcome="job_start", group="all", statistic="proportion")
    row = one(greyed, outcome="job_start", group="all", statistic="proportion")
    said = share(greyed, row, 1)
    assert said.words == f"831 of 2,610 people engaged (31.8%; 95% interval 30.1% to 33.7%; not to be relied on: {WHY})"
    assert said.brief == "831 of 2,610 (31.8%; not to be relied on)"
    assert said.marked == "31.8%\nnot to be relied on"
    assert missing_words(greyed, [row, row]) == [SAID.rstrip(".")]


def test_a_hidden_value_is_hidden_first(hidden):
    row = one(hidden, outcome="job_start", group="lambeth", statistic="proportion") | {"note": GREYED + WHY}
    assert share(hidden, row, 0).doubt == ""
    assert SAID.rstrip(".") not in missing_words(hidden, [row])


@pytest.mark.parametrize(
    ("shown", "where"),
    [
        (site_table, {"group": "enfield", "outcome": "job_start", "statistic": "proportion"}),
        (subgroup_tables, {"group": "asian", "statistic": "proportion"}),
        (lambda release: site_comparison(release, "job_start"), {"group": "enfield", "statistic": "proportion"}),
    ],
)
def test_cells_of_totals_are_grey_and_the_note_gives_the_reason(totals, shown, where):
    assert "unrelied" not in shown(totals).text
    page = shown(doubted(totals, **where)).text
    cells = re.findall(r'<td class="number unrelied">(.*?)</td>', page)
    assert cells
    assert all("not to be relied on" in cell for cell in cells)
    assert SAID in page


def test_rows_of_jobs_kept_are_grey(people):
    page = sustainment_table(doubted(people, outcome="sustained", group="all")).text
    assert '<td class="number unrelied">56%<span class="line">not to be relied on</span></td>' in page
    assert SAID in page


def test_tiles_are_grey_and_say_why(people):
    page = tiles(doubted(people, outcome="job_start", statistic="cumulative_incidence")).text
    assert page.count('<li class="unrelied">') == 1
    assert f'<span class="detail">Not to be relied on: {WHY}</span>' in page


def test_findings_say_why(people):
    page = findings(doubted(people, outcome="job_start")).text
    assert f"This is not to be relied on: {WHY}." in page
    assert f"95% interval 43% to 48%; not to be relied on: {WHY})" in page


def test_a_median_in_doubt_makes_no_headline(people):
    estimates = people.results.estimates.copy()
    estimates.loc[(estimates["statistic"] == "median").fillna(False), ["value", "note"]] = [426, None]
    known = Release(replace(people.results, estimates=estimates), people.meta)
    assert "within 426 days" in time_to_job(known).text
    greyed = doubted(known, statistic="median")
    assert "within 426 days" not in time_to_job(greyed).text
    assert f"Not to be relied on: {WHY}" in tiles(greyed).text


@pytest.mark.parametrize("narrow", [False, True])
def test_a_dot_in_doubt_is_open_on_a_broken_line_with_words(narrow):
    canvas = Canvas(figsize=(3.75 if narrow else 8.1, 3))
    dots = [Dot("A", 0.4, 0.3, 0.5, ("4 of 10", "40%")), Dot("B", 0.5, 0.1, 0.9, ("not to be relied on", "50%"), True)]
    intervals(canvas, narrow, dots, None)
    sure, unsure = (line for line in canvas.axes[0].lines if line.get_marker() == "o")
    assert (sure.get_color(), sure.get_markerfacecolor()) == (BLUE, BLUE)
    assert (unsure.get_color(), unsure.get_markerfacecolor()) == (GREY, "white")
    assert sum(line.get_linestyle() == "--" for line in canvas.axes[0].lines) == 1
    said = " ".join(text.get_text().replace("\n", " ") for text in canvas.axes[0].texts)
    assert "not to be relied on" in said


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_grey_words_can_be_read_on_their_ground():
    rule = re.search(r"\.unrelied, [^{]*\{ color: var\(--grey\); font-style: italic; \}", STYLE)
    ground = re.search(r"td\.unrelied \{ background: (#[0-9a-f]{6}); \}", STYLE)
    grey = re.search(r"--grey: (#[0-9a-f]{6});", STYLE)
    assert rule
    for behind in ("#ffffff", ground[1]):
        assert (luminance(behind) + 0.05) / (luminance(grey[1]) + 0.05) >= 4.5
