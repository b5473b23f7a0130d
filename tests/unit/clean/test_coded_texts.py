from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltools.clean.coded_texts import SharedTexts, coded_texts, plain_column, plain_texts, text_numbers
from evaltools.clean.hashed_values import HashedValues
from evaltools.clean.held_values import HeldValues, held_array, same_value
from evaltools.clean.pseudonymise import hasher

TEXTS = st.lists(st.sampled_from(["a", "b", "", None]), max_size=6)
PSEUDONYM = hasher(b"key")


def _held(texts: list[str | None]) -> HeldValues:
    return held_array(pd.array(texts, dtype="string"), np.arange(len(texts)), np.arange(len(texts)))


def _hashed(names: list[str]) -> HeldValues:
    bits = PSEUDONYM.bits("participant_id", "camden", [name for name in names if name])
    numbers = np.array([0 if name else len(bits) for name in names])
    return HeldValues(
        numbers + np.where(numbers < len(bits), np.arange(len(names)), 0), HashedValues("participant_id", bits), numbers
    )


@given(first=TEXTS, second=TEXTS)
def test_a_text_has_one_number_in_all_columns(first: list[str | None], second: list[str | None]) -> None:
    held = [_held(first), _held(second)]
    shared = SharedTexts(held)
    columns = [pd.Series(shared.column([one])) for one in held]
    numbers = np.concatenate([text_numbers(column) for column in columns])
    every = [*first, *second]
    assert [[one == other for other in numbers] for one in numbers] == [[one == other for other in every] for one in every]
    assert [number < 0 for number in numbers] == [text is None for text in every]
    joined = pd.Series(shared.column(held))
    assert pd.Series(plain_column(joined)).fillna("missing").tolist() == ["missing" if one is None else one for one in every]


def test_pseudonyms_are_numbered_like_the_texts_that_they_become() -> None:
    held = [_hashed(["01", "02", ""]), _hashed(["02", "03"]), same_value(None, "string", np.array([7]))]
    column = pd.Series(SharedTexts(held).column(held))
    assert column.isna().tolist() == [False, False, True, False, False, True]
    assert column[1] == column[3] == PSEUDONYM("participant_id", "camden", "02")
    beside = [*held, _held([column[1]])]
    assert plain_column(pd.Series(SharedTexts(beside).column(beside))).tolist() == [*plain_column(column), column[1]]


@pytest.mark.parametrize("count", [1, 200, 40_000])
def test_columns_of_many_texts_give_them_back(count: int) -> None:
    texts = [str(number) for number in range(count)]
    column = pd.Series(coded_texts(np.arange(count)[::-1], texts))
    assert column.astype("string").tolist() == plain_column(column).tolist() == texts[::-1]


def test_a_frame_as_texts_keeps_its_other_columns_and_its_rows() -> None:
    frame = pd.DataFrame({"site": coded_texts(np.array([0, -1]), ["camden"]), "hours": [16.0, 20.0]}, index=[3, 5])
    plain = plain_texts(frame)
    expected = pd.DataFrame({"site": pd.array(["camden", None], dtype="string"), "hours": [16.0, 20.0]}, index=[3, 5])
    pd.testing.assert_frame_equal(plain, expected)
    assert text_numbers(plain["site"]) is None
    nothing = pd.DataFrame({"site": coded_texts(np.array([-1]), [])})
    assert plain_texts(nothing)["site"].isna().all()
