from __future__ import annotations

import pytest
from matplotlib.figure import Figure as Canvas

from evaltools.report.intervals import Dot, heights, intervals

DOTS = (
    Dot("Enfield", 0.35, 0.29, 0.41, ("84 of 239", "35%")),
    Dot("Lambeth", None, None, None, ("", "[c]")),
    Dot("Tower Hamlets, learning disabilities", 1.48, None, None, ("111 of 75", "148%")),
)


def drawn(narrow):
    canvas = Canvas(figsize=(3.75 if narrow else 8.1, 3))
    intervals(canvas, narrow, DOTS, (0.32, "All sites 32%"))
    return canvas.axes[0]


@pytest.mark.parametrize("narrow", [False, True])
def test_every_group_is_named_and_only_possible_shares_are_drawn(narrow):
    axes = drawn(narrow)
    words = " ".join(text.get_text().replace("\n", " ") for text in axes.texts)
    for said in ("Enfield", "Lambeth", "[c]", "148%", "All sites 32%"):
        assert said in words
    assert sum(line.get_marker() == "o" for line in axes.lines) == 1


def test_the_axis_stays_between_0_and_100_percent():
    low, high = drawn(False).get_xlim()
    assert 0 <= low < high <= 1


@pytest.mark.parametrize("value", [0.05, 0.5, 0.95])
def test_the_name_of_the_whole_stays_inside(value):
    canvas = Canvas(figsize=(8.1, 3))
    intervals(canvas, False, (Dot("A", 0.0, 0.0, 1.0, ("", "")),), (value, "All"))
    assert any(text.get_text() == "All" for text in canvas.axes[0].texts)


def test_nothing_known_still_draws():
    canvas = Canvas(figsize=(8.1, 3))
    intervals(canvas, False, DOTS[1:2], None)
    assert len(canvas.axes) == 1


def test_height_grows_with_groups():
    assert heights(6)[0] > heights(2)[0]


@pytest.mark.parametrize("narrow", [False, True])
def test_a_heading_names_the_rows_below_it_and_has_no_dot(narrow):
    canvas = Canvas(figsize=(3.75, 3) if narrow else (8.1, 3))
    intervals(canvas, narrow, (Dot("Part", None, None, None, ("", ""), heading=True), DOTS[0]), None)
    axes = canvas.axes[0]
    assert [text.get_text() for text in axes.texts].count("Part") == 1
    assert sum(line.get_marker() == "o" for line in axes.lines) == 1
