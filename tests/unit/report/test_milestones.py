from __future__ import annotations

from evaltools.report.curves import curve
from evaltools.report.milestones import estimated, milestone_table, milestone_words, milestones
from evaltools.report.timescale import timescale

MONTHS = timescale([365], 730)


def test_a_curve_is_read_at_its_ticks_and_its_end(people):
    marks = milestones(curve(people, "job_start", "programme", "all", "job"), MONTHS)
    assert [MONTHS.words(mark.day) for mark in marks][-2:] == ["21 months", "24 months"]
    assert marks[-1].value == 0.46


def test_words_and_table_hold_the_same_numbers(people):
    marks = {"Job": milestones(curve(people, "job_start", "programme", "all", "job"), MONTHS, 2)}
    assert milestone_words(marks, MONTHS, 0) == "Job: 13% by 3 months and 46% by 24 months."
    assert milestone_table("t", "Shares", marks, MONTHS, 0).body[1] == ("Job", "3 months", "13%", "11% to 15%")


def test_no_interval_is_a_dash(people):
    drawn = curve(people, "job_start", "programme", "all", "job")
    drawn.points["lower"] = float("nan")
    assert milestone_table("t", "Shares", {"Job": milestones(drawn, MONTHS)}, MONTHS, 0).body[0][3] == "–"


def test_released_estimates_replace_what_the_curve_shows(people):
    marks = milestones(curve(people, "job_start", "programme", "all", "job"), MONTHS, 3)
    rows = [{"horizon": 91.0, "value": 0.2, "lower": 0.1, "upper": 0.3}, {"horizon": 183.0, "value": None}]
    own = estimated(marks, rows, MONTHS)
    assert [(MONTHS.words(mark.day), mark.value) for mark in own] == [
        ("0 months", 0.0),
        ("3 months", 0.2),
        ("24 months", 0.46),
    ]
