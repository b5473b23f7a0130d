from __future__ import annotations

from collections.abc import Callable

from evaltools.domain.release import Release
from evaltools.report.data_quality_cells import data_quality_cells


def test_entries_are_counted_and_hidden_ones_marked(quality: Release) -> None:
    text = data_quality_cells(quality).text
    assert '<th scope="row">Enfield</th><td class="number">500</td><td class="number">480</td>' in text
    assert "[c]: Counts of 1 to 9" in text
    assert text.rindex("Total") > text.rindex("Enfield")


def test_one_site_has_no_total_and_nothing_is_said_of_nothing(quality: Release, without: Callable[..., Release]) -> None:
    assert "Total" not in data_quality_cells(quality, "enfield").text
    assert "Haringey" not in data_quality_cells(quality, "enfield").text
    assert data_quality_cells(without("counts")) is None
