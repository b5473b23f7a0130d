from __future__ import annotations

import pandas as pd

from evaltools.estimate.cover_gaps import cover_gaps

MONTHS = pd.DataFrame(
    {
        "definition": "d",
        "site_id": ["north", "north", "south"],
        "new_cases": [3, 2, 1],
        "received": [0, 2, 1],
        "ramp_up": pd.array([True, False, None], dtype="boolean"),
    }
)
UNHELD = pd.DataFrame({"definition": "d", "site_id": ["north", "south"], "active_days": [60, 31], "unheld_days": [5, 31]})
VACANT = pd.DataFrame({"site_id": ["north", "north"], "post_days": [31, 28], "vacant_days": [10, 0]})
FAULTS = pd.DataFrame({"definition": ["d"], "code": ["ends before it begins"], "n": [4]})


def _held(counts, row):
    mine = counts[counts["row"] == row]
    return dict(zip(mine["column"], mine["n"], strict=True))


def test_every_gap_is_counted_for_all_and_each_site():
    counts = cover_gaps(MONTHS, UNHELD, VACANT, FAULTS)
    assert _held(counts, "all") == {
        "d.active_case_days": 91, "d.unheld_case_days": 36, "d.new_cases": 6, "d.handed_over": 3, "d.ramp_up_months": 1,
        "d.ends before it begins": 4, "post_days": 59, "vacant_days": 10,
    }  # fmt: skip
    assert _held(counts, "south") == {
        "d.active_case_days": 31, "d.unheld_case_days": 31, "d.new_cases": 1, "d.handed_over": 1, "d.ramp_up_months": 0,
    }  # fmt: skip
    assert set(counts["table_id"]) == {"cover"}


def test_nothing_in_nothing_out():
    nothing = pd.DataFrame()
    assert cover_gaps(nothing, nothing, nothing, nothing).empty
