from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltools.domain.results import ESTIMATES, tidy
from evaltools.release.close_readings import close_readings
from evaltools.release.estimates import protect_estimates

SAME = {
    "definition": "d",
    "outcome": "sustained",
    "group_by": "site",
    "group": "a",
    "statistic": "proportion",
    "level": 0.95,
}


def _hidden(uk, *rows: dict[str, object], shown: list[bool] | None = None) -> list[bool]:
    frame = tidy([SAME | {"level": 0.95} | row for row in rows], ESTIMATES)
    return close_readings(frame, pd.Series(shown or [True] * len(rows)), uk).tolist()


def _row(numerator: float, denominator: float, term: str | None = None, **more: object) -> dict[str, object]:
    return {"numerator": numerator, "denominator": denominator, "term": term, **more}


@pytest.mark.parametrize(
    ("reading", "hidden"),
    [
        (_row(50, 100, "also: b"), False),
        (_row(50, 101, "also: b"), True),
        (_row(50, 109, "also: b"), True),
        (_row(50, 110, "also: b"), False),
        (_row(41, 100, "also: b"), True),
        (_row(40, 100, "also: b"), False),
        (_row(50, 100, "also: b", missing=11), False),  # for its missing count alone, see below
        (_row(50, 120, "also: b", missing=20), False),
        (_row(50, 101, "all starters"), True),
        (_row(45, 101, "5-15 hours"), False),  # another part of the same people: nothing to subtract
    ],
)
def test_a_reading_that_few_people_set_apart_is_hidden(uk, reading, hidden):
    assert _hidden(uk, _row(50, 100, missing=20), reading) == [False, hidden]


def test_a_close_missing_count_is_left_out_and_hides_what_is_worked_out_with_it(uk, interval):
    rows = [_row(50, 100, missing=20), _row(50, 130, "also: b", missing=29), _row(50, 130, "also: c", missing=29)]
    rows[2]["statistic"] = "bounds"
    out = protect_estimates(tidy([SAME | {"level": 0.95} | row for row in rows], ESTIMATES), uk, interval)
    assert out["missing"].isna().tolist() == [False, True, True]
    assert out["denominator"].isna().tolist() == [False, False, True]


def test_a_hidden_figure_hides_no_other(uk):
    rows = [_row(50, 100), _row(50, 105, "also: b"), _row(50, 114, "also: c")]
    assert _hidden(uk, *rows) == [False, True, False]
    assert _hidden(uk, *rows, shown=[False, True, True]) == [False, False, True]


def test_another_outcome_definition_or_group_is_another_figure(uk):
    for other in ({"outcome": "engaged"}, {"definition": "e"}, {"group": "b"}, {"group_by": "programme"}):
        assert _hidden(uk, _row(50, 100), _row(50, 105, "also: b", **other)) == [False, False]
    assert _hidden(uk, _row(50, 100, horizon=91), _row(50, 105, "also: b", horizon=42)) == [False, False]


def test_cohorts_followed_for_longer_are_part_of_the_others(uk):
    rows = [_row(50, 100, "also: mature", horizon=183), _row(50, 95, "also: mature", horizon=274)]
    assert _hidden(uk, *(row | {"outcome": "job_start"} for row in rows)) == [False, True]


_readings = st.lists(
    st.fixed_dictionaries(
        {
            "numerator": st.integers(0, 60), "denominator": st.integers(60, 140), "missing": st.integers(0, 40),
            "term": st.sampled_from([None, "also: b", "also: c", "all starters"]),
            "statistic": st.sampled_from(["proportion", "bounds", "bounds_interval", "delta_adjusted"]),
            "horizon": st.sampled_from([42, 91]), "outcome": st.sampled_from(["sustained", "job_start"]),
        }
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(_readings)
def test_subtracting_any_two_released_figures_leaves_nobody_alone(uk, interval, readings):
    """The attacker's way: every pair with a further reading, every count of it."""
    exact = tidy([SAME | {"level": 0.95} | row for row in readings], ESTIMATES)
    out = protect_estimates(exact, uk, interval)
    shown = out["denominator"].notna().to_numpy(dtype=bool)
    for a, b in combinations(np.flatnonzero(shown), 2):
        pair = exact.iloc[[a, b]]
        apart = pair["outcome"].nunique() > 1 or (pair["horizon"].nunique() > 1 and pair["outcome"].iloc[0] == "sustained")
        if apart or not pair["term"].fillna("").str.startswith("also: ").any():
            continue
        for name in ("numerator", "denominator", "missing"):
            if out[name].iloc[[a, b]].isna().any():
                continue
            apart = abs(pair[name].iloc[0] - pair[name].iloc[1])
            assert not 1 <= apart <= 9
    for name in ("numerator", "denominator", "missing"):
        assert (out[name].dropna() % 5 == 0).all()


def test_no_rows_are_no_rows(uk):
    assert _hidden(uk) == []
