from __future__ import annotations

import pandas as pd

from evaltools.clean.faults import faults_of, no_faults
from evaltools.clean.judge_records import judge_records
from evaltools.clean.settle_rows import Settled

PEOPLE = pd.Series(["P1", "P1", "P2", "P1", "P9", None], dtype="string")


def _settled(faults: pd.DataFrame) -> Settled:
    tables = {
        "participants": pd.DataFrame({"participant_id": ["P1"], "_source": [0]}),
        "enrolments": pd.DataFrame({"participant_id": ["P1"], "_source": [0]}),
    }
    return Settled(tables, faults, pd.DataFrame({"_source": [1, 1], "into": [0, 0]}))


def test_every_record_has_one_fate() -> None:
    row = pd.DataFrame({"_source": [2, 2], "_part": [0, 1], "main": [False, True]})
    judged = judge_records(_settled(faults_of(row, "jobs", "D110", "", "why")), PEOPLE)
    assert judged.fate.tolist() == ["kept", "merged", "quarantined", "kept", "quarantined", "quarantined"]
    assert judged.copies["_source"].tolist() == [1]
    told = judged.faults[["_source", "level", "code", "_part"]].to_numpy().tolist()
    assert told == [[2, "row", "D110", 1], [4, "row", "D113", -1], [5, "row", "D110", -1]]


def test_a_fault_in_a_record_that_stays_is_one_of_values() -> None:
    row = pd.DataFrame({"_source": [0], "_part": [1], "main": [False]})
    judged = judge_records(_settled(faults_of(row, "jobs", "D110", "", "why")), PEOPLE.iloc[:2])
    assert judged.faults["level"].tolist() == ["value"]
    assert judge_records(_settled(no_faults()), PEOPLE.iloc[:2]).faults.empty
