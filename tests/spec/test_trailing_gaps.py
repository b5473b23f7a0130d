"""A job ended and nothing followed: lost, or may another job still follow within the gap that the rule allows?"""

from __future__ import annotations

import pandas as pd
import pytest
from spec_table import days, spec_table

from evaltools.derive.spells import employment_spells
from evaltools.derive.sustainment import sustained

# the job lasts from 1 January 2024 to the day given: sixty days are too few for thirteen weeks
GAPS = """
job ended  | gap allowed | last seen  | data end   | kept for 13 weeks? | why open
2024-03-01 | 0           | 2024-12-31 | 2024-12-31 | no                 |
2024-03-01 | 14          | 2024-12-31 | 2024-12-31 | no                 |
2024-03-01 | 14          | 2024-03-16 | 2024-12-31 | no                 |
2024-03-01 | 14          | 2024-03-15 | 2024-12-31 | unknown            | contact lost
2024-03-01 | 14          | 2024-03-01 | 2024-12-31 | unknown            | contact lost
2024-03-01 | 14          | 2024-03-15 | 2024-03-15 | not yet            | data cut
2024-03-01 | 14          | 2024-03-16 | 2024-03-16 | no                 |
2024-03-01 | 0           | 2024-03-01 | 2024-12-31 | no                 |
2024-03-01 | 0           | 2024-03-01 | 2024-03-01 | not yet            | data cut
2024-05-01 | 14          | 2024-05-02 | 2024-12-31 | yes                | contact lost
"""


@pytest.mark.parametrize("case", spec_table(GAPS).to_dict("records"), ids=lambda case: "-".join(filter(None, case.values())))
def test_a_gap_that_is_not_finished_is_open_and_not_lost(case: dict[str, str | None]) -> None:
    job = pd.DataFrame({name: days(pd.Series([case[key]])) for name, key in _DATES.items()}).assign(
        participant_id="ann", start_date=pd.Timestamp("2024-01-01"), ended=True, hours_per_week=20.0
    )
    spell = employment_spells(job, int(str(case["gap allowed"])))
    assert sustained(spell, weeks=13)["state"].tolist() == [case["kept for 13 weeks?"]]
    assert spell["open_because"].tolist() == [case["why open"] or ""]
    # from the last day worked nothing is assumed, whatever may follow
    assert spell["known_until"].tolist() == job["known_until"].tolist()


_DATES = {"known_until": "job ended", "seen_until": "last seen", "cut": "data end"}
