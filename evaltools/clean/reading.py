"""What one distinct cell means, and how a column of such readings becomes values and issues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from evaltools.clean.distinct import Distinct
from evaltools.clean.issues import FIRST, Flag, Issues, Spot, cells_of
from evaltools.clean.sheet import cell_text
from evaltools.clean.typed_values import typed_array

__all__ = ["CleanColumn", "Reading", "apply_readings"]


@dataclass(frozen=True)
class Reading:
    """value: None for missing. rule: what was done, '' for nothing. code: of the catalogue, '' when nothing is wrong.

    aside: the entered value is kept in the quarantine. why: for the quarantine, may quote the entry.
    detail: for the finding, may quote headers and codes only.
    """

    value: Any
    rule: str = ""
    code: str = ""
    aside: bool = False
    why: str = ""
    detail: str = ""


@dataclass(frozen=True)
class CleanColumn:
    """values: by sheet row number. issues: what was changed, set aside or is to be said."""

    values: pd.Series
    issues: Issues = field(default_factory=Issues)


def apply_readings(distinct: Distinct, readings: Sequence[Reading], spot: Spot, dtype: str) -> CleanColumn:
    """Give every row the value of its reading, in a pandas type, with one ledger row for each changed distinct value."""
    held = [reading.value for reading in readings]
    if dtype == "object":
        array = np.empty(len(held), dtype=object)
        array[:] = held
        values = pd.Series(array[distinct.codes], index=distinct.rows, dtype=object)
    else:
        values = pd.Series(typed_array(held, dtype).take(distinct.codes), index=distinct.rows)
    touched = [number for number, reading in enumerate(readings) if reading.rule or reading.code]
    return CleanColumn(
        values,
        Issues(
            _ledger(distinct, readings, spot, touched),
            _quarantine(distinct, readings, spot, touched),
            _flags(distinct, readings, spot, touched),
        ),
    )


def _ledger(distinct: Distinct, readings: Sequence[Reading], spot: Spot, touched: Sequence[int]) -> tuple[pd.DataFrame, ...]:
    changed = [number for number in touched if readings[number].rule]
    if not changed:
        return ()
    if spot.identifier:
        rules = dict.fromkeys(readings[number].rule for number in changed)
        return (pd.DataFrame([_hidden_change(distinct, changed, rule, readings, spot) for rule in rules]),)
    rows = [
        {
            "file": spot.file,
            "sheet": spot.sheet,
            "column": spot.header,
            "cells": cells_of(spot.position, distinct.first_rows(number), distinct.count(number)),
            "count": distinct.count(number),
            "table": spot.table,
            "field": spot.field,
            "rule": readings[number].rule,
            "raw": cell_text(distinct.values[number]),
            "new": _shown(readings[number].value),
        }
        for number in changed
    ]
    return (pd.DataFrame(rows),)


def _hidden_change(
    distinct: Distinct, changed: Sequence[int], rule: str, readings: Sequence[Reading], spot: Spot
) -> dict[str, Any]:
    """Make one ledger row for all identifiers that a rule changed: positions only."""
    numbers = [number for number in changed if readings[number].rule == rule]
    count = sum(distinct.count(number) for number in numbers)
    rows = [row for number in numbers[:FIRST] for row in distinct.first_rows(number)]
    return {
        "file": spot.file,
        "sheet": spot.sheet,
        "column": spot.header,
        "cells": cells_of(spot.position, rows, count),
        "count": count,
        "table": spot.table,
        "field": spot.field,
        "rule": rule,
        "raw": "",
        "new": "",
    }


def _quarantine(
    distinct: Distinct, readings: Sequence[Reading], spot: Spot, touched: Sequence[int]
) -> tuple[pd.DataFrame, ...]:
    frames = []
    for number in touched:
        reading = readings[number]
        if reading.aside:
            rows = distinct.rows_of(number)
            frames.append(
                pd.DataFrame(
                    {
                        "level": "value",
                        "code": reading.code,
                        "file": spot.file,
                        "sheet": spot.sheet,
                        "row": rows,
                        "cell": [cells_of(spot.position, [row], 1) for row in rows],
                        "column": spot.header,
                        "table": spot.table,
                        "field": spot.field,
                        "raw": "" if spot.identifier else cell_text(distinct.values[number]),
                        "why": reading.why,
                    }
                )
            )
    return tuple(frames)


def _flags(distinct: Distinct, readings: Sequence[Reading], spot: Spot, touched: Sequence[int]) -> tuple[Flag, ...]:
    return tuple(
        Flag(
            readings[number].code,
            spot,
            distinct.first_rows(number),
            distinct.count(number),
            "" if spot.identifier else readings[number].detail,
        )
        for number in touched
        if readings[number].code
    )


def _shown(value: Any) -> str:
    """Write a canonical value as text, days in ISO form.

    >>> _shown(pd.Timestamp("2021-04-03")), _shown(None), _shown(16.0)
    ('2021-04-03', '', '16')
    """
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
