from __future__ import annotations

import pytest

from evaltools.clean.cell_names import cell_name, column_letters


@pytest.mark.parametrize(
    ("position", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_columns_are_lettered_as_in_a_spreadsheet(position: int, letters: str) -> None:
    assert column_letters(position) == letters
    assert cell_name(position, 7) == f"{letters}7"
