"""When does a job count as kept for 13 weeks? 'Not yet' and 'unknown' are answers of their own."""

from __future__ import annotations

import pandas as pd
import pytest
from spec_table import days, spec_table

from evaltools.derive.sustainment import sustained

SUSTAINED_AT_13_WEEKS = """
job start  | job end    | last known | data cut   | followed? | sustained?
2024-01-01 | 2024-06-30 |            | 2024-12-31 | yes       | yes
2024-01-01 | 2024-02-15 |            | 2024-12-31 | yes       | no
2024-01-01 | 2024-04-01 |            | 2024-12-31 | yes       | yes
2024-01-01 | 2024-03-31 |            | 2024-12-31 | yes       | no
2024-01-01 |            | 2024-12-31 | 2024-12-31 | yes       | yes
2024-01-01 |            | 2024-02-15 | 2024-12-31 | yes       | unknown
2024-11-01 |            | 2024-12-31 | 2024-12-31 | no        | not yet
2024-11-01 | 2024-11-20 |            | 2024-12-31 | no        | no
2024-10-01 |            | 2024-12-31 | 2024-12-31 | yes       | yes
"""

INCLUSIVE = """
job start  | job end    | counting the last day | sustained?
2024-01-01 | 2024-03-31 | yes                   | yes
2024-01-01 | 2024-03-31 | no                    | no
"""


def _spells(table: pd.DataFrame) -> pd.DataFrame:
    end = days(table["job end"])
    known = end.fillna(days(table["last known"])) if "last known" in table else end
    cut = days(table["data cut"]) if "data cut" in table else pd.Series(pd.Timestamp("2024-12-31"), index=table.index)
    return pd.DataFrame({"start_date": days(table["job start"]), "known_until": known, "ended": end.notna(), "cut": cut})


def test_sustained_at_13_weeks() -> None:
    table = spec_table(SUSTAINED_AT_13_WEEKS)
    judged = sustained(_spells(table), weeks=13)
    assert judged["state"].tolist() == table["sustained?"].tolist()
    assert judged["followed"].map({True: "yes", False: "no"}).tolist() == table["followed?"].tolist()


@pytest.mark.parametrize("row", [0, 1])
def test_counting_the_last_day(row: int) -> None:
    table = spec_table(INCLUSIVE).iloc[[row]].reset_index(drop=True)
    judged = sustained(_spells(table), weeks=13, inclusive_days=table["counting the last day"].iloc[0] == "yes")
    assert judged["state"].tolist() == table["sustained?"].tolist()
