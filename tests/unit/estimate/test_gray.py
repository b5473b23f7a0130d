from __future__ import annotations

from dataclasses import replace

import comprisk
import greenwood
import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.gray import gray
from evaltools.estimate.score_test import APART as REASON
from evaltools.estimate.score_test import score_test

APART = f"not estimable: {REASON}"


def sample(seed, people=200, groups=3, days=40):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "days": rng.integers(1, days, people),
            "status": rng.integers(0, 3, people),
            "site": rng.integers(0, groups, people),
            "wave": rng.integers(0, 2, people),
        }
    )
    return EventTimes.from_frame(frame, "days", "status", {1: "job", 2: "left"})


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("rho", [0, 1])
def test_agrees_with_comprisk(seed, rho):
    times = sample(seed, people=20 + 40 * seed, groups=2 + seed % 4, days=[5, 40, 1000][seed % 3])
    for code, cause in times.causes.items():
        other = comprisk.gray_test(times.duration, times.cause, times.data["site"].to_numpy(), cause=code, rho=rho)
        ours = gray(times, "site", cause, rho=rho)
        assert_allclose([ours.statistic, ours.p, ours.df], [other.stat, other.pvalue, other.df], rtol=1e-9)


def test_agrees_with_greenwood():
    times = sample(99)
    status = pd.Categorical.from_codes(times.cause, ["censored", "job", "left"])
    other = greenwood.grays_test(greenwood.Surv(times.duration, status), times.data["site"].to_numpy(), cause="job")
    assert_allclose(gray(times, "site", "job").statistic, other.statistic, rtol=1e-6)


def test_strata_add_up(monkeypatch):
    times = sample(4)
    seen = []
    monkeypatch.setattr("evaltools.estimate.gray.score_test", lambda *parts: seen.append(parts) or score_test(*parts))
    gray(times, "site", "job", strata="wave")
    for wave in (0, 1):
        part = times.data[times.data["wave"] == wave]
        gray(EventTimes.from_frame(part, "days", "status", times.causes), "site", "job")
    together, first, second = seen
    assert_allclose(together[0], first[0] + second[0])
    assert_allclose(together[1], first[1] + second[1])
    within = EventTimes.from_frame(times.data, "days", "status", times.causes, strata="wave")
    assert gray(within, "site", "job").method == "Gray, stratified by wave"


def test_whole_weights_are_so_many_people():
    times = sample(5)
    twice = EventTimes.from_frame(pd.concat([times.data] * 2), "days", "status", times.causes)
    assert_allclose(
        gray(replace(times, weights=np.full(200, 2.0)), "site", "job").statistic, gray(twice, "site", "job").statistic
    )


@pytest.mark.parametrize(
    ("days", "status", "site", "reason"),
    [
        ([1, 2, 3], [0, 0, 0], ["a", "b", "a"], "not estimable: no events of cause 'job'"),
        ([1, 2, 3], [2, 2, 0], ["a", "b", "a"], "not estimable: no events of cause 'job'"),
        ([1, 2, 3], [1, 2, 0], ["a", "a", "a"], "not estimable: fewer than two groups to compare"),
        (
            [5, 5, 5],
            [1, 1, 1],
            ["a", "b", "a"],
            APART,
        ),
        (
            [1, 2, 5],
            [0, 2, 1],
            ["a", "b", "b"],
            APART,
        ),
        ([1, 5, 6], [1, 1, 2], [None, "b", "b"], ""),
        ([5, 5, 5], [1, 2, 0], ["a", "b", "b"], ""),
    ],
)
def test_what_cannot_be_compared_is_said(make, days, status, site, reason):
    result = gray(make(days, status, site=site), "site", "job")
    assert result.reason == reason
    assert (result.statistic is None) == bool(reason)


def test_late_entry_is_refused_with_what_to_use_instead(many):
    with pytest.raises(EstimateError, match="logrank"):
        gray(many, "site", "job")
