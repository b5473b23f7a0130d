from __future__ import annotations

import numpy as np
import pytest

from evaltools.errors import EstimateError
from evaltools.estimate.median_time import median_time


def test_a_flat_stretch_at_one_half_gives_its_left_end(make):
    assert median_time(make([1, 2, 3, 4], [1, 1, 0, 0]))["value"].tolist() == [2]


def test_not_reached_is_missing(make):
    row = median_time(make([1, 2, 3, 4], [1, 0, 0, 0])).iloc[0]
    assert row[["value", "upper"]].isna().all()


def test_all_censored_is_missing(make):
    row = median_time(make([1, 2], [0, 0])).iloc[0]
    assert row[["value", "lower", "upper"]].isna().all()


def test_median_of_one_cause_waits_for_its_own_incidence(four):
    assert median_time(four, cause="job")["value"].tolist() == [3]
    assert np.isnan(median_time(four, cause="left")["value"].iloc[0])


def test_interval_contains_the_value(many):
    for row in median_time(many, by="site", cause=None).itertuples():
        assert row.lower <= row.value <= row.upper


def test_quantiles_are_in_order(many):
    values = [median_time(many, p=p)["value"].iloc[0] for p in (0.25, 0.5, 0.75)]
    assert values == sorted(values)


def test_rounding_does_not_move_a_quantile(make):
    # ten people, one event a day: survival 0.7 is computed as 0.7000000000000001
    assert median_time(make(range(1, 11), [1] * 10), p=0.3)["value"].tolist() == [3]


def test_an_unknown_cause_names_the_known_ones(four):
    with pytest.raises(EstimateError, match="job, left"):
        median_time(four, cause="died")


@pytest.mark.parametrize("p", [0, 1, 50])
def test_a_share_outside_0_and_1_is_an_error(four, p):
    with pytest.raises(EstimateError, match="between 0 and 1"):
        median_time(four, p=p)


def test_nobody_gives_no_rows(make):
    assert median_time(make([], [])).empty


def test_not_reached_is_said(make):
    assert median_time(make([1, 2, 3, 4], [1, 0, 0, 0]))["note"].tolist() == ["not reached"]
    assert median_time(make([1, 2, 3, 4], [1, 1, 1, 0]))["note"].tolist() == [""]


def test_late_entry_with_too_few_at_first_has_no_median(make):
    late = make([2, 3, *[9] * 12], [1, 1, *[1] * 12], entry=[1, 1, *[4] * 12])
    row = median_time(late).iloc[0]
    assert row[["value", "lower", "upper"]].isna().all()
    why = "people enter late and too few are at risk at first"
    assert row["note"] == f"not estimable: {why}; use conditional_survival from day 3"
