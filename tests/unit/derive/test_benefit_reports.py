from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from evaltools.derive.benefit_reports import BENEFIT_GROUPS, benefit_reports

CODES = ["esa_support", "esa", "uc", "jsa", "pip", "other", "none", "unknown"]


def told(*rows, site="north"):
    """Reports of Ann: day in 2019, benefit, receiving."""
    frame = pd.DataFrame(rows, columns=["day", "benefit", "receiving"])
    frame["observed_date"] = pd.Timestamp("2019-01-01") + pd.to_timedelta(frame.pop("day"), unit="D")
    frame = frame.assign(participant_id="ann", site_id=site)
    return frame.astype({"receiving": "boolean", "participant_id": "string", "benefit": "string"})


def statuses(benefits, **settings):
    return benefit_reports(benefits, **settings)["status"].tolist()


def test_a_site_that_never_says_whether_names_what_is_received():
    assert statuses(told((0, "uc", None), (90, "none", None))) == ["on", "off"]


def test_a_site_that_says_so_elsewhere_left_this_one_open():
    assert statuses(told((0, "uc", True), (90, "uc", None))) == ["on", "unknown"]


def test_another_site_is_no_witness():
    both = pd.concat([told((0, "uc", None)), told((0, "uc", True), site="south").assign(participant_id="bob")])
    assert statuses(both) == ["on", "on"]


@pytest.mark.parametrize(("days", "expected"), [(42, ["on", "on", "on"]), (41, ["on", "off", "on"])])
def test_a_move_must_follow_soon(days, expected):
    moved = told((0, "jsa", True), (50, "none", True), (92, "uc", True))
    assert statuses(moved, migration_days=days) == expected


def test_only_a_move_to_universal_credit_is_a_move():
    assert statuses(told((0, "jsa", True), (50, "none", True), (60, "jsa", True))) == ["on", "off", "on"]


def test_somebody_elses_claim_is_no_move():
    ann, bob = told((0, "jsa", True), (50, "none", True)), told((60, "uc", True)).assign(participant_id="bob")
    assert statuses(pd.concat([ann, bob])) == ["on", "off", "on"]


def test_an_unknown_report_between_is_passed_over():
    assert statuses(told((0, "esa", True), (50, "none", True), (55, "unknown", True), (60, "uc", True))) == [
        "on", "on", "unknown", "on",
    ]  # fmt: skip


def test_what_was_said_at_referral_is_a_report_unless_there_is_one():
    entries = pd.DataFrame({"participant_id": ["ann", "ann"], "benefit": ["uc", "uc"]})
    entries["observed_date"] = pd.to_datetime(["2018-12-01", "2019-01-01"])
    found = benefit_reports(told((0, "none", True)), entries)
    assert found["status"].tolist() == ["on", "off"]


def test_nobody_reported_anything():
    assert benefit_reports(told()).empty


ROWS = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from(CODES), st.sampled_from([True, False, None])), min_size=1, max_size=12
)


@settings(max_examples=60)
@given(ROWS)
def test_one_status_a_day_by_the_plain_rule(rows):
    """Against the rule written out for one day at a time, without moves."""
    found = benefit_reports(told(*rows), migration_days=-1)
    says = any(receiving is not None for *_, receiving in rows)
    family = lambda code: BENEFIT_GROUPS[code].partition("_")[0]  # noqa: E731 - ESA is one benefit in three groups
    held = None
    for day, status in zip(found["date"], found["status"], strict=True):
        mine = [(b, r if says else True) for d, b, r in rows if pd.Timestamp("2019-01-01") + pd.Timedelta(days=d) == day]
        on = any(b in BENEFIT_GROUPS and r is True for b, r in mine)
        ended = any((b in BENEFIT_GROUPS and r is False) or (b == "none" and r is True) for b, r in mine)
        doubt = any(r is not False and b not in ("pip", "none") and not (b in BENEFIT_GROUPS and r is True) for b, r in mine)
        ends = {BENEFIT_GROUPS[b] for b, r in mine if b in BENEFIT_GROUPS and r is False}
        other = held and len(ends) == 1 and ("none", True) not in mine and {each.partition("_")[0] for each in ends} != held
        assert status == ("on" if on else "off" if ended and not doubt and not other else "unknown")
        groups = {BENEFIT_GROUPS[b] for b, r in mine if b in BENEFIT_GROUPS and r is True}
        if groups:
            held = {family(b) for b, r in mine if b in BENEFIT_GROUPS and r is True} if len(groups) == 1 else {"several"}


@settings(max_examples=25)
@given(ROWS)
def test_the_order_of_rows_does_not_matter(rows):
    assert_frame_equal(benefit_reports(told(*rows)), benefit_reports(told(*reversed(rows))))


def _statuses(*rows):
    told = pd.DataFrame(rows, columns=["observed_date", "benefit", "receiving"]).assign(
        participant_id="ann", site_id="north"
    )
    told["observed_date"] = pd.to_datetime(told["observed_date"])
    return benefit_reports(told.assign(receiving=told["receiving"].astype("boolean")))["status"].tolist()


def test_the_end_of_another_benefit_says_nothing_of_the_one_that_is_received():
    assert _statuses(("2019-01-07", "esa_support", True), ("2019-04-01", "jsa", False)) == ["on", "unknown"]
    assert _statuses(("2019-01-07", "esa_support", True), ("2019-04-01", "esa", False)) == ["on", "off"]
    assert _statuses(("2019-01-07", "esa_support", True), ("2019-04-01", "none", True)) == ["on", "off"]


def test_a_move_to_universal_credit_may_have_another_report_in_between():
    days = ("2019-01-07", "2019-04-01", "2019-04-15", "2019-05-06")
    said = (("esa", True), ("esa", False), ("none", True), ("uc", True))
    assert _statuses(*((day, *what) for day, what in zip(days, said, strict=True))) == ["on"] * 4
