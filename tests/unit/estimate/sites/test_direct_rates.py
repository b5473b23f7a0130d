from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.errors import EstimateError
from evaltools.estimate.sites.direct_rates import direct_rates


def crowd(counts):
    return pd.DataFrame(
        [(site, sex, job) for site, sex, yes, no in counts for job in [1] * yes + [0] * no], columns=["site", "sex", "job"]
    )


def test_sites_with_the_same_shares_in_each_class_come_out_the_same():
    people = crowd([("a", "f", 30, 30), ("a", "m", 10, 90), ("b", "f", 100, 100), ("b", "m", 5, 45)])
    found, programme = direct_rates(people, "job", "site", ["sex"])
    assert found["value"].iloc[0] == pytest.approx(found["value"].iloc[1])
    assert found["crude"].iloc[0] != pytest.approx(found["crude"].iloc[1])
    assert found["value"].iloc[0] == pytest.approx(programme)
    assert (found["lower"] < found["value"]).all()
    assert (found["value"] < found["upper"]).all()


def test_a_site_without_a_class_is_not_compared():
    found, _ = direct_rates(crowd([("a", "f", 3, 3), ("a", "m", 1, 9), ("b", "f", 2, 2)]), "job", "site", ["sex"])
    row = found.iloc[1]
    assert np.isnan(row["value"])
    assert "1 of 2 classes" in row["note"]
    assert row["covered"] == pytest.approx(0.5)


def test_all_or_nobody_has_no_interval_and_bad_outcomes_are_refused():
    found, _ = direct_rates(crowd([("a", "f", 5, 0), ("b", "f", 2, 2)]), "job", "site", ["sex"])
    assert found["value"].iloc[0] == 1
    assert np.isnan(found["lower"].iloc[0])
    with pytest.raises(EstimateError, match="E231"):
        direct_rates(crowd([("a", "f", 5, 0)]).assign(job=3), "job", "site", ["sex"])
