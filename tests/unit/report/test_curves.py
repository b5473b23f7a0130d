from __future__ import annotations

from dataclasses import replace

import pytest
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MultipleLocator

from evaltools.domain.release import Release
from evaltools.report.curves import axis, curve, draw, scale
from evaltools.report.timescale import timescale


@pytest.fixture
def opened(people):
    return Release(people.results, replace(people.meta, profile="open"))


def test_a_protected_curve_is_joined_by_straight_lines(people):
    job = curve(people, "job_start", "programme", "all", "job")
    assert not job.steps
    first, second = job.points["value"].iloc[1:3]
    day = job.points["day"].iloc[1:3].mean()
    assert job.at(day) == pytest.approx((first + second) / 2)


def test_an_exact_curve_is_drawn_and_read_in_steps(opened):
    job = curve(opened, "job_start", "programme", "all", "job")
    axes = Canvas().add_axes((0, 0, 1, 1))
    draw(axes, job, timescale([365], 730), "#12436D")
    assert axes.lines[0].get_drawstyle() == "steps-post"
    assert job.at(job.points["day"].iloc[2] - 1) == job.points["value"].iloc[1]


def test_a_curve_begins_at_day_0(people):
    later = replace(people.results, curves=people.results.curves[people.results.curves["day"] > 0])
    held = curve(Release(later, people.meta), "job_held", "programme", "all")
    assert held.points.iloc[0][["day", "value"]].tolist() == [0, 1]


def test_fewer_than_two_points_are_no_curve(hidden):
    assert curve(hidden, "job_start", "site", "lambeth", "job") is None


def test_the_unit_follows_the_at_risk_table(people):
    assert scale(people, "job_start", "programme", 730).name == "month"
    assert scale(people, "job_held", "programme", 456).name == "week"


def test_gridlines_are_few(people):
    axes = Canvas().add_axes((0, 0, 1, 1))
    axis(axes, timescale([365], 730), 730, 0.6, 0.1)
    assert isinstance(axes.yaxis.get_major_locator(), MultipleLocator)
    assert len(axes.get_yticks()) <= 10
