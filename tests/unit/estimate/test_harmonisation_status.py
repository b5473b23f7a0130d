from __future__ import annotations

import pandas as pd
import pytest

from evaltools.estimate.harmonisation_status import harmonisation_status

CASES = {  # mapped, rows, filled, distinct, unknown codes
    "impossible: no column": (False, 100, 0, 0, 0),
    "impossible: no rows": (True, 0, 0, 0, 0),
    "impossible: no entries": (True, 100, 0, 0, 0),
    "partial: codes not known": (True, 100, 90, 3, 10),
    "partial: not filled": (True, 100, 94, 3, 0),
    "partial: constant": (True, 100, 100, 1, 0),
    "complete": (True, 100, 95, 3, 5),
}


@pytest.mark.parametrize("status", CASES)
def test_the_status_says_why(status: str) -> None:
    columns = ("mapped", "rows", "filled", "distinct", "unmapped")
    fields = pd.DataFrame(
        [dict(zip(columns, CASES[status], strict=True)) | {"site": "a", "table": "jobs", "field": "sector"}]
    )
    (row,) = harmonisation_status(fields).to_dict("records")
    assert (row["check_id"], row["subject"], row["status"]) == ("harmonisation", "a:jobs.sector", status)


def test_one_entry_in_a_few_rows_is_not_called_constant() -> None:
    few = {"mapped": True, "rows": 5, "filled": 5, "distinct": 1, "unmapped": 0, "site": "a", "table": "jobs", "field": "x"}
    assert harmonisation_status(pd.DataFrame([few]))["status"].tolist() == ["complete"]
