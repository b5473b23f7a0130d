from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltools.derive.step_runs import month_parts, step_runs

STRETCHES = st.lists(
    st.tuples(st.integers(0, 2), st.integers(-400, 400), st.integers(-2, 90), st.integers(0, 3), st.integers(0, 3)),
    max_size=10,
)


def _runs(rows):
    table = np.array(rows, dtype=np.int64).reshape(-1, 5)
    return step_runs(table[:, 0], table[:, 1], table[:, 1] + table[:, 2], table[:, 3:])


def _by_day(runs):
    return {
        (code, day): tuple(levels)
        for code, first, last, levels in zip(
            runs.code.tolist(), runs.first.tolist(), runs.last.tolist(), runs.levels.tolist(), strict=True
        )
        for day in range(first, last + 1)
    }


def _counted(rows):
    held: Counter[tuple[int, int, int]] = Counter()
    for code, first, length, one, two in rows:
        for day in range(first, first + length + 1):
            held[code, day, 0] += one
            held[code, day, 1] += two
    days = {(code, day) for code, day, _ in held}
    levels = {key: (held[(*key, 0)], held[(*key, 1)]) for key in days}
    return {key: level for key, level in levels.items() if any(level)}


@settings(max_examples=80)
@given(STRETCHES)
def test_it_adds_up_day_by_day(rows):
    assert _by_day(_runs(rows)) == _counted(rows)


@settings(max_examples=80)
@given(STRETCHES)
def test_parts_of_months_hold_the_same_days_and_none_crosses_a_month(rows):
    runs = _runs(rows)
    parts = month_parts(runs)
    assert _by_day(parts) == _by_day(runs)
    assert (parts.last - parts.first + 1).sum() == (runs.last - runs.first + 1).sum()
    first, last = (days.astype("datetime64[D]").astype("datetime64[M]") for days in (parts.first, parts.last))
    assert (first == last).all()
