from __future__ import annotations

from datetime import datetime

import pandas as pd
import pytest

from evaltools.clean.named_elsewhere import TAKEN_OUT, names_forgotten, without_names
from evaltools.clean.pseudonymise import hasher

HASH = hasher(b"key")
HERS = frozenset(HASH.many("participant_id", "camden", ["NM-00417", "Zo\u00eb Q", "16", "A_B-C/10001"]))


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        ("NM-00417", True),
        (" NM-00417 ", True),
        ("a friend of NM-00417, Jane", True),
        ("(NM-00417)", True),
        ("x/A_B-C/10001.", True),
        ("with Zo\u00eb Q", True),
        ("NM-004170", False),
        ("XNM-00417", False),
        ("NM-00418", False),
        ("nm-00417", False),  # capitals count, as in the column of identifiers
        ("16", False),  # too short: it would be found in other people's hours
        ("", False),
    ],
)
def test_an_identifier_is_found_by_itself_and_among_words(entry: str, named: bool) -> None:
    assert names_forgotten([entry], "camden", HASH, HERS).tolist() == [named]
    assert not names_forgotten([entry], "enfield", HASH, HERS).any()


def test_the_entry_alone_is_replaced_and_days_stay_days() -> None:
    day = datetime(2023, 1, 2)
    cells = pd.DataFrame([["NM-00417", "see NM-00417", day], ["NM-00418", "n", ""]], index=[2, 3], dtype=object)
    left = without_names(cells, [1, 2], "camden", HASH, HERS)
    assert left.astype(object).to_numpy().tolist() == [["NM-00417", TAKEN_OUT, day], ["NM-00418", "n", ""]]
    assert left.index.tolist() == [2, 3]
    assert "see NM-00417" not in left[1].cat.categories
    assert without_names(cells, [2], "camden", HASH, HERS) is cells
