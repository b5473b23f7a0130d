from __future__ import annotations

from collections.abc import Callable

from evaltools.domain.release import Release
from evaltools.report.missingness_map import missingness_map


def test_shares_are_drawn_and_said(quality: Release) -> None:
    block = missingness_map(quality)
    assert "Of what everybody should have, ethnic group is missing most often: 40% at one site" in block.text
    assert 'aria-label="Table of shades.' in block.text
    (figure,) = block.figures
    assert figure.csv.splitlines()[1] == "Person: ethnic group,40%,[c],–"
    assert "<svg" in figure.svg


def test_hidden_shares_are_marked_and_nothing_is_drawn_of_nothing(quality: Release, without: Callable[..., Release]) -> None:
    text = missingness_map(quality, "enfield").text
    assert "How many entries are missing is not shown" in text
    assert "[c]: few entries are missing" in text
    assert missingness_map(without("checks")) is None
