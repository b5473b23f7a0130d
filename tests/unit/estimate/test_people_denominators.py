from __future__ import annotations

import pytest

from evaltools.domain.alternative import also
from evaltools.estimate.people_denominators import MATURE_MONTHS, known_name, other_denominators


@pytest.fixture
def rows(eleven, own):
    def _rows(people=eleven, **rules):
        return {(row["outcome"], row["term"], row.get("horizon")): row for row in other_denominators(people, own(**rules))}

    return _rows


def _parts(row):
    return [row[name] for name in ("numerator", "denominator", "missing", "unit")]


@pytest.mark.parametrize(
    ("outcome", "reading", "parts"),
    [
        ("engaged", "of referrals", [9, 11, 0, "referral"]),
        # of those known to be out of work: seven engaged, one of them with a start that may not count
        ("job_start", "of people engaged and out of work", [4, 6, 2, "person"]),
        ("job_start", "of people referred", [4, 10, 1, "person"]),
        ("job_start", "of people whose referral is closed", [0, 3, 0, "person"]),
        ("job_start", "of referrals", [4, 11, 0, "referral"]),
        ("job_start", "of closed referrals", [0, 3, 0, "referral"]),
        ("job_starts", "of people engaged and out of work", [5, 7, 1, "job"]),
    ],
)
def test_each_rule_has_its_denominator(rows, outcome, reading, parts):
    assert _parts(rows()[outcome, also(reading), None]) == parts


def test_the_profiles_own_denominator_is_not_given_twice(rows):
    assert ("job_start", also("of people engaged"), None) not in rows()
    other = rows(job_start_denominator="referred")
    assert ("job_start", also("of people engaged"), None) in other
    assert ("job_start", also("of people referred"), None) not in other


def test_mature_cohorts_hold_only_people_engaged_long_enough_ago(rows, eleven):
    found = rows()
    days = [key[2] for key in found if key[1] == also("mature cohort")]
    assert days == [183, 274, 365, 548]
    assert len(days) == len(MATURE_MONTHS)
    # everybody was followed for 200 days: within 183 of them four started and one may have
    assert _parts(found["job_start", also("mature cohort"), 183]) == [4, 8, 1, "person"]
    assert _parts(found["job_start", also("mature cohort"), 274]) == [0, 0, 0, "person"]
    late = eleven.assign(job_days=eleven["job_days"].mask(eleven["participant_id"] == "a", 190))
    assert _parts(rows(people=late)["job_start", also("mature cohort"), 183])[:2] == [3, 8]


def test_where_hours_must_be_worked_the_name_says_that_the_start_is_known(own):
    assert known_name("people engaged", own()) == "people engaged"
    assert known_name("people engaged", own(minimum_paid_hours=4)) == "people engaged whose job start is known"


def test_nobody_is_rows_of_noughts(rows, eleven):
    assert {tuple(_parts(row)[:3]) for row in rows(people=eleven.iloc[:0]).values()} == {(0, 0, 0)}
