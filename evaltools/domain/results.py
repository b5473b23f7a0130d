"""The tidy shape of every result: four tables, their columns fixed here and nowhere else.

Nothing is ever a bare percentage: numerator, denominator and the denominator's name travel with each value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

__all__ = ["CHECKS", "COUNTS", "CURVES", "ESTIMATES", "Results", "combine", "tidy"]

ESTIMATES: dict[str, str] = {
    "estimate_id": "string",  # unique within a study
    "question": "string",  # what a reader would ask, in words
    "definition": "string",  # id of the outcome definition profile
    "outcome": "string",  # engaged, job_start, sustained, hours_16, ...
    "population": "string",  # the people in scope, in words
    "group_by": "string",  # programme, site, ethnicity, ...
    "group": "string",  # the group's id; 'all' for the whole
    "term": "string",  # cause, model term, or the part of a decomposition
    "statistic": "string",  # proportion, cumulative_incidence, survival, median, ratio, chi2, df, p, count, sum, ...
    "value": "Float64",  # proportions between 0 and 1
    "se": "Float64",
    "lower": "Float64",
    "upper": "Float64",
    "level": "Float64",  # of the interval, for example 0.95
    "unit": "string",  # person, job, referral, day, GBP, ...
    "numerator": "Float64",
    "denominator": "Float64",
    "denominator_name": "string",
    "n": "Float64",  # units that entered the calculation
    "events": "Float64",
    "missing": "Float64",  # units in the population whose status is unknown
    "method": "string",
    "ci_method": "string",
    "clock": "string",  # origin of time: referral, engagement, job start
    "horizon": "Float64",  # days from the origin
    "data_cut": "string",  # ISO date of the last day of data
    "note": "string",
}

CURVES: dict[str, str] = {
    "curve_id": "string",  # definition.outcome.group_by
    "outcome": "string",
    "cause": "string",
    "group": "string",
    "day": "Float64",
    "at_risk": "Float64",  # just before the day
    "events": "Float64",  # on the day, of this cause
    "censored": "Float64",
    "value": "Float64",
    "lower": "Float64",
    "upper": "Float64",
}

COUNTS: dict[str, str] = {"table_id": "string", "row": "string", "column": "string", "n": "Float64"}

CHECKS: dict[str, str] = {
    "check_id": "string",
    "subject": "string",
    "status": "string",  # ok, note, inconsistent
    "value": "Float64",
    "threshold": "Float64",
    "why": "string",
}

_TABLES = {"estimates": ESTIMATES, "curves": CURVES, "counts": COUNTS, "checks": CHECKS}


def tidy(rows: Iterable[Mapping[str, Any]] | pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """Return rows with exactly these columns and types; a column nobody filled is missing, an unknown one an error.

    Empty text is missing, as it is in the files that are shared.

    >>> tidy([{"table_id": "flow", "row": "all", "column": "referred", "n": 3}], COUNTS)["n"].tolist()
    [3.0]
    """
    frame = rows.copy() if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows))
    unknown = set(frame.columns) - set(columns)
    if unknown:
        raise KeyError(f"not a results column: {sorted(unknown)}")
    typed = frame.reindex(columns=list(columns)).astype(dict(columns)).reset_index(drop=True)
    texts = [name for name, kind in columns.items() if kind == "string"]
    typed[texts] = typed[texts].mask(typed[texts] == "")
    return typed


@dataclass(frozen=True)
class Results:
    """The four tidy tables of a study, exact (2_estimated) or released (3_released)."""

    estimates: pd.DataFrame = field(default_factory=lambda: tidy([], ESTIMATES))
    curves: pd.DataFrame = field(default_factory=lambda: tidy([], CURVES))
    counts: pd.DataFrame = field(default_factory=lambda: tidy([], COUNTS))
    checks: pd.DataFrame = field(default_factory=lambda: tidy([], CHECKS))

    def tables(self) -> dict[str, pd.DataFrame]:
        """Name and frame of each table, in reading order."""
        return {name: getattr(self, name) for name in _TABLES}


def combine(parts: Iterable[Results]) -> Results:
    """Stack the tables of several results, in order."""
    parts = list(parts)
    stacked = {}
    for name, columns in _TABLES.items():
        frames = [getattr(part, name) for part in parts if len(getattr(part, name))]
        stacked[name] = tidy(pd.concat(frames, ignore_index=True) if frames else [], columns)
    return Results(**stacked)
