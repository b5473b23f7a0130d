from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.clean.assemble_tables import Records
from evaltools.clean.explain_deliveries import explain_deliveries, of_newest_files, place_restatements
from evaltools.clean.explain_rows import Places
from evaltools.clean.issues import Flag, Issues, Spot
from evaltools.clean.merge_copies import no_copies
from evaltools.clean.newest_wins import Newest
from evaltools.clean.restatements import RESTATEMENTS, no_restatements

OLD, NEW = Spot("camden", "a_2024-01.csv", ""), Spot("camden", "a_2024-02.csv", "")
PLACES = Places([OLD, NEW], [], Records.of([np.array([2, 3]), np.array([2])]))


def _restated(*rows: tuple[str, str, int]) -> pd.DataFrame:
    held = [
        {
            "what": what, "table": "participants", "key": "P1", "field": field, "old": "smi", "new": "", "_source": source,
            "_part": -1, "from_delivery": "2024-01-31", "to_delivery": "2024-02-29",
        }
        for what, field, source in rows
    ]  # fmt: skip
    return pd.DataFrame(held)[list(RESTATEMENTS)].astype(RESTATEMENTS)


def _superseding(fate: str) -> Issues:
    copies = pd.DataFrame({"_source": [1, 1], "into": [2, 2], "_part": 0, "table": ["participants", "enrolments"]})
    return explain_deliveries(Newest({}, copies, no_restatements()), np.array(["kept", fate, "kept"], dtype=object), PLACES)


def test_a_superseded_record_is_said_once_and_one_that_still_gives_something_is_not() -> None:
    assert _superseding("merged").flags == (Flag("D150", OLD, (3,), 1),)
    assert _superseding("kept").flags == ()


def test_each_kind_of_change_is_said_with_its_deliveries_and_no_value() -> None:
    newest = Newest(
        {}, no_copies(), _restated(("restated", "sex", 2), ("carried", "cohort", 2), ("gone", "", 0), ("gone", "", 0))
    )
    issues = explain_deliveries(newest, np.array(["kept"] * 3, dtype=object), PLACES)
    said = {flag.code: (flag.spot.file, flag.rows, flag.count) for flag in issues.flags}
    assert said == {
        "D151": ("a_2024-02.csv", (2,), 1),
        "D153": ("a_2024-02.csv", (2,), 1),
        "D152": ("a_2024-01.csv", (2,), 1),  # two tables of one record are one row
    }
    assert all("31 January 2024" in flag.detail and "smi" not in flag.detail for flag in issues.flags)
    (ledger,) = issues.ledger
    assert ledger[["rule", "field", "new"]].to_numpy().tolist() == [["older delivery", "cohort", "smi"]]


def test_faults_of_a_file_that_was_replaced_are_not_asked_about_again() -> None:
    flags = [Flag("D102", OLD), Flag("D102", NEW), Flag("D101", OLD), Flag("D152", OLD)]
    kept = of_newest_files(flags, {"a_2024-01.csv"})
    assert [(flag.code, flag.spot) for flag in kept] == [("D102", NEW), ("D101", OLD), ("D152", OLD)]


def test_restatements_say_where_they_stand() -> None:
    placed = place_restatements(_restated(("restated", "sex", 2), ("gone", "", 1)), PLACES)
    assert placed[["what", "file", "cell"]].to_numpy().tolist() == [
        ["restated", "a_2024-02.csv", "A2"], ["gone", "a_2024-01.csv", "A3"]
    ]  # fmt: skip
    assert list(place_restatements(no_restatements(), PLACES).columns) == list(placed.columns)
