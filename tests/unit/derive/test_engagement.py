from __future__ import annotations

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from evaltools.derive.engagement import engaged_on


def _people(started: str | None, third: str | None, cut: str = "2019-06-30") -> pd.DataFrame:
    return pd.DataFrame(
        {"profile_started_date": [started], "third_appointment_date": [third], "cut": [cut]}, dtype="datetime64[ns]"
    )


@pytest.mark.parametrize(
    ("started", "third", "engaged"),
    [
        ("2019-02-01", "2019-03-01", "2019-02-01"),
        ("2019-03-01", "2019-02-01", "2019-02-01"),
        (None, "2019-03-01", "2019-03-01"),
        ("2019-06-30", None, "2019-06-30"),
        ("2019-07-01", None, None),
        (None, None, None),
    ],
)
def test_engaged_on_the_first_known_day_within_follow_up(started, third, engaged):
    people = _people(started, third)
    before = people.copy()
    found = engaged_on(people, ["profile_started_date", "third_appointment_date"])
    assert pd.to_datetime([engaged]).equals(pd.DatetimeIndex(found))
    assert_frame_equal(before, people)


def test_a_date_that_the_profile_does_not_name_does_not_count():
    assert engaged_on(_people(None, "2019-03-01"), ["profile_started_date"]).isna().tolist() == [True]


def test_a_named_date_that_no_site_sends_engages_nobody():
    found = engaged_on(_people("2019-02-01", None), ["engaged_date"])
    assert found.isna().tolist() == [True]
    assert found.dtype == "datetime64[ns]"


def test_nobody_is_no_days():
    found = engaged_on(_people(None, None).iloc[:0], ["profile_started_date"])
    assert len(found) == 0
    assert found.dtype == "datetime64[ns]"
