from __future__ import annotations

from datetime import date

import pandas as pd

from evaltools.clean.check_sentinels import check_sentinels
from evaltools.clean.rule_rows import RuleRows
from evaltools.schema.thresholds import Thresholds


def test_every_date_of_every_table_is_looked_at_and_text_is_not() -> None:
    days = pd.Series(["1900-01-01", "1900-01-02", None]).astype("datetime64[ns]")
    tables = {"a": pd.DataFrame({"day": days, "word": ["1900-01-01"] * 3}), "b": pd.DataFrame({"day": days[::-1]})}
    found = check_sentinels(RuleRows.of(tables, Thresholds(), date(2024, 12, 31)))
    assert [(one.table, one.field, one.rows.tolist()) for one in found] == [("a", "day", [0]), ("b", "day", [2])]
