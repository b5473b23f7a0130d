from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.clean.account_lines import SheetLines
from evaltools.clean.coded_cells import coded_cells
from evaltools.clean.faults import FAULTS
from evaltools.clean.issues import Spot
from evaltools.clean.merge_copies import no_copies
from evaltools.clean.open_sheets import OpenSheet
from evaltools.clean.pseudonymise import hasher
from evaltools.clean.settle_rows import Settled
from evaltools.clean.tidy_text import filled_cells
from evaltools.clean.withdraw_people import (
    WITHDRAWN,
    participant_pseudonyms,
    scope_of,
    set_aside_withdrawn,
    withdraw_people,
)
from evaltools.schema.layout import Layout

HASH = hasher(b"key")
COLUMNS = {"ID": {"field": "participants.participant_id"}, "Sex": {"field": "participants.sex"}}
LAYOUT = Layout.model_validate({"site": "camden", "files": ["a.csv"], "sheets": [{"columns": COLUMNS}]})


def _sheet() -> OpenSheet:
    cells = coded_cells(pd.DataFrame([["01", "F"], [" 02 ", "M"], ["", "M"], ["02", "F"]], index=[2, 3, 4, 5]))
    spot, lines = Spot("camden", "a.csv", ""), SheetLines("camden", "a.csv", "", "read")
    return OpenSheet(LAYOUT.sheets, LAYOUT, ("ID", "Sex"), cells, filled_cells(cells), spot, lines)


def test_every_record_of_the_person_is_emptied_and_no_entry_of_theirs_is_kept() -> None:
    forgotten = frozenset(participant_pseudonyms(["02"], "camden", HASH))
    (left,), gone = withdraw_people([_sheet()], HASH, forgotten)
    assert gone.tolist() == [False, True, False, True]
    assert left.records.astype(object).to_numpy().tolist() == [["01", "F"], ["", ""], ["", "M"], ["", ""]]
    assert left.filled.to_numpy().tolist() == [[True, True], [False, False], [False, True], [False, False]]
    assert "02" not in {str(value).strip() for value in left.records[0].cat.categories}


def test_an_empty_identifier_and_another_sites_identifier_are_nobodys() -> None:
    assert participant_pseudonyms([""], "camden", HASH) == [""]
    forgotten = frozenset([*participant_pseudonyms(["02"], "enfield", HASH), ""])
    (left,), gone = withdraw_people([_sheet()], HASH, forgotten - {""})
    assert not gone.any()
    assert withdraw_people([_sheet()], HASH, frozenset())[1].tolist() == [False] * 4
    assert left.records.shape == (4, 2)


def test_identifiers_are_the_sites_own_or_those_of_files_for_several_sites() -> None:
    assert scope_of(LAYOUT) == "camden"
    assert scope_of(LAYOUT.model_copy(update={"site": "", "files": ("a*", "b*")})) == "a*|b*"


def test_withdrawal_is_the_one_reason_that_is_given() -> None:
    missing = {
        "_source": [0, 1],
        "_part": 0,
        "table": "participants",
        "field": "sex",
        "code": "D110",
        "main": True,
        "why": "",
    }
    settled = Settled({}, pd.DataFrame(missing).astype(FAULTS), no_copies())
    found = set_aside_withdrawn(settled, np.array([False, True, True])).faults
    assert found[["_source", "code"]].to_numpy().tolist() == [[0, "D110"], [1, WITHDRAWN], [2, WITHDRAWN]]
    assert set_aside_withdrawn(settled, np.zeros(3, dtype=bool)) is settled
