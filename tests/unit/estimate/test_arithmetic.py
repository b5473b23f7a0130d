"""The conflicts are those of the published figures of the MHEP contracts and of Perkins and others (2022)."""

from __future__ import annotations

import pandas as pd
import pytest

from evaltools.domain.counted_outcome import CountedOutcome
from evaltools.estimate import arithmetic
from evaltools.estimate.totals import Totals

STARTED = CountedOutcome("job_start", "started a job", ("job_starts",), ("engaged",), "people engaged")


def totals(site="ld", group_by="", group="", **counts):
    frame = pd.DataFrame({"site_id": site, "measure": list(counts), "count": list(counts.values())})
    return Totals.from_frame(frame.assign(group_by=group_by, group=group))


def sites(**columns):
    names = ["site_id", "maximum_payment", "months_stated", "opens", "closes"]
    return pd.DataFrame([{"site_id": "hb", **columns}]).reindex(columns=names)


def payments(*lines):
    return pd.DataFrame([("hb", *line) for line in lines], columns=["site_id", "kind", "payer", "amount"])


def only(found):
    (check,) = list(found)
    return check


def test_more_job_starts_than_people_engaged():
    check = only(arithmetic.later_exceeds_earlier(totals(engaged=75, job_starts=111), [STARTED]))
    assert check["subject"] == "ld"
    assert (check["status"], check["value"], check["threshold"]) == ("inconsistent", 111, 75)
    assert "111 of 75" in check["why"]
    assert "148.0%" in check["why"]


def test_fewer_job_starts_than_people_engaged_is_no_conflict():
    assert not list(arithmetic.later_exceeds_earlier(totals(engaged=75, job_starts=75), [STARTED]))


def test_jobs_that_started_when_nobody_engaged():
    assert "1 of 0" in only(arithmetic.later_exceeds_earlier(totals(engaged=0, job_starts=1), [STARTED]))["why"]


@pytest.mark.parametrize(("achieved", "conflicts"), [(96, 1), (80, 0), (0, 0)])
def test_more_than_twice_the_target(achieved, conflicts):
    found = list(arithmetic.far_above_target(totals(sustained_13_under_16=achieved), totals(sustained_13_under_16=40)))
    assert len(found) == conflicts
    assert not conflicts or "(240% of it)" in found[0]["why"]


def test_a_target_without_an_achievement_is_no_conflict():
    assert not list(arithmetic.far_above_target(totals(engaged=3), totals(job_starts=1)))


def test_paid_more_than_the_maximum_with_and_without_covid_claims():
    lines = payments(("actual", "all", 1350339.0), ("actual_covid", "all", 217980.0))
    check = only(arithmetic.paid_exceeds_maximum(lines, sites(maximum_payment=1439148)))
    assert (check["value"], check["threshold"]) == (1568319, 1439148)
    for number in ("1,568,319", "1,439,148", "109.0%", "1,350,339"):
        assert number in check["why"]


def test_paid_up_to_the_maximum_or_without_one_is_no_conflict():
    assert not list(arithmetic.paid_exceeds_maximum(payments(("actual", "all", 5.0)), sites(maximum_payment=5)))
    assert not list(arithmetic.paid_exceeds_maximum(payments(("actual", "all", 5.0)), sites()))


def test_commitments_that_fall_short_name_who_left_theirs_blank():
    lines = payments(("commitment", "Fund", 596918.0), ("commitment", "Barnet", 824230.0), ("commitment", "Haringey", None))
    check = only(arithmetic.commitments_differ_from_maximum(lines, sites(maximum_payment=1439148)))
    assert (check["value"], check["threshold"]) == (1421148, 1439148)
    assert "18,000 short of" in check["why"]
    assert "Haringey is blank" in check["why"]


def test_commitments_that_add_up_or_are_not_published_are_no_conflict():
    assert not list(
        arithmetic.commitments_differ_from_maximum(payments(("commitment", "Fund", 7.0)), sites(maximum_payment=7))
    )
    assert not list(arithmetic.commitments_differ_from_maximum(payments(), sites(maximum_payment=7)))


def test_commitments_above_the_maximum():
    check = only(arithmetic.commitments_differ_from_maximum(payments(("commitment", "Fund", 9.0)), sites(maximum_payment=7)))
    assert "2 more than" in check["why"]
    assert "blank" not in check["why"]


@pytest.mark.parametrize(("stated", "conflicts"), [(41, 1), (24, 0), (25, 0), (22, 1), (None, 0)])
def test_months_from_first_to_last_against_the_stated_duration(stated, conflicts):
    found = list(arithmetic.dates_contradict_duration(sites(opens="2017-04", closes="2019-03", months_stated=stated)))
    assert len(found) == conflicts
    assert not conflicts or (found[0]["value"], found[0]["threshold"]) == (24, stated)


def test_a_site_still_open_has_no_duration():
    assert not list(arithmetic.dates_contradict_duration(sites(opens="2017-04", months_stated=41)))


@pytest.mark.parametrize(
    ("engaged", "field", "target", "conflicts"), [(704, 985, 985, 1), (496, 496, 582, 0), (985, 985, 985, 0)]
)
def test_a_field_that_repeats_its_own_target(engaged, field, target, conflicts):
    found = list(arithmetic.field_repeats_its_target(totals(engaged=engaged, users_engaged=field, users_targeted=target)))
    assert len(found) == conflicts
    assert not conflicts or "704 people engaged" in found[0]["why"]


@pytest.mark.parametrize(("second", "conflicts"), [(114, 1), (144, 0), (None, 0)])
def test_a_second_table_that_prints_another_number(second, conflicts):
    found = list(arithmetic.reprint_differs(totals("wwt", "ethnicity", "white", accessed=144, accessed_reprint=second)))
    assert len(found) == conflicts
    assert not conflicts or (found[0]["value"], found[0]["threshold"]) == (114, 144)


def test_people_of_no_known_subgroup_are_noted():
    frame = pd.DataFrame(
        [("a", "engaged", "sex", "female", 14), ("a", "engaged", "sex", "unknown", 5)],
        columns=["site_id", "measure", "group_by", "group", "count"],
    )
    check = only(arithmetic.subgroup_not_known(Totals.from_frame(frame), [STARTED]))
    assert (check["status"], check["value"], check["threshold"]) == ("note", 5, 14)
    assert "5 of 19" in check["why"]
