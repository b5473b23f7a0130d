from __future__ import annotations

from datetime import date, datetime
from typing import get_args

import pytest

from evaltools.clean.notations import NOTATION_READERS, day_in
from evaltools.schema.layout import NOTATIONS, Notation


def test_every_notation_of_the_layouts_has_a_reader() -> None:
    assert set(NOTATION_READERS) == set(NOTATIONS) == set(get_args(Notation))


def test_every_notation_reads_its_own_example() -> None:
    for notation, words in NOTATIONS.items():
        cell = datetime(2021, 4, 3) if notation == "typed" else words.split(" is ")[0].split(",")[0].split(" or ")[0]
        assert day_in(notation, cell) == date(2021, 4, 3), notation


@pytest.mark.parametrize("notation", [name for name in NOTATIONS if name != "typed"])
@pytest.mark.parametrize("cell", ["", "x", "Apr-21", "April", "٠٣/٠٤/٢٠٢١", "2021", datetime(2021, 4, 3)])
def test_what_is_written_otherwise_is_not_read(notation: str, cell: str | datetime) -> None:
    assert day_in(notation, cell) is None
