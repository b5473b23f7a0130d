from __future__ import annotations

import re

import numpy as np
import pytest
from numpy.testing import assert_allclose

from evaltools import mixed_model
from evaltools.estimate.regression.specialist_effects import specialist_effects


@pytest.fixture(scope="module")
def made(make_months):
    months = make_months(seed=6, spread=0.5)
    return months, specialist_effects(months, "starts", "specialist", "fte", "client_months", "C(site)")


def test_volume_and_rate_are_apart(made):
    months, effects = made
    assert effects.effects.groupby("measure").size().to_dict() == {"rate": 30, "volume": 30}
    rate = effects.effects[effects.effects["measure"] == "rate"].set_index("specialist")
    totals = months.groupby("specialist")[["starts", "client_months"]].sum()
    assert_allclose(rate["observed"], totals["starts"] / totals["client_months"])
    fit = mixed_model(months, "starts ~ C(site)", "specialist", "poisson", "client_months")
    assert_allclose(np.log(rate["ratio"]), fit.groups["estimate"], atol=1e-9)


def test_it_is_read_with_five_cautions_and_without_causes(made):
    assert len(made[1].cautions) == 5
    said = " ".join(made[1].reading)
    assert "at random" in said
    assert not re.search(r"\b(caus\w*|effect\w*|best|worst)\b", said)


def test_specialists_who_do_not_differ_cannot_be_told_apart(make_months):
    months = make_months(spread=0, seed=2)
    effects = specialist_effects(months, "starts", "specialist", "fte", "client_months")
    assert "rate: the 30 specialists cannot be told apart" in effects.reading
