from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from evaltools.clean.issues import Spot
from evaltools.clean.spread_weeks import WeekCells, spread_weeks
from evaltools.schema.layout import Weeks

WEEKS = Weeks(
    columns="w{n}", weeks=5, day_0=date(2019, 12, 31), in_work=("yes",), observed_through="last", exit_when={"x": "1"}
)
SPELLS = """
entries     | last observed | jobs: start to end
. Y Y . .   | 5             | 2020-01-08 to 2020-01-21
Y . Y . .   | 5             | 2020-01-01 to 2020-01-07; 2020-01-15 to 2020-01-21
. . . Y Y   | 5             | 2020-01-22 to open
. Y Y Y Y   | 3             | 2020-01-08 to open
. . . Y .   | 3             |
. . . . .   | 5             |
"""


def _cells(entries: list[str], last: int, left: bool = False) -> WeekCells:
    words = {".": "no", "Y": " Yes"}
    weeks = pd.DataFrame([[words[entry] for entry in entries]], index=[7], dtype=object)
    return WeekCells(weeks, pd.Series([last], index=[7], dtype="Int64"), pd.Series([left], index=[7]))


@pytest.mark.parametrize("line", SPELLS.strip().splitlines()[1:])
def test_consecutive_weeks_are_one_job(line: str, spot: Spot) -> None:
    entries, last, expected = (part.strip() for part in line.split("|"))
    cells = _cells(entries.split(), int(last))
    before = cells.weeks.copy()
    jobs = spread_weeks(cells, WEEKS, spot).jobs
    ends = ["open" if pd.isna(end) else f"{end:%Y-%m-%d}" for end in jobs["end_date"]]
    told = [f"{start:%Y-%m-%d} to {end}" for start, end in zip(jobs["start_date"], ends, strict=True)]
    assert "; ".join(told) == expected
    assert jobs.index.tolist() == [7] * len(told)
    assert jobs["job_number"].tolist() == list(range(1, len(told) + 1))
    assert_frame_equal(before, cells.weeks)


def test_when_a_person_is_known_and_leaves(spot: Spot) -> None:
    stayed = spread_weeks(_cells(["."] * 5, 5), WEEKS, spot).people.loc[7]
    assert stayed["last_contact_date"] == pd.Timestamp("2020-02-05")
    assert pd.isna(stayed["discharge_date"])
    left = spread_weeks(_cells(["."] * 5, 3, left=True), WEEKS, spot).people.loc[7]
    assert (left["discharge_date"], left["discharge_reason"]) == (pd.Timestamp("2020-01-21"), "other")


def test_the_rule_is_one_ledger_row(spot: Spot) -> None:
    (ledger,) = spread_weeks(_cells(["Y", ".", "Y", ".", "."], 5), WEEKS, spot).issues.ledger
    assert ledger[["rule", "count", "new"]].to_numpy().tolist() == [["weeks", 1, "2 job spells"]]
