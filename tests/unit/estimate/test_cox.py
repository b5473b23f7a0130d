from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter
from numpy.testing import assert_allclose
from pandas.testing import assert_frame_equal
from statsmodels.duration.hazard_regression import PHReg

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.cox import cox

RNG = np.random.default_rng(20261122)
N = 250
FRAME = pd.DataFrame(
    {
        "days": RNG.integers(1, 40, N),
        "status": RNG.integers(0, 3, N),
        "age": RNG.normal(40, 9, N),
        "arm": RNG.integers(0, 2, N),
        "site": RNG.choice(["a", "b", "c"], N),
        "post": RNG.integers(0, 40, N),
        "weight": RNG.random(N) + 0.5,
    }
)
FRAME["start"] = np.where(RNG.random(N) < 0.4, np.floor(FRAME["days"] / 3), 0)


def take(frame=FRAME, **choices):
    return EventTimes.from_frame(frame, "days", "status", {1: "job", 2: "left"}, **choices)


def test_is_that_of_lifelines_with_categories():
    fit = cox(take(), "age + C(site)", cause="job")
    other = FRAME.assign(b=FRAME["site"] == "b", c=FRAME["site"] == "c", job=FRAME["status"] == 1)
    theirs = CoxPHFitter().fit(other[["days", "job", "age", "b", "c"]].astype(float), "days", "job")
    assert fit.estimates["term"].tolist() == ["age", "C(site)[T.b]", "C(site)[T.c]"]
    assert_allclose(fit.estimates["estimate"], theirs.params_, rtol=1e-5)
    assert_allclose(fit.estimates["se"], theirs.standard_errors_, rtol=1e-5)
    assert_allclose(fit.loglik, theirs.log_likelihood_, rtol=1e-8)
    assert_allclose(fit.concordance, theirs.concordance_index_, rtol=1e-8)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
def test_is_that_of_statsmodels_with_strata_and_late_entry(ties):
    late = FRAME.assign(start=FRAME["start"] + np.where(FRAME["start"] > 0, 0.5, 0))
    fit = cox(take(late, entry="start"), "age + arm", strata="site", ties=ties)
    sites = pd.factorize(FRAME["site"])[0]
    theirs = PHReg(
        FRAME["days"], FRAME[["age", "arm"]].astype(float), FRAME["status"] > 0, late["start"], sites, ties=ties
    ).fit()
    assert_allclose(fit.estimates["estimate"], theirs.params, rtol=1e-5)
    assert_allclose(fit.estimates["se"], theirs.bse, rtol=1e-5)


def test_the_columns_and_what_goes_with_them():
    fit = cox(take(FRAME.assign(age=FRAME["age"].where(FRAME.index > 9))), "age + arm", cluster="site", level=0.9)
    assert list(fit.estimates.columns) == ["term", "estimate", "se", "robust_se", "lower", "upper", "p"]
    assert (fit.n, fit.n_missing, fit.clusters) == (N - 10, 10, 3)
    assert "sandwich errors by site" in fit.method
    assert "clusters (3)" in fit.note
    assert "10 rows" in fit.note


def test_strata_cluster_and_weights_of_the_times_are_the_default():
    times = take(strata="site", cluster="post", weights="weight")
    fit = cox(times, "age + arm")
    named = cox(take(weights="weight"), "age + arm", strata="site", cluster="post")
    assert_frame_equal(fit.estimates, named.estimates)


def test_order_of_rows_and_unit_of_time_do_not_matter():
    mixed = FRAME.sample(frac=1, random_state=1).assign(days=lambda frame: frame["days"] * 7)
    one, other = cox(take(), "age + arm", cluster="post"), cox(take(mixed), "age + arm", cluster="post")
    assert_allclose(one.estimates.drop(columns="term"), other.estimates.drop(columns="term"), rtol=1e-8)


def test_swapping_the_arms_flips_the_sign():
    one, other = (cox(take(frame), "arm").coefficients for frame in (FRAME, FRAME.assign(arm=1 - FRAME["arm"])))
    assert_allclose(one, -other, rtol=1e-8)


def test_a_whole_number_of_copies_is_that_weight():
    twice = take(pd.concat([FRAME, FRAME]))
    weighted = cox(take(FRAME.assign(weight=2.0), weights="weight"), "age + arm", ties="breslow")
    assert_allclose(weighted.coefficients, cox(twice, "age + arm", ties="breslow").coefficients, rtol=1e-8)
    assert_allclose(weighted.estimates["se"], cox(twice, "age + arm", ties="breslow").estimates["se"], rtol=1e-8)


def test_a_covariate_that_changes_takes_one_row_for_each_stretch():
    """Splitting follow-up without changing a covariate changes nothing but n."""
    head = FRAME.assign(status=0, end=np.ceil(FRAME["days"] / 2), begin=0)
    tail = FRAME.assign(end=FRAME["days"], begin=np.ceil(FRAME["days"] / 2))
    rows = pd.concat([head, tail[tail["end"] > tail["begin"]], head[head["end"] == head["days"]].assign(gone=1)])
    rows = rows[rows.get("gone").isna()] if "gone" in rows else rows
    whole = FRAME[np.ceil(FRAME["days"] / 2) < FRAME["days"]]
    rows = rows[rows.index.isin(whole.index)]
    split = EventTimes.from_frame(rows, "end", "status", {1: "job", 2: "left"}, entry="begin")
    assert_allclose(cox(split, "age + arm").coefficients, cox(take(whole), "age + arm").coefficients, rtol=1e-8)


@pytest.mark.parametrize(
    ("changes", "formula", "choices", "words"),
    [
        ({"status": 0}, "age", {}, "nobody among 250 has an event"),
        ({}, "age", {"cause": "jobs"}, "did you mean 'job'"),
        ({"age": 1}, "age", {}, "same value for everybody"),
        ({"twice": 2 * FRAME["age"] + 1}, "age + twice", {}, "'age' and 'twice' repeat each other"),
        ({"won": (FRAME["status"] > 0) * 1}, "won + age", {}, "'won' separates people"),
        ({"code": FRAME["site"].map({"a": 1, "b": 2, "c": 3})}, "age + code", {"strata": "site"}, "'code' does not differ"),
        ({}, "agee", {}, "did you mean 'age'"),
        ({}, "age", {"strata": "sitte"}, "did you mean 'site'"),
        ({}, "age", {"cluster": "pots"}, "did you mean 'post'"),
        ({"one": 1}, "age", {"cluster": "one"}, "one cluster"),
        ({}, "age", {"ties": "exact"}, "efron, breslow"),
        ({"age": FRAME["age"].where(FRAME["status"] == 0)}, "age", {}, "nobody of the"),
    ],
)
def test_what_cannot_be_estimated_is_said_in_words(changes, formula, choices, words):
    with pytest.raises(EstimateError, match=words):
        cox(take(FRAME.assign(**changes)), formula, **choices)


@pytest.mark.parametrize("few", [1, 2])
def test_a_handful_of_people_is_refused_in_words(few):
    with pytest.raises(EstimateError, match=r"not estimable|nobody"):
        cox(take(FRAME.assign(status=1).iloc[:few]), "age")


def test_everybody_on_one_day_has_an_estimate_or_words():
    fit = cox(take(FRAME.assign(days=30)), "arm")
    assert np.isfinite(fit.coefficients).all()
