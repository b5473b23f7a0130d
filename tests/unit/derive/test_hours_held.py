from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltools.derive.hours_held import hours_between, hours_held, hours_on

_job = st.tuples(st.integers(0, 2), st.integers(0, 30), st.integers(0, 20), st.sampled_from([0.0, 0.5, 7.0, 16.0, 37.5]))


@settings(max_examples=150, deadline=None)
@given(st.lists(_job, max_size=8), st.integers(0, 2), st.integers(0, 40), st.integers(0, 20))
def test_agrees_with_adding_up_day_by_day(jobs, person, first, length):
    columns = [np.array([job[at] for job in jobs]) for at in range(4)]
    who, start, end = (column.astype(np.int64) for column in (columns[0], columns[1], columns[1] + columns[2]))
    held = hours_held(who, start, end, columns[3].astype(float))

    def on(day):
        return sum(hours for of, begin, more, hours in jobs if of == person and begin <= day <= begin + more)

    asked, last = np.array([person]), first + length
    assert hours_on(held, asked, np.array([first])).tolist() == [on(first)]
    worked = sum(on(day) for day in range(first, last + 1)) / 7
    assert hours_between(held, asked, np.array([first]), np.array([last]))[0] == pytest.approx(worked, abs=1e-9)


def test_a_week_of_exactly_the_hours_has_them_among_a_million_others():
    n = 200_000
    rng = np.random.default_rng(1)
    start = rng.integers(16_000, 18_000, n)
    person = np.arange(n)
    held = hours_held(person, start, start + 6, np.full(n, 7.0))
    assert (hours_between(held, person, start, start + 6) == 7).all()


def test_without_jobs_nobody_has_hours():
    none = np.array([], dtype=np.int64)
    held = hours_held(none, none, none, none.astype(float))
    assert hours_on(held, np.array([0]), np.array([5])).tolist() == [0]
