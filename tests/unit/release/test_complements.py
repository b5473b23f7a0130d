from __future__ import annotations

import pandas as pd

from evaltools.domain.results import COUNTS, tidy
from evaltools.release.complements import small_complements
from evaltools.release.profile import PROFILES

UK = PROFILES["uk-public"]


def _flow(**steps: float) -> pd.DataFrame:
    return tidy(
        [{"table_id": "flow", "row": "all", "column": f"bit_cbo.{step}", "n": n} for step, n in steps.items()], COUNTS
    )


def test_a_step_that_all_but_a_few_reached_gives_them_away() -> None:
    flow = _flow(referred=300, engaged=295, in_scope=295, started=100, followed_6=40, kept_6=35)
    hidden = small_complements(flow, UK)
    assert flow.loc[hidden, "column"].tolist() == ["bit_cbo.engaged", "bit_cbo.kept_6"]


def test_a_step_that_all_or_many_fewer_reached_does_not() -> None:
    assert not small_complements(_flow(referred=300, engaged=300, followed_13=40, kept_13=30), UK).any()


def test_another_definition_another_row_and_other_tables_are_no_whole() -> None:
    rows = [
        {"table_id": "flow", "row": "all", "column": "a.referred", "n": 100},
        {"table_id": "flow", "row": "all", "column": "b.engaged", "n": 95},
        {"table_id": "flow", "row": "north", "column": "a.engaged", "n": 95},
        {"table_id": "rows", "row": "all", "column": "a.engaged", "n": 95},
    ]
    assert not small_complements(tidy(rows, COUNTS), UK).any()
    assert not small_complements(tidy([], COUNTS), UK).any()
