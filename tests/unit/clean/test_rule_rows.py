from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from evaltools.clean.rule_rows import RuleRows, days_of, tripped
from evaltools.schema.thresholds import Thresholds


def test_a_person_has_one_number_in_all_tables_and_nobody_has_none() -> None:
    left, right = pd.DataFrame({"participant_id": ["A", None, "B"]}), pd.DataFrame({"participant_id": ["B", "C"]})
    tables = {"jobs": left, "sites": pd.DataFrame({"site_id": ["x"]}), "evidence": right}
    people = RuleRows.of(tables, Thresholds(), date(2024, 12, 31)).people
    assert {name: codes.tolist() for name, codes in people.items()} == {"jobs": [0, -1, 1], "evidence": [1, 2]}


def test_missing_days_are_in_no_order() -> None:
    days = days_of(pd.Series(["2020-01-01", None]).astype("datetime64[ns]"))
    assert not (days < days[::-1]).any()
    assert np.isnan(days[1])


def test_nothing_tripped_is_nothing_said() -> None:
    assert tripped("D131", "participants", "age_at_referral", np.zeros(3, dtype=bool)) == []
