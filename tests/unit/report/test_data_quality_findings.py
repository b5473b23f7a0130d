from __future__ import annotations

from collections.abc import Callable

from evaltools.domain.release import Release
from evaltools.report.data_quality_findings import data_quality_findings


def test_the_gravest_finding_stands_first_in_words(quality: Release) -> None:
    text = data_quality_findings(quality).text
    order = [
        text.index(word) for word in ("A date cannot be read (D102)", "The age is outside (D131)", "A row stands twice")
    ]
    assert order == sorted(order)
    assert '<td class="tone-grave">Must fix</td>' + "".join(f'<td class="number">{n}</td>' for n in (20, 15, "[c]")) in text
    assert "[c]: Counts of 1 to 9" in text


def test_one_site_shows_its_own_findings_only(quality: Release, without: Callable[..., Release]) -> None:
    text = data_quality_findings(quality, "enfield").text
    assert "D112" not in text
    assert "D131" in text
    assert "All sites" not in text
    assert data_quality_findings(without("counts")) is None
