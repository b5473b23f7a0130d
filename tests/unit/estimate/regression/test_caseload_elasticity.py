from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from evaltools import count_model
from evaltools.errors import EstimateError
from evaltools.estimate.regression.caseload_elasticity import caseload_elasticity


def test_the_second_reading_is_the_first_less_one_and_a_model_of_its_own(months):
    made = caseload_elasticity(months, "starts", "caseload", "fte", "specialist")
    logged = months.assign(l=np.log(months["caseload"]))
    direct = count_model(logged, "starts ~ l", "client_months", cluster="specialist").estimates.set_index("term").loc["l"]
    assert made.readings["exposure"].tolist() == ["full-time months", "client-months"]
    told = made.readings[["estimate", "lower", "upper"]].iloc[1].astype(float)
    assert_allclose(told, direct[["estimate", "lower", "upper"]].astype(float), rtol=1e-6)
    assert len(made.cautions) == 5


def test_no_clients_is_no_logarithm_and_is_counted(months):
    empty = months.assign(caseload=months["caseload"].mask(months["month"] == 0, 0.0))
    assert caseload_elasticity(empty, "starts", "caseload", "fte", "specialist").fit.set_aside == {"covariate missing": 30}


def test_a_column_that_is_not_there(months):
    with pytest.raises(EstimateError, match="did you mean 'caseload'"):
        caseload_elasticity(months, "starts", "caselod", "fte", "specialist")
