from __future__ import annotations

import pandas as pd
import pytest

from evaltools.derive.day_numbers import day_numbers
from evaltools.derive.specialist_months import MONTH_DAYS, specialist_months


def runs(*rows):
    columns = ["specialist_id", "first_day", "last_day", "posts", "fte", "caseload", "unplaced"]
    frame = pd.DataFrame(rows, columns=columns).assign(site_id="north", in_work=0, work_unknown=0, contested=0)
    for name in ("first_day", "last_day"):
        frame[name] = pd.to_datetime(frame[name])
    frame["days"] = (frame["last_day"] - frame["first_day"]).dt.days + 1
    return frame.assign(job_search=frame["caseload"]).astype({"fte": "Float64"})


def holds(*rows):
    frame = pd.DataFrame(rows, columns=["row", "specialist_id", "first", "handed_over", "reached"]).assign(site_id="north")
    frame["first"] = day_numbers(pd.to_datetime(frame["first"]))
    return frame


def starts(*rows):
    frame = pd.DataFrame(rows, columns=["specialist_id", "first_job_date"]).assign(site_id="north")
    return frame.assign(first_job_date=pd.to_datetime(frame["first_job_date"]))


TWO = runs(
    ("A", "2019-01-11", "2019-01-31", 1, 0.5, 10, 8),
    ("A", "2019-02-01", "2019-02-14", 1, 0.5, 12, 6),
    ("A", "2019-02-15", "2019-02-28", 1, 1.0, 20, 6),
    ("A", "2019-04-01", "2019-04-30", 1, None, 20, 6),
    ("B", "2019-04-01", "2019-04-30", 0, None, 3, 3),
)


@pytest.fixture
def months():
    held = holds(
        (0, "A", "2019-01-11", False, True),
        (0, "B", "2019-04-02", True, True),
        (1, "A", "2019-01-11", False, False),  # held before the case was active: received from nobody
        (2, "A", "2019-02-10", True, False),
    )
    done = specialist_months(TWO, held, starts(("A", "2019-02-03"), ("A", "2019-02-28")))
    return done.assign(month=done["month"].dt.strftime("%Y-%m")).set_index(["specialist_id", "month"])


def test_days_and_exposure(months):
    january, february = months.loc[("A", "2019-01")], months.loc[("A", "2019-02")]
    assert january[["days_in_post", "caseload_days", "unplaced_days"]].tolist() == [21, 210, 168]
    assert january["fte_months"] == pytest.approx(0.5 * 21 / 31)
    assert january["client_months"] == pytest.approx(168 / MONTH_DAYS)
    assert february["fte_months"] == pytest.approx(0.75)
    assert february["mean_caseload"] == 16


def test_exposure_that_is_not_known_is_missing_not_zero(months):
    assert months.loc[("A", "2019-04"), "unknown_days"] == 30
    assert months["fte_months"].isna().tolist() == [False, False, True, True]


def test_the_caseload_before_is_that_of_the_month_before(months):
    assert months.loc[("A", "2019-02"), "caseload_before"] == 10
    assert months["caseload_before"].isna().tolist() == [True, False, True, True]  # March is not there


def test_cases_come_and_go(months):
    assert months["new_cases"].tolist() == [2, 1, 0, 0]
    assert months["received"].tolist() == [0, 0, 0, 1]
    assert months["passed_on"].tolist() == [0, 0, 1, 0]
    assert months["starts"].tolist() == [0, 2, 0, 0]


def test_the_first_months_in_post_are_the_ramp_up(months):
    assert months["month_in_post"].tolist()[:3] == [0, 1, 3]
    assert months["ramp_up"].tolist()[:3] == [True, True, False]
    assert pd.isna(months.loc[("B", "2019-04"), "ramp_up"])  # never in post


def test_sums_of_months_are_sums_of_days(months):
    assert months["caseload_days"].sum() == (TWO["caseload"] * TWO["days"]).sum()
