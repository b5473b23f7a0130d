from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from evaltools.clean.key_codes import first_of_record, key_codes, person_codes, pseudonym_bits

NAMES = st.lists(st.sampled_from(["P00000000000000aa", "P00000000000000ab", "P1", None]), max_size=8)


def _rows(names: list[str | None], sources: list[int]) -> pd.DataFrame:
    return pd.DataFrame({"participant_id": pd.array(names, dtype="string"), "_source": np.array(sources, dtype=np.int64)})


@given(names=NAMES, numbers=st.lists(st.integers(0, 1), min_size=8, max_size=8))
def test_two_rows_have_one_number_where_their_keys_are_the_same(names: list[str | None], numbers: list[int]) -> None:
    rows = pd.DataFrame({"a": pd.array(names, dtype="string"), "b": numbers[: len(names)]})
    codes = key_codes(rows, ["a", "b"])
    keys = list(zip(names, numbers, strict=False))
    assert [[one == other for other in codes] for one in codes] == [[one == other for other in keys] for one in keys]


def test_only_pseudonyms_of_one_kind_are_read_as_numbers() -> None:
    def bits(*names: str | None) -> list[int] | None:
        found = pseudonym_bits(pd.Series(pd.array(names, dtype="string")))
        return None if found is None else found.tolist()

    assert bits("P0000000000000010", "P00000000000000ff") == [16, 255]
    assert bits("P0000000000000010", "J00000000000000ff") is None
    assert bits("P00000000000000FF") is None  # the same number as in small letters, and another text
    assert bits("P0000000000000010", None) is None
    assert bits("P000000000000001", "P00000000000000011") is None
    assert bits("Pzz00000000000010") is None


def test_the_first_row_of_each_record() -> None:
    rows = _rows(["a", "b", "c"], [4, 4, 6])
    assert first_of_record(rows, np.array([6, 4, 5, 9])).tolist() == [2, 0, -1, -1]


@given(people=NAMES, others=NAMES, shared=st.booleans())
def test_a_person_has_one_number_in_all_tables(people: list[str | None], others: list[str | None], shared: bool) -> None:
    known = [name for name in people if name]
    tables = {
        "participants": _rows(known, list(range(len(known)))),
        "jobs": _rows(others, list(range(len(others)))) if shared else _rows(others, [99] * len(others)),
        "sites": pd.DataFrame({"site_id": ["x"]}),
    }
    codes = person_codes(tables)
    assert set(codes) == {"participants", "jobs"}
    names = [*known, *others]
    numbers = [*codes["participants"], *codes["jobs"]]
    for name, number in zip(names, numbers, strict=True):
        assert (number == -1) == (name is None)
        assert [number == other for other in numbers] == [name == other for other in names]
