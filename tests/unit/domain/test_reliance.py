from __future__ import annotations

import pandas as pd
import pytest

from evaltools.domain.reliance import GREYED, doubt
from evaltools.estimate.diagnostics import cluster_count, gate


@pytest.mark.parametrize(
    "note", [None, "", pd.NA, float("nan"), "follow-up ends before this day", "see: not to be relied on: x"]
)
def test_other_notes_raise_no_doubt(note):
    assert doubt(note) == ""


def test_the_note_that_the_gate_writes_is_read_back():
    rows = pd.DataFrame({"estimate_id": ["cox.age"], "note": ["left out."]})
    note = gate(rows, [cluster_count("cox", 6)])["note"].iloc[0]
    assert note.startswith(GREYED)
    assert doubt(note) == "too few clusters: robust errors tend to be too small; left out"
