from __future__ import annotations

import pandas as pd
import pytest

from evaltools.domain.alternative import also
from evaltools.estimate.people_clocks import clock_rows


@pytest.fixture
def rows(eleven, own):
    return lambda people=eleven, horizons=(25, 60): list(clock_rows(people, own(), horizons, 0.95))


def _one(rows, **where):
    found = [row for row in rows if all(row.get(key) == wanted for key, wanted in {"group": "all", **where}.items())]
    assert len(found) == 1
    return found[0]


def test_the_first_job_since_referral(rows):
    """Referred seven days before engaging: jobs on days 12, 17, 27 and 27 of the nine who have a time."""
    row = _one(rows(), term=also("job, from referral"), horizon=25)
    assert row["value"] == pytest.approx(2 / 9)
    assert row["outcome"] == "job_start_since_referral"
    assert (row["clock"], row["denominator_name"], row["events"]) == ("referral", "people referred", 2)


def test_days_in_and_before_a_job_up_to_a_horizon(rows):
    """Jobs on days 5, 10, 20, 20; left on 30; one seen until 40; a death on 50; two seen beyond day 60."""
    found = rows()
    job = _one(found, statistic="restricted_mean", term="job")
    assert job["value"] == pytest.approx((55 + 50 + 40 + 40) / 9)
    before = _one(found, statistic="restricted_mean", term="neither job nor leaving")
    waited = [5, 10, 20, 20, 30]
    # of the last four one is lost on day 40; one of the three left dies on day 50
    later = 4 / 9 * 50 + 4 / 9 * (2 / 3) * 10
    assert before["value"] == pytest.approx(sum(waited) / 9 + later)
    assert (before["horizon"], before["unit"]) == (60, "day")


def test_a_horizon_beyond_everybodys_follow_up_has_no_mean(rows):
    found = rows(horizons=(25, 500))
    row = _one(found, statistic="restricted_mean", term="job")
    assert pd.isna(row["value"])
    assert row["note"].startswith("not estimable")


def test_each_site_has_rows_and_nobody_has_none(rows, eleven):
    assert {row["group"] for row in rows()} == {"all", "north", "south"}
    assert rows(people=eleven.iloc[:0]) == []
    assert not [row for row in rows(horizons=()) if row["statistic"] == "restricted_mean"]
