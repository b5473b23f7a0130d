"""Check how long after the event its evidence is dated (D141)."""

from __future__ import annotations

from evaltools.clean.rule_rows import RuleRows, Tripped, tripped

__all__ = ["check_lag"]


def check_lag(held: RuleRows) -> list[Tripped]:
    """Say which evidence is dated more days after its event than the study allows."""
    return tripped("D141", "evidence", "evidence_date", held.evidence["lag"] > held.thresholds.evidence_lag_days)
