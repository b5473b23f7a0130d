"""Immortal time: a covariate that became known after the clock started says that its holder lived long enough to get it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from evaltools.errors import Problem

__all__ = ["late_covariates"]

_FIX = (
    "split each person's time where it changes (a time-varying covariate), start everybody at a later day (a landmark), "
    "or start the clock when it became known (a clock reset); if it is harmless here, name it: allow_late=('{name}',)"
)


def late_covariates(
    frame: pd.DataFrame, origin: str | None, known: Mapping[str, str], allow_late: Iterable[str] = ()
) -> list[Problem]:
    """Find covariates that became known after the origin.

    frame: one row a person. origin: column of the date at which the clock starts. known: for each covariate the column of
    the date on which it became known, missing for people who never had it. allow_late: covariates that are let through.
    Give one problem for each covariate at fault, and one for a column that does not hold dates.

    >>> people = pd.DataFrame({"engaged": ["2020-01-01"] * 2, "advice_date": ["2020-02-01", None]})
    >>> [problem.code for problem in late_covariates(people, "engaged", {"had_advice": "advice_date"})]
    ['E121']
    """
    let_through = set(allow_late)
    checked = {name: column for name, column in known.items() if name not in let_through and frame[column].notna().any()}
    if not checked:
        return []
    if origin is None:
        fix = "name the column of the date at which the clock starts: origin='engaged_date'"
        return [Problem("E122", "covariates with a date cannot be judged without an origin", fix=fix)]
    dates, problems = {}, []
    for column in {origin, *checked.values()}:
        try:
            dates[column] = _dates(frame[column])
        except (ValueError, TypeError):
            problems.append(
                Problem("E122", f"the column '{column}' does not hold dates", fix="give dates such as 2020-01-31")
            )
    problems += [
        Problem("E122", f"'{column}' and '{origin}' are not on one scale", fix="give dates in both, or days in both")
        for column in dates
        if not problems and dates[column].dtype.kind != dates[origin].dtype.kind and "M" in _scales(dates, column, origin)
    ]
    if problems:
        return problems
    for name, column in checked.items():
        late = int((dates[column] > dates[origin]).sum())
        blind = int((dates[column].notna() & dates[origin].isna()).sum())
        if late or blind:
            what = f"'{name}' became known after the origin for {late + blind} of {len(frame)} rows: immortal time"
            detail = f"{column} is later than {origin}" + (f", or {origin} is missing ({blind} rows)" if blind else "")
            problems.append(Problem("E121", what, detail=detail, fix=_FIX.format(name=name)))
    return problems


def _scales(dates: Mapping[str, pd.Series], *columns: str) -> set[str]:
    """Return the kinds of two columns: 'M' for dates."""
    return {dates[column].dtype.kind for column in columns}


def _dates(column: pd.Series) -> pd.Series:
    """Return dates, or the numbers of days that a column holds instead."""
    if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        return column
    return pd.to_datetime(column, format="ISO8601")
