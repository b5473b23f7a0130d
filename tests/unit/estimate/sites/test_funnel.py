from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools import funnel
from evaltools.errors import EstimateError

LCF = pd.DataFrame({"site": list("abcd"), "kept": [104, 56, 78, 194], "starts": [219, 84, 170, 358]})


def test_keeps_order_columns_and_index():
    frame = LCF.iloc[::-1].set_index("site")
    found = funnel(frame, "kept", "starts").table
    assert found.index.tolist() == ["d", "c", "b", "a"]
    assert found["kept"].tolist() == [194, 78, 56, 104]


def test_picture_and_table_have_the_same_limits():
    for choice in ("additive", "multiplicative", "beta-binomial", None):
        made = funnel(LCF, "kept", "starts", overdispersion=choice)
        drawn = made.limits(sorted(LCF["starts"]))
        held = made.table.sort_values("starts")
        for column in drawn.columns.drop("size"):
            assert drawn[column].to_numpy() == pytest.approx(held[column].to_numpy()), (choice, column)


def test_targets():
    pooled, given = funnel(LCF, "kept", "starts"), funnel(LCF, "kept", "starts", target=0.5)
    assert (pooled.target, pooled.external) == (pytest.approx(432 / 831), False)
    assert (given.target, given.external) == (0.5, True)
    others = funnel(LCF, "kept", "starts", target="leave-one-out").table
    assert others["target"].iloc[1] == pytest.approx((432 - 56) / (831 - 84))
    assert abs(others["z"].iloc[1]) > abs(pooled.table["z"].iloc[1])


def test_over_dispersion_is_shown_with_and_without():
    made = funnel(LCF, "kept", "starts")
    assert made.tau2 > 0
    assert (made.table["upper_95_overdispersed"] > made.table["upper_95"]).all()
    assert (made.table["z_overdispersed"].abs() < made.table["z"].abs()).all()
    assert made.dispersion.lower <= made.tau2 <= made.dispersion.upper
    assert "4 sites" in made.note


def test_rates_and_ratios():
    rates = funnel(LCF, "kept", "starts", basis="rate").table
    assert rates["z"].iloc[0] == pytest.approx((104 - 219 * 432 / 831) / np.sqrt(219 * 432 / 831))
    ratios = funnel(pd.DataFrame({"O": [16, 40], "E": [18.2, 30.1]}), "O", "E", basis="ratio")
    assert ratios.target == 1
    assert ratios.table["value"].iloc[0] == pytest.approx(16 / 18.2)


def test_about_as_many_sites_fall_outside_as_the_level_says():
    rng = np.random.default_rng(6)
    n = rng.integers(30, 400, 4000)
    sites = pd.DataFrame({"x": rng.binomial(n, 0.3), "n": n})
    found = funnel(sites, "x", "n", target=0.3, overdispersion=None).table
    inside = found["value"].between(found["lower_95"], found["upper_95"]).mean()
    far = found["position"].str.startswith("far").mean()
    assert 0.935 < inside < 0.965
    assert far < 0.005


def test_what_cannot_be_compared_stays_with_its_reason():
    odd = pd.DataFrame({"x": [30, 111, 0, None], "n": [90, 75, 0, 12]})
    found = funnel(odd, "x", "n")
    assert found.table["position"].tolist() == ["within", "not compared", "not compared", "not compared"]
    assert found.table["value"].iloc[1] == pytest.approx(1.48)
    assert found.target == pytest.approx(1 / 3)
    assert found.table["note"].iloc[1:].str.len().gt(0).all()
    assert "one site" in found.note


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ({"overdispersion": "wide"}, "E234"),
        ({"overdispersion": "beta-binomial", "basis": "rate"}, "E234"),
        ({"levels": ()}, "E234"),
        ({"levels": (95,)}, "E110"),
        ({"target": "best"}, "E235"),
        ({"target": 1.2}, "E236"),
        ({"target": 0.0}, "E236"),
    ],
)
def test_choices_that_make_no_sense(choices, code):
    with pytest.raises(EstimateError, match=code):
        funnel(LCF, "kept", "starts", **choices)


def test_one_site_and_no_events():
    with pytest.raises(EstimateError, match="E235"):
        funnel(LCF.head(1), "kept", "starts", target="leave-one-out")
    with pytest.raises(EstimateError, match="E236"):
        funnel(pd.DataFrame({"x": [0, 0], "n": [9, 8]}), "x", "n")
    none = funnel(pd.DataFrame({"x": [0, 0], "n": [9, 8]}), "x", "n", target=0.1)
    assert none.table["position"].tolist() == ["within", "within"]
