from __future__ import annotations

from collections.abc import Callable

from evaltools.domain.release import Release
from evaltools.report.data_quality_lag import data_quality_lag


def test_bands_stand_in_order_and_silent_sites_are_named(quality: Release) -> None:
    text = data_quality_lag(quality).text
    cells = "".join(f'<td class="number">{n}</td>' for n in (0, 5, 10, 15, 20, 25))
    assert f'<th scope="row">Haringey and Barnet</th>{cells}' in text
    assert "No evidence of jobs from: Enfield, Shropshire" in text


def test_a_site_without_evidence_has_no_table(quality: Release, without: Callable[..., Release]) -> None:
    assert data_quality_lag(quality, "enfield") is None
    assert data_quality_lag(without("counts")) is None
