"""Outcomes of studies that hold totals instead of people: which measure is divided by which."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

__all__ = ["CountedOutcome", "Decomposition"]

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, config=_STRICT)
class CountedOutcome:
    """One outcome of a study of totals.

    numerator: measures whose counts are added. denominator: the measure below. test: 'share' compares x of n between groups;
    'composition' compares how two populations are made up.
    """

    id: str
    label: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    denominator_name: str
    unit: str = "person"
    test: Literal["share", "composition"] = "share"


@dataclass(frozen=True, config=_STRICT)
class Decomposition:
    """Achieved over target as an exact product of stages. measures: in order, each a part of the one before."""

    measures: tuple[str, ...]
    scenario: str = "high"
