from __future__ import annotations

import pandas as pd

from evaltools.clean.column_uses import column_uses, count_cells
from evaltools.schema.layout import SheetLayout

LAYOUT = SheetLayout.model_validate(
    {
        "columns": {"Client ID": {"field": "participants.participant_id"}},
        "ignore": ["Notes*"],
        "link": {"Surname": "family_name"},
    }
)


def test_headers_are_known_whatever_their_capitals_and_spaces() -> None:
    names = ["client  id", "NOTES (free)", "Ward", "", "Surname"]
    assert column_uses([LAYOUT], names) == ("mapped", "ignored", "unmapped", "unmapped", "mapped")


def test_what_any_layout_of_the_sheet_maps_is_mapped() -> None:
    other = SheetLayout.model_validate({"columns": {"Ward": {"field": "participants.site_id"}}})
    assert column_uses([LAYOUT, other], ["Ward"]) == ("mapped",)


def test_cells_in_are_mapped_ignored_and_unmapped() -> None:
    filled = pd.DataFrame([[True, True, False], [True, False, True]])
    assert count_cells(("mapped", "ignored", "unmapped"), filled) == {"cells": 4, "mapped": 2, "ignored": 1, "unmapped": 1}
    assert count_cells(("mapped",), filled.iloc[:0, :1])["cells"] == 0
