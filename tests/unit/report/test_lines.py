from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.figure import Figure as Canvas

from evaltools.report.curves import curve
from evaltools.report.lines import lines, spread
from evaltools.report.palette import TEXT
from evaltools.report.timescale import timescale


@pytest.mark.parametrize("narrow", [False, True])
def test_lines_are_named_where_they_end_in_colours_that_can_be_read(people, narrow):
    curves = {
        "Started a first job": curve(people, "job_start", "programme", "all", "job"),
        "Left without a job": curve(people, "job_start", "programme", "all", "left"),
    }
    canvas = Canvas(figsize=(3.75 if narrow else 8.1, 4))
    lines(canvas, narrow, curves, timescale([365], 730), "Months since engagement")
    axes = canvas.axes[0]
    assert [text.get_text().replace("\n", ": ") for text in axes.texts] == [
        "Started a first job: 46%",
        "Left without a job: 17%",
    ]
    assert axes.texts[1].get_color() == TEXT
    assert axes.get_xlabel() == "Months since engagement"


def test_a_falling_line_has_its_name_below_on_a_telephone(people):
    canvas = Canvas(figsize=(3.75, 4))
    lines(canvas, True, {"Held": curve(people, "job_held", "programme", "all")}, timescale([91], 456), "Weeks")
    assert canvas.axes[0].texts[0].get_va() == "top"


def test_labels_keep_their_order_and_their_distance():
    placed = spread(pd.Series({"b": 0.52, "a": 0.50}), 0.1)
    assert placed["b"] - placed["a"] == pytest.approx(0.1)
