from __future__ import annotations

import pandas as pd

from evaltools.clean.reading import Reading
from evaltools.clean.sheet import Cell
from evaltools.clean.vocabulary import Vocabulary, shown


def test_every_distinct_entry_is_read_once() -> None:
    asked: list[Cell] = []

    def read(cell: Cell) -> Reading:
        asked.append(cell)
        return Reading(None if cell == "x" else float(str(cell)), "number", "D108" if cell == "x" else "")

    words = Vocabulary(read, "Float64")
    first, second = words.numbers(["1", "x", "1"]), words.numbers(["x", "2"])
    assert asked == ["1", "x", "2"]
    assert words.values(first).to_numpy(na_value=-1.0).tolist() == [1.0, -1.0, 1.0]
    assert words.values(second).to_numpy(na_value=-1.0).tolist() == [-1.0, 2.0]
    assert words.new[second].tolist() == ["", "2"]
    assert words.coded[first].tolist() == [False, True, False]


def test_canonical_texts() -> None:
    assert [shown(value) for value in (True, 16, 16.5, "smi", pd.Timestamp("2021-04-03"))] == [
        "True", "16", "16.5", "smi", "2021-04-03",
    ]  # fmt: skip
