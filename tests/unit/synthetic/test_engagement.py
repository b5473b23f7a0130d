from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from evaltools.synthetic.engagement import draw_engagement
from evaltools.synthetic.people import draw_people
from evaltools.synthetic.posts import draw_posts


@pytest.fixture
def people() -> pd.DataFrame:
    rng = np.random.default_rng(7)
    return draw_people(draw_posts(rng), rng)


def test_dates_follow_one_another_and_none_lies_after_the_last_day(people: pd.DataFrame) -> None:
    drawn = draw_engagement(people, np.random.default_rng(8))
    order = ["referral_date", "first_contact_date", "profile_started_date", "profile_completed_date"]
    for earlier, later in pairwise(order):
        known = drawn[[earlier, later]].dropna()
        assert (known[earlier] <= known[later]).all()
    for name in [*order, "third_appointment_date", "engaged_date"]:
        assert not (drawn[name] > drawn["last_day"]).any()


def test_a_provider_records_one_engagement_date_or_its_parts_never_both(people: pd.DataFrame) -> None:
    drawn = draw_engagement(people, np.random.default_rng(8))
    assert not (drawn["engaged_date"].notna() & drawn["profile_started_date"].notna()).any()
    either = drawn["engaged_date"].fillna(drawn["profile_started_date"])
    assert either.equals(drawn["engaged"])


def test_the_people_given_are_left_alone(people: pd.DataFrame) -> None:
    before = people.copy()
    draw_engagement(people, np.random.default_rng(8))
    assert_frame_equal(before, people)
