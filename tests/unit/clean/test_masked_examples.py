from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from evaltools.clean.masked_examples import masked, masked_examples


def test_names_numbers_postcodes_and_days_are_masked() -> None:
    entries = ["Jo Bloggs", "943 476 5919", "SW1A 1AA", "03/04/2021", datetime(2021, 4, 3), "44289", "2021-04-03 10:00"]
    assert [masked(entry) for entry in entries] == [
        "Aa Aaaaaa",
        "999 999 9999",
        "AA9A 9AA",
        "dd/mm/yyyy",
        "a date",
        "serial 1900",
        "yyyy-mm-dd",
    ]


def test_known_words_and_small_numbers_are_shown() -> None:
    assert masked("CMHT", {"cmht"}) == "CMHT"
    assert masked("37.5", numbers=True) == "37.5"
    assert masked("37.5") == "99.9"
    assert masked("1234567", numbers=True) == "9999999"


def test_three_different_patterns_at_most() -> None:
    assert masked_examples(["AB1", "CD2", "x", "y z", "12/12"]) == ("AA9", "a", "a a")


@given(st.text(min_size=1, max_size=40))
def test_no_letter_or_digit_of_an_unknown_entry_is_shown(entry: str) -> None:
    shown = masked(entry)
    notations = {"dd/mm/yyyy", "dd/mm/yy", "mm/dd/yyyy", "dd-mm-yyyy", "dd.mm.yyyy", "dd.mm.yy", "yyyy-mm-dd"}
    assert shown in notations | {"d mmm yyyy", "d mmm yy", "serial 1900"} or not {one for one in shown if one.isalnum()} - {
        "a",
        "A",
        "9",
    }
