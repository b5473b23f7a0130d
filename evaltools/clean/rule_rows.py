"""What a judged rule is given, and what it gives back: the rows of a table that trip it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from evaltools.domain.evidence_lag import evidence_lag
from evaltools.schema.thresholds import Thresholds

__all__ = ["RuleRows", "Tripped", "days_of", "tripped"]


@dataclass(frozen=True)
class RuleRows:
    """Canonical tables by name, the study's thresholds, and its last day of data. people: number of each row's person.

    A number is the same in all tables; -1 where nobody is named.
    """

    tables: Mapping[str, pd.DataFrame]
    thresholds: Thresholds
    data_cut: date
    people: Mapping[str, np.ndarray] = field(default_factory=dict)

    @classmethod
    def of(cls, tables: Mapping[str, pd.DataFrame], thresholds: Thresholds, data_cut: date) -> RuleRows:
        """Give tables with their people numbered alike."""
        named = {name: rows["participant_id"] for name, rows in tables.items() if "participant_id" in rows.columns}
        every = [np.asarray(column.array, dtype=object) for column in named.values()]
        codes, _ = pd.factorize(np.concatenate([np.array([], dtype=object), *every]))
        ends = np.cumsum([len(column) for column in every])[:-1]
        return cls(tables, thresholds, data_cut, dict(zip(named, np.split(codes, ends), strict=False)))

    @cached_property
    def evidence(self) -> pd.DataFrame:
        """Each piece of evidence beside the job that it fits (columns of `domain.evidence_lag`), worked out once."""
        return evidence_lag(self.tables["evidence"], self.tables["jobs"])


@dataclass(frozen=True)
class Tripped:
    """Rows that trip a rule.

    rows: their positions in the table, ascending. field: the column to look at. detail: in words.
    """

    code: str
    table: str
    field: str
    rows: np.ndarray
    detail: str = ""


def tripped(code: str, table: str, field: str, where: pd.Series | np.ndarray, detail: str = "") -> list[Tripped]:
    """Make what a rule gives back from a condition, one value a row; a missing value does not trip. Empty without any.

    >>> tripped("D131", "participants", "birth_year", pd.Series([True, False, None], dtype="boolean"))[0].rows
    array([0])
    """
    held = where.fillna(False).to_numpy(dtype=bool) if isinstance(where, pd.Series) else np.asarray(where, dtype=bool)
    rows = np.flatnonzero(held)
    return [Tripped(code, table, field, rows, detail)] if len(rows) else []


def days_of(column: pd.Series) -> np.ndarray:
    """Give dates as days (float64, from 1970), missing ones as NaN, so that every comparison with them is false.

    >>> days_of(pd.Series(["1970-01-03", None]).astype("datetime64[ns]"))
    array([ 2., nan])
    """
    held = column.to_numpy(dtype="datetime64[ns]")
    days: np.ndarray = np.where(np.isnat(held), np.nan, held.astype("datetime64[D]").astype("int64"))
    return days
