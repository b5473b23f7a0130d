"""Jobs that overlap, nest or follow each other make one employment spell; a longer gap makes two."""

from __future__ import annotations

import pytest
from spec_table import days, spec_table

from evaltools.derive.spells import employment_spells

JOBS = """
person  | start      | end        | note
overlap | 2024-01-01 | 2024-02-01 |
overlap | 2024-01-20 | 2024-03-01 |
nested  | 2024-01-01 | 2024-06-01 |
nested  | 2024-02-01 | 2024-03-01 |
next    | 2024-01-01 | 2024-01-31 | ends on a Wednesday
next    | 2024-02-01 | 2024-02-29 | starts the next day
week    | 2024-01-01 | 2024-01-31 |
week    | 2024-02-08 | 2024-02-29 | seven days out of work
one     | 2024-05-01 | 2024-05-01 | one day
"""

SPELLS = """
gap allowed | person  | spells | first spell ends
0           | overlap | 1      | 2024-03-01
0           | nested  | 1      | 2024-06-01
0           | next    | 1      | 2024-02-29
0           | week    | 2      | 2024-01-31
0           | one     | 1      | 2024-05-01
6           | week    | 2      | 2024-01-31
7           | week    | 1      | 2024-02-29
"""


def _jobs():  # type: ignore[no-untyped-def]
    table = spec_table(JOBS)
    return table.rename(columns={"person": "participant_id"}).assign(
        start_date=days(table["start"]), known_until=days(table["end"]), ended=True, hours_per_week=20.0
    )


@pytest.mark.parametrize(
    "case", spec_table(SPELLS).to_dict("records"), ids=lambda case: f"{case['person']}-{case['gap allowed']}"
)
def test_employment_spells(case: dict[str, str]) -> None:
    spells = employment_spells(_jobs(), int(case["gap allowed"]))
    mine = spells[spells["participant_id"] == case["person"]]
    assert len(mine) == int(case["spells"])
    assert f"{mine['known_until'].iloc[0]:%Y-%m-%d}" == case["first spell ends"]


def test_a_longer_gap_never_makes_more_spells() -> None:
    counts = [len(employment_spells(_jobs(), gap)) for gap in (0, 3, 7, 30, 365)]
    assert counts == sorted(counts, reverse=True)


def test_a_job_still_held_keeps_its_spell_open() -> None:
    jobs = _jobs()
    jobs.loc[jobs["participant_id"] == "overlap", "ended"] = [True, False]
    spells = employment_spells(jobs).set_index("participant_id")
    assert not spells.loc["overlap", "ended"]
    assert spells.loc["nested", "ended"]
