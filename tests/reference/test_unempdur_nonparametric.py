"""Spells without work of 3343 people in two-week periods (Ecdat::UnempDur): three ways out, with and without insurance."""

from __future__ import annotations

import pytest

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.at_times import at_times
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.restricted_mean import restricted_mean


@pytest.fixture
def r(expected):
    return expected("unempdur_nonparametric")


@pytest.fixture
def ways_out(unempdur):
    return EventTimes.from_frame(unempdur, "spell", "status", causes={1: "ft", 2: "pt", 3: "unknown"})


def test_counts(ways_out, r):
    counts = [int((ways_out.cause == code).sum()) for code in range(4)]
    assert counts == [r["counts"][name] for name in ("cens", "ft", "pt", "unknown")]


@pytest.mark.parametrize(
    ("block", "event", "ui"),
    [
        ("km_fulltime", "censor1", None),
        ("km_any_job", "any_job", None),
        ("km_fulltime_ui_yes", "censor1", "yes"),
        ("km_fulltime_ui_no", "censor1", "no"),
    ],
)
def test_kaplan_meier(block, event, ui, unempdur, r, check):
    people = unempdur if ui is None else unempdur[unempdur["ui"] == ui]
    check.kaplan_meier(EventTimes.from_frame(people, "spell", event), r[block])


def test_logrank(unempdur, r, check):
    check.logrank(EventTimes.from_frame(unempdur, "spell", "censor1"), "ui", r["logrank_ui"])


def test_restricted_mean_with_insurance_less_that_without(unempdur, r, check):
    block = r["rmst_diff_ui_tau26"]
    times = EventTimes.from_frame(unempdur, "spell", "censor1")
    row = restricted_mean(times, block["tau"], by="ui").set_index("group").loc["yes - no"]
    check.close([row["value"], row["se"]], [block["diff_yes_minus_no"], block["se"]])


def test_cumulative_incidence_is_that_of_survfit(ways_out, r, check):
    check.incidence(ways_out, r["aj"])


def test_groups_and_gray_test_are_those_of_cmprsk(ways_out, r, check):
    check.cmprsk(ways_out, r["cuminc_by_ui"], by="ui")


def test_one_minus_kaplan_meier_of_full_time_jobs(unempdur, r, check):
    block = r["one_minus_km_ft"]
    alone = EventTimes.from_frame(unempdur.assign(status=(unempdur["status"] == 1).astype(int)), "spell", "status")
    check.close(1 - at_times(kaplan_meier(alone), block["times"])["value"], block["value"])
