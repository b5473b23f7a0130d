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
    assert flow.loc[hidden, "column"].tolist() == ["bit_cbo.engaged", "bit_cbo.in_scope", "bit_cbo.kept_6"]


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


def test_a_field_that_all_but_a_few_lack_hides_how_many_lack_it() -> None:
    rows = [
        {"table_id": "fields", "row": "north", "column": f"jobs.{name}", "n": n}
        for name, n in {"sector.rows": 100, "sector.missing": 95, "wage.rows": 100, "wage.missing": 80}.items()
    ]
    fields = tidy(rows, COUNTS)
    assert fields.loc[small_complements(fields, UK), "column"].tolist() == ["jobs.sector.missing"]


def test_steps_of_the_participant_flow_have_wholes_too() -> None:
    flow = _flow(enrolments=310, referred=305, accepted=300, engaged=200, engaged_in_scope=195, followed_6=60, ended_6=55)
    hidden = small_complements(flow, UK)
    held = [name.removeprefix("bit_cbo.") for name in flow.loc[hidden, "column"]]
    assert held == ["referred", "accepted", "engaged_in_scope", "ended_6"]
    assert small_complements(_flow(started=60, followed_6=55, kept_6=30, evidenced_6=25), UK).sum() == 1


def test_a_column_that_is_no_step_has_no_whole() -> None:
    assert not small_complements(_flow(**{"referred": 100, "28 days": 95, "": 95}), UK).any()
