from __future__ import annotations

from collections.abc import Callable

from evaltools.domain.release import Release
from evaltools.report.data_quality_heaping import data_quality_heaping


def test_heaping_is_said_in_words_with_its_probability(quality: Release) -> None:
    text = data_quality_heaping(quality).text
    assert '<td class="tone-some">Heaping<span class="line">p is less than 0.001</span></td>' in text
    assert "Not shown" in text  # a hidden side is not tested
    assert "Too few to say" in text
    assert "13 weeks in a job" in text


def test_one_site_and_no_site(quality: Release, without: Callable[..., Release]) -> None:
    text = data_quality_heaping(quality, "haringey").text
    assert "Enfield" not in text
    assert "All sites" not in text
    assert data_quality_heaping(without("counts")) is None
