"""Check evidence against jobs: none at all (D136), or dated before its milestone can have been reached (D137)."""

from __future__ import annotations

from evaltools.clean.rule_rows import RuleRows, Tripped, tripped

__all__ = ["check_evidence"]


def check_evidence(held: RuleRows) -> list[Tripped]:
    """Say which evidence of a job belongs to a person without one, and which is dated before its milestone."""
    found = held.evidence
    return [
        *tripped("D136", "evidence", "milestone", found["of_job"] & ~found["has_job"]),
        *tripped("D137", "evidence", "evidence_date", found["lag"] < 0),
    ]
