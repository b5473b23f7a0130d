from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.estimate.counted_payments import counted_payments, paid_at_sites
from evaltools.estimate.totals import Totals

LINES = pd.DataFrame(
    [
        ("a", "actual", 100),
        ("a", "actual", 0),
        ("a", "actual_covid", 50),
        ("a", "commitment", 180),
        ("a", "commitment", None),
        ("a", "planned", 999),
        ("b", "actual", 30),
    ],
    columns=["site_id", "kind", "amount"],
).astype({"amount": "Float64"})


def test_covid_claims_are_part_of_what_was_paid_and_plans_are_not():
    paid = paid_at_sites(LINES, ("a",))
    assert paid == (150, 50, 180, 1)


def test_no_covid_claims_is_zero_but_no_payments_is_missing():
    assert paid_at_sites(LINES, ("b",)).covid == 0
    assert np.isnan(paid_at_sites(LINES, ("c",)).total)


def test_pounds_for_each_job_start_with_and_without_covid_claims():
    counts = pd.DataFrame({"site_id": ["a", "b"], "measure": "job_starts", "group_by": "", "group": "", "count": [10, 0]})
    sites = pd.DataFrame({"site_id": ["a", "b"], "maximum_payment": [200, None]})
    rows = pd.DataFrame(counted_payments(Totals.from_frame(counts), LINES, sites))
    found = rows.set_index(["group", "term", "statistic"])["value"]
    assert found["a", "paid", "ratio"] == 15
    assert found["a", "without_covid", "ratio"] == 10
    assert found["all", "paid", "sum"] == 180
    assert found["all", "paid", "ratio"] == 18
    assert np.isnan(found["b", "paid", "ratio"])  # nobody started a job
    assert np.isnan(found["all", "maximum", "sum"])  # the maximum of one site is not known
    assert found["a", "maximum", "sum"] == pytest.approx(200)
