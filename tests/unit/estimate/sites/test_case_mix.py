from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.errors import EstimateError
from evaltools.estimate.sites.case_mix import case_mix, overlap_of_risk


@pytest.fixture(scope="module")
def people():
    rng = np.random.default_rng(11)
    n = 600
    site = rng.choice(list("abc"), n)
    age = rng.normal(40, 9, n) + 8 * (site == "c")
    p = 1 / (1 + np.exp(-(0.8 - 0.03 * age)))
    return pd.DataFrame({"job": (rng.random(n) < p).astype(int), "age": age, "site": site})


def test_expected_events_add_up_to_those_observed_in_all_but_not_when_sites_are_left_out(people):
    found = case_mix(people, "job", "site", "age")
    assert found.expected.sum() == pytest.approx(people["job"].sum(), rel=1e-9)
    out = case_mix(people, "job", "site", "age", leave_site_out=True)
    assert out.expected.sum() != pytest.approx(people["job"].sum(), rel=1e-6)
    assert np.corrcoef(out.expected, found.expected)[0, 1] > 0.95


def test_auc_is_the_share_of_pairs_in_order(people):
    found = case_mix(people, "job", "site", "age")
    ones, zeros = found.expected[found.outcome == 1], found.expected[found.outcome == 0]
    assert found.auc == pytest.approx((ones[:, None] > zeros).mean() + 0.5 * (ones[:, None] == zeros).mean())
    assert found.calibration["people"].tolist() == [60] * 10
    assert found.calibration["observed"].sum() == people["job"].sum()


def test_people_without_covariates_are_counted_by_site(people):
    holes = people.copy()
    holes.loc[holes.index[holes["site"] == "b"][:7], "age"] = np.nan
    found = case_mix(holes, "job", "site", "age")
    assert found.missing.set_index("site")["without_covariates"].to_dict() == {"a": 0, "b": 7, "c": 0}
    assert (people["site"].to_numpy()[found.used] == found.site).all()


def test_people_without_site_or_outcome_take_no_part(people):
    holes = people.astype({"job": float}).copy()
    holes.loc[3, "site"] = None
    holes.loc[5, "job"] = np.nan
    found = case_mix(holes, "job", "site", "age")
    assert set(range(len(people))) - set(found.used) == {3, 5}


@pytest.mark.parametrize(
    ("formula", "site", "code"), [("age + C(site)", "site", "E248"), ("age", "team", "E230"), ("size", "site", "E13")]
)
def test_refusals(people, formula, site, code):
    with pytest.raises(EstimateError, match=code):
        case_mix(people, "job", site, formula)


def test_overlap():
    risk = np.array([0.1, 0.2, 0.3, 0.4] * 25)
    same = overlap_of_risk(risk, np.array(["a", "b"] * 50, dtype=object))
    assert same["overlap"].max() < 0.1  # a has 0.1 and 0.3, b the others
    mixed = overlap_of_risk(risk, np.repeat(np.array(["a", "b"], dtype=object), 50))
    assert mixed["overlap"].min() > 0.9
    alone = overlap_of_risk(risk, np.repeat(np.array(["a"], dtype=object), 100))
    assert alone["overlap"].isna().all()
