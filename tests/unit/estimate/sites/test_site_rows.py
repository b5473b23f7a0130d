from __future__ import annotations

import pandas as pd
import pytest

from evaltools.domain.results import ESTIMATES, tidy
from evaltools.errors import EstimateError
from evaltools.estimate.sites.funnel import funnel
from evaltools.estimate.sites.site_rows import site_rows

LCF = pd.DataFrame({"site_id": list("abcd"), "numerator": [104, 56, 78, 194], "denominator": [219, 84, 170, 358]})


def test_rows_fit_the_results_and_repeat_the_funnel():
    found = tidy(site_rows(LCF, "sustained_13", "people who started a job"), ESTIMATES)
    made = funnel(LCF, "numerator", "denominator")
    limits = found[(found["statistic"] == "funnel") & (found["term"] == "998 over-dispersed")]
    assert limits["group"].tolist() == list("abcd")
    assert limits["upper"].astype(float).tolist() == pytest.approx(made.table["upper_998_overdispersed"].tolist())
    assert limits["note"].tolist() == made.table["position"].tolist()
    tau = found[found["statistic"] == "tau"].iloc[0]
    assert (tau["lower"], tau["n"]) == (pytest.approx(made.dispersion.tau[1]), 4)
    assert found[found["statistic"] == "rank"]["lower"].between(1, 4).all()


def test_sites_outside_the_programme_are_held_against_it():
    found = tidy(site_rows(LCF, "x", "people", programme=0.4), ESTIMATES)
    assert set(found.loc[found["statistic"] == "funnel", "value"]) == {0.4}


@pytest.mark.parametrize(
    ("x", "n"), [([3], [9]), ([0, 0], [9, 8]), ([9, 8], [9, 8]), ([3, 111], [9, 75]), ([3, None], [9, None]), ([0], [0])]
)
def test_nothing_to_compare_gives_no_rows(x, n):
    frame = pd.DataFrame({"site_id": list("ab")[: len(x)], "numerator": x, "denominator": n})
    assert site_rows(frame, "x", "people") == []


def test_counts_that_make_no_sense_are_refused():
    with pytest.raises(EstimateError, match="E231"):
        site_rows(LCF.assign(numerator=-1), "x", "people")
