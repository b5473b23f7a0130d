from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from evaltools.domain.counted_outcome import CountedOutcome
from evaltools.domain.results import CHECKS, COUNTS, ESTIMATES
from evaltools.errors import EstimateError
from evaltools.estimate.counts import estimate_counts

STARTED = CountedOutcome("job_start", "started a job", ("job_starts",), ("engaged",), "people engaged")


@pytest.fixture
def tables():
    counts = pd.DataFrame(
        [("a", "engaged", 40), ("a", "job_starts", 10), ("b", "engaged", 60), ("b", "job_starts", 30)],
        columns=["site_id", "measure", "count"],
    )
    return {"counts": counts.assign(group_by=pd.NA, group=pd.NA)}


def test_results_have_their_fixed_columns_and_unique_ids(tables):
    results = estimate_counts(tables, [STARTED], data_cut=date(2024, 3, 31))
    assert list(results.estimates) == list(ESTIMATES)
    assert list(results.counts) == list(COUNTS)
    assert list(results.checks) == list(CHECKS)
    assert results.estimates["estimate_id"].is_unique
    assert set(results.estimates["data_cut"]) == {"2024-03-31"}
    assert set(results.estimates["question"]) == {"started a job"}


def test_the_totals_themselves_are_counts(tables):
    counts = estimate_counts(tables, [STARTED]).counts.set_index(["table_id", "row", "column"])["n"]
    assert counts["measures", "a", "engaged"] == 40
    assert counts["measures", "all", "job_starts"] == 40


def test_a_changed_count_changes_the_estimate(tables):
    changed = tables | {"counts": tables["counts"].assign(count=tables["counts"]["count"] + 1)}
    before, after = (estimate_counts(each, [STARTED]).estimates["value"] for each in (tables, changed))
    assert not before.equals(after)


def test_no_totals_is_an_error(tables):
    with pytest.raises(EstimateError, match="no totals"):
        estimate_counts({"counts": tables["counts"].head(0)}, [STARTED])


def test_a_programme_site_without_totals_names_those_that_have_them(tables):
    with pytest.raises(EstimateError, match="use: a, b"):
        estimate_counts(tables, [STARTED], programme_sites=["z"])


def test_leaves_its_input_alone(tables):
    before = tables["counts"].copy()
    estimate_counts(tables, [STARTED])
    assert tables["counts"].equals(before)
