"""Survival of 228 patients with lung cancer (survival::cancer): curves, follow-up, restricted means, log-rank tests."""

from __future__ import annotations

import pytest

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.restricted_mean import restricted_mean
from evaltools.estimate.reverse_kaplan_meier import median_follow_up


@pytest.fixture
def r(expected):
    return expected("lung_nonparametric")


@pytest.mark.parametrize(("block", "sex"), [("km", None), ("km_male", "male"), ("km_female", "female")])
def test_kaplan_meier(block, sex, lung, r, check):
    people = lung if sex is None else lung[lung["sex"] == sex]
    check.kaplan_meier(EventTimes.from_frame(people, "days", "died"), r[block])


@pytest.mark.parametrize(("quarter", "p"), [("q25", 0.25), ("q50", 0.5), ("q75", 0.75)])
def test_follow_up(quarter, p, lung, r, check):
    row = median_follow_up(EventTimes.from_frame(lung, "days", "died"), p=p).iloc[0]
    check.close(row[["value", "lower", "upper"]], [r["reverse_km_followup"][quarter][key] for key in ("est", "lo", "hi")])


def test_restricted_mean_of_women_less_that_of_men(lung, r, check):
    rows = restricted_mean(EventTimes.from_frame(lung, "days", "died"), 500, by="sex").set_index("group")
    difference = rows.loc["male - female"]
    check.close([-difference["value"], difference["se"]], [r["rmst_diff_500"]["diff_f_minus_m"], r["rmst_diff_500"]["se"]])
    check.close(rows.loc[["female", "male"], "value"], [r[f"km_{sex}"]["rmst"]["est"] for sex in ("female", "male")])


def test_logrank_of_everybody(lung, r, check):
    check.logrank(EventTimes.from_frame(lung, "days", "died"), "sex", r["logrank_sex_all228"])


def test_logrank_stratified_by_institution(lung, r, check):
    known = lung[lung["inst"].notna() & lung["ecog"].notna()]
    check.logrank(EventTimes.from_frame(known, "days", "died"), "sex", r["logrank_sex"], strata="inst")
