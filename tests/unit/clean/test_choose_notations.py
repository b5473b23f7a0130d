from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltools.clean.choose_notations import choose_notations
from evaltools.clean.notations import NOTATION_READERS, day_in
from evaltools.clean.sheet import Cell

DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))
WRITTEN = st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %b %Y", "%d/%m/%y", "%d.%m.%y"])

CHOSEN = [
    (["03/04/2021", "25/12/2021"], False, ("dd/mm/yyyy",), ""),
    (["03/04/2021", "12/25/2021"], False, ("mm/dd/yyyy",), "month first"),
    (["25/12/2021", "12/25/2021"], False, ("dd/mm/yyyy", "mm/dd/yyyy"), "some month first"),
    (["03/04/2021"], False, ("dd/mm/yyyy", "mm/dd/yyyy"), "cannot be told apart"),
    (["04/04/2021"], False, ("dd/mm/yyyy",), ""),
    (["44289", datetime(2021, 4, 3)], False, ("typed", "serial 1900"), ""),
    (["42827"], True, ("serial 1904",), ""),
    (["3.4.21"], False, ("dd.mm.yy",), ""),
    (["never"], False, (), ""),
    ([], False, (), ""),
]


@pytest.mark.parametrize(("cells", "from_1904", "notations", "asked"), CHOSEN)
def test_as_few_notations_as_read_everything(
    cells: list[Cell], from_1904: bool, notations: tuple[str, ...], asked: str
) -> None:
    chosen = choose_notations(cells, from_1904)
    assert chosen.notations == notations
    assert asked in chosen.question
    assert bool(asked) is bool(chosen.question)


def test_entries_that_no_notation_reads_are_counted() -> None:
    assert choose_notations(["03/04/2021", "soon", "31/04/2021"]).unread == 2


@given(st.lists(st.tuples(DAYS, WRITTEN), min_size=1, max_size=12))
def test_what_any_notation_reads_the_chosen_ones_read(written: list[tuple[date, str]]) -> None:
    cells = [day.strftime(how) for day, how in written]
    chosen = choose_notations(cells).notations
    assert all(any(day_in(name, cell) for name in chosen) for cell in cells)


@given(st.lists(DAYS, min_size=1, max_size=30))
def test_a_column_is_given_day_first_alone_only_where_a_day_shows_it(days: list[date]) -> None:
    days = [*days, max(days) + timedelta(days=40)]
    told = any(day.day > 12 or day.day == day.month for day in days) and not all(day.day <= 12 for day in days)
    same = all(day.day == day.month for day in days)
    expected = ("dd/mm/yyyy",) if told or same else ("dd/mm/yyyy", "mm/dd/yyyy")
    assert choose_notations([f"{day:%d/%m/%Y}" for day in days]).notations == expected
    assert set(choose_notations([f"{day:%Y-%m-%d}" for day in days]).notations) <= set(NOTATION_READERS)
