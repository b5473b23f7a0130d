from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.domain.counted_outcome import CountedOutcome, Decomposition
from evaltools.estimate.counted_targets import counted_targets
from evaltools.estimate.totals import Totals

KEPT = CountedOutcome("sustained_13", "kept it", ("under_16", "over_16"), ("job_starts",), "people who started")
CHAIN = Decomposition(("engaged", "job_starts", "sustained_13"))


def made(decompositions):
    measures = ["engaged", "job_starts", "under_16", "over_16"]
    achieved = pd.DataFrame({"site_id": "hb", "measure": measures, "count": [704, 219, 51, 53]})
    targets = pd.DataFrame({"site_id": "hb", "measure": measures, "scenario": "high", "target": [799, 379, 113, 93]})
    totals = Totals.from_frame(achieved.assign(group_by="", group=""))
    rows = pd.DataFrame(counted_targets(totals, targets, decompositions, [KEPT]))
    return rows[rows["group_by"] == "site"].set_index(["outcome", "term"])["value"]


def test_every_measure_with_a_target_has_its_total():
    found = made([])
    assert found["engaged", "total"] == pytest.approx(704 / 799)
    assert found.index.tolist() == [(m, "total") for m in ("engaged", "job_starts", "under_16", "over_16")]


def test_parts_multiply_to_the_total_and_an_outcome_adds_its_measures():
    found = made([CHAIN])["sustained_13"]
    assert found["total"] == pytest.approx(104 / 206)
    assert found.index.tolist() == ["total", "engagement", "conversion", "sustainment"]
    assert np.prod(found.drop("total")) == pytest.approx(found["total"], rel=1e-12)


def test_no_targets_no_rows():
    totals = Totals.from_frame(
        pd.DataFrame({"site_id": ["a"], "measure": "engaged", "group_by": "", "group": "", "count": [1]})
    )
    empty = pd.DataFrame(columns=["site_id", "measure", "scenario", "target"])
    assert counted_targets(totals, empty, [CHAIN], [KEPT]) == []
