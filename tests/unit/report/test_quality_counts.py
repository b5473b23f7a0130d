from __future__ import annotations

import pytest

from evaltools.domain.release import Release
from evaltools.errors import ReportError
from evaltools.report.quality_counts import chosen_sites, quality_counts


def test_hidden_counts_are_none_and_absent_ones_are_not_there(quality: Release) -> None:
    found = quality_counts(quality, "fields")
    assert found["haringey", "participants.ethnicity.missing"] == 40
    assert found["enfield", "participants.ethnicity.missing"] is None
    assert ("camden", "participants.ethnicity.missing") not in found


def test_one_site_or_all_in_the_order_of_the_study(quality: Release) -> None:
    assert chosen_sites(quality) == list(quality.meta.sites)
    assert chosen_sites(quality, "enfield") == ["enfield"]
    with pytest.raises(ReportError, match="did you mean 'enfield'"):
        chosen_sites(quality, "enfeild")
