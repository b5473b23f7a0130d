"""Columns of days and codes as numbers: spans of time become days, dates and words are never taken for numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem

__all__ = ["DayNumbers", "cause_names", "column_numbers", "day_numbers", "once_each", "tie_near_days"]

Floats = NDArray[np.float64]
_DATES = {"datetime", "datetime64", "date", "period"}
_SPANS = {"timedelta", "timedelta64"}
_NEAR = float(np.sqrt(np.finfo(float).eps))  # as timefix of R's survival


class DayNumbers(NamedTuple):
    """Numbers, shape (n,), missing where there is none; and where something was entered that is no number, shape (n,)."""

    values: Floats
    wordy: NDArray[np.bool_]


def day_numbers(frame: pd.DataFrame, column: str | None) -> DayNumbers:
    """Take a column of days: numbers as they are, spans of time (timedelta) as days and parts of days.

    column: without one, day 0 for everybody. Raises EstimateError when it holds dates: days are counted from each person's
    origin.

    >>> day_numbers(pd.DataFrame({"days": pd.to_timedelta([24, 36], "h")}), "days").values.tolist()
    [1.0, 1.5]
    """
    if column is None:
        return DayNumbers(np.broadcast_to(0.0, len(frame)), np.broadcast_to(False, len(frame)))
    return _read(frame[column], column, spans=True)


def column_numbers(frame: pd.DataFrame, column: str) -> DayNumbers:
    """Take a column of codes or weights, which neither dates nor spans of time can be.

    >>> column_numbers(pd.DataFrame({"status": ["1", "lost", None]}), "status").wordy.tolist()
    [False, True, False]
    """
    return _read(frame[column], column, spans=False)


def tie_near_days(days: Floats, entry: Floats) -> tuple[Floats, Floats]:
    """Make days that differ by rounding alone the same day, as R's survival does (timefix = TRUE).

    days, entry: shape (n,). Neighbouring days no further apart than the square root of the machine's precision, in days or
    as a share of the mean day, become the lower one: 0.1 + 0.2 and 0.3 are a tie. Whole days are left as they are.

    >>> tie_near_days(np.array([0.1 + 0.2, 0.3, 4.0]), np.zeros(3))[0].tolist()
    [0.3, 0.3, 4.0]
    """
    if np.array_equal(days, np.rint(days)) and np.array_equal(entry, np.rint(entry)):
        return days, entry
    distinct = np.unique(np.concatenate([days, entry[:1] if entry.strides == (0,) else entry]))
    gaps = np.diff(distinct)
    tied = (gaps <= _NEAR) | (gaps <= _NEAR * np.abs(distinct).mean())
    if not tied.any():
        return days, entry
    first = distinct[np.concatenate([[True], ~tied])]
    return tuple(first[np.searchsorted(first, values, side="right") - 1] for values in (days, entry))


def cause_names(causes: Mapping[int, str] | None) -> dict[int, str]:
    """Check the name of each code of an event; 'event' for code 1 without names.

    Raises EstimateError for a code that is no whole number above 0 (0 is 'no event yet'), and for a name given twice.

    >>> cause_names({1: "job", 2: "left"})
    {1: 'job', 2: 'left'}
    """
    names = dict(causes or {1: "event"})
    problems = [
        Problem("E110", f"{code!r} cannot be the code of a cause", fix="use whole numbers from 1 on; 0 is no event yet")
        for code in names
        if not (isinstance(code, (int, np.integer)) or (isinstance(code, float) and code.is_integer())) or code < 1
    ]
    given = [*names.values()]
    problems += [
        Problem("E110", f"two causes are called '{name}'", fix="give each cause a name of its own")
        for name in dict.fromkeys(given)
        if given.count(name) > 1
    ]
    if problems:
        raise EstimateError(*problems)
    return {int(code): name for code, name in names.items()}


def once_each(frame: pd.DataFrame) -> None:
    """Raise EstimateError when two columns of a frame have the same name.

    >>> once_each(pd.DataFrame({"days": [1], "status": [1]}))
    """
    twice = list(dict.fromkeys(map(str, frame.columns[frame.columns.duplicated()])))
    if twice:
        what = f"the frame has more than one column called {', '.join(repr(name) for name in twice)}"
        raise EstimateError(Problem("E120", what, fix="rename one of them, or leave it out"))


def _read(values: pd.Series, column: str, spans: bool) -> DayNumbers:
    if isinstance(values.dtype, np.dtype) and values.dtype.kind in "biuf":
        numbers = values.to_numpy().astype(float)
        return DayNumbers(numbers, np.broadcast_to(False, len(numbers)))
    if pd.api.types.is_complex_dtype(values.dtype):
        raise EstimateError(Problem("E101", f"the column '{column}' holds complex numbers", fix="give numbers of days"))
    kind = "" if pd.api.types.is_numeric_dtype(values.dtype) else pd.api.types.infer_dtype(values, skipna=True)
    if kind in _DATES or pd.api.types.is_datetime64_any_dtype(values.dtype) or (kind in _SPANS and not spans):
        held = "spans of time" if kind in _SPANS else "dates"
        fix = "count the days from each person's origin first" if spans else "give numbers"
        raise EstimateError(Problem("E101", f"the column '{column}' holds {held}, not numbers", fix=fix))
    if kind in _SPANS:
        values = pd.to_timedelta(values) / pd.Timedelta(days=1)
    numbers = pd.to_numeric(values, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    return DayNumbers(numbers, np.isnan(numbers) & values.notna().to_numpy())
