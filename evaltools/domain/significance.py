"""What a significance test says, and why when it cannot be made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

__all__ = ["TestResult"]


@dataclass(frozen=True)
class TestResult:
    """One test. statistic, df and p are None when the test cannot be made; `reason` then says why.

    n: units that entered. groups: how many were compared. note: what a reader should know of its quality.
    """

    __test__: ClassVar[bool] = False  # not a test case, whatever its name

    statistic: float | None
    df: float | None
    p: float | None
    method: str
    n: float
    groups: int
    reason: str = ""
    note: str = ""
