from __future__ import annotations

import pandas as pd
import pytest

from evaltools.derive.find_doubts import DOUBTS, no_doubts
from evaltools.derive.unknown_ends import unknown_ends


@pytest.mark.parametrize(
    ("end", "reason", "unknown"),
    [
        (None, None, False), (None, "resigned", True), (None, "unknown", False), ("2018-05-01", "resigned", False),
        ("2018-02-01", None, True),
    ],
)  # fmt: skip
def test_an_end_is_unknown_where_only_its_reason_is_given_or_it_lies_before_the_start(jobs, end, reason, unknown):
    work = jobs({"start_date": "2018-03-01", "end_date": end, "end_reason": reason})
    assert unknown_ends(work, no_doubts()).tolist() == [unknown]


def test_an_end_that_was_set_aside_is_unknown(jobs):
    work = jobs({"start_date": "2018-03-01"}, {"job_id": "j2", "start_date": "2018-03-01"})
    doubts = pd.DataFrame([["ann", "jobs", "end_date", "j2"]], columns=list(DOUBTS)).astype(DOUBTS)
    assert unknown_ends(work, doubts).tolist() == [False, True]
