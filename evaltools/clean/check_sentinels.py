"""Check for days that stand for 'unknown', such as 01/01/1900 (D140)."""

from __future__ import annotations

import pandas as pd

from evaltools.clean.rule_rows import RuleRows, Tripped, tripped

__all__ = ["check_sentinels"]


def check_sentinels(held: RuleRows) -> list[Tripped]:
    """Say which dates of any table are days that stand for 'unknown' by the study's list."""
    days = [pd.Timestamp(day) for day in held.thresholds.sentinel_dates]
    return [
        found
        for name, rows in held.tables.items()
        for field in rows.columns
        if rows[field].dtype.kind == "M"
        for found in tripped("D140", name, field, rows[field].isin(days))
    ]
