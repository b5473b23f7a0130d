"""Tab names of a returned workbook are valid, unique and recognisable."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltools.clean.returned_names import tab_names


@pytest.mark.parametrize(
    ("places", "names"),
    [
        ([("a.xlsx", "Clients")], ["Clients"]),
        ([("a.xlsx", "Clients"), ("b.xlsx", "clients")], ["a, Clients", "b, clients"]),
        ([("jobs_2019.csv", "")], ["jobs_2019"]),
        ([("x/jobs.csv", ""), ("y/jobs.csv", "")], ["jobs", "jobs (2)"]),
        ([("a.xlsx", "In/Out: [1]?")], ["In Out   1"]),
        ([("a.xlsx", "'quoted'")], ["quoted"]),
        ([("a.xlsx", "What to fix")], ["What to fix (2)"]),
        ([("a.xlsx", "History")], ["History (2)"]),
        (
            [("a_very_long_name_of_a_file_2019.xlsx", "Clients"), ("b.xlsx", "Clients")],
            ["a_very_long_name_of_a…, Clients", "b, Clients"],
        ),
    ],
)
def test_names(places: list[tuple[str, str]], names: list[str]) -> None:
    assert tab_names(places, ["What to fix"]) == names


@given(st.lists(st.tuples(st.text(min_size=1, max_size=50), st.text(max_size=40)), max_size=12, unique=True))
def test_any_names_give_valid_and_unique_tabs(places: list[tuple[str, str]]) -> None:
    names = tab_names(places, ["What to fix"])
    assert len({name.casefold() for name in [*names, "What to fix"]}) == len(places) + 1
    for name in names:
        assert 1 <= len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert not name.startswith("'")
        assert not name.endswith("'")
