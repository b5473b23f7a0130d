from __future__ import annotations

import pytest
from pydantic import ValidationError

from evaltools.schema.linkage import Linkage


def test_people_are_linked_exactly_unless_the_study_says_otherwise() -> None:
    assert Linkage().method == "exact"


def test_what_is_reviewed_lies_below_what_is_linked() -> None:
    assert Linkage(link_above=0.9, review_above=0.9).review_above == 0.9
    with pytest.raises(ValidationError, match="review_above"):
        Linkage(link_above=0.9, review_above=0.95)
