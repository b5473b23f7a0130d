"""Counts of sites as they are compared: events out of people, time or expected events; what cannot be compared says why."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.formula_terms import closest_name

__all__ = ["BASES", "Basis", "SiteCounts", "few_sites", "site_counts"]

Floats = NDArray[np.float64]
Basis = Literal["proportion", "rate", "ratio"]
BASES: tuple[Basis, ...] = ("proportion", "rate", "ratio")
_NOTHING = "nothing to divide by: the {} is 0"
_UNKNOWN = "a count is not known"
_ABOVE = "more events than people: the counts contradict each other; shown, not repaired"
_FEW = 20


class SiteCounts(NamedTuple):
    """Events, what they are divided by, which sites can be compared, and why not, shape (I,) each."""

    events: Floats
    size: Floats
    usable: NDArray[np.bool_]
    note: tuple[str, ...]


def site_counts(df: pd.DataFrame, numerator: str, denominator: str, basis: Basis = "proportion") -> SiteCounts:
    """Take the counts of sites from a frame.

    Parameters
    ----------
    df : pandas.DataFrame
        One row a site.
    numerator, denominator : str
        Columns: events; people (proportion), time at risk (rate) or expected events (ratio).
    basis : {'proportion', 'rate', 'ratio'}
        What the denominator is.

    Returns
    -------
    SiteCounts
        A site whose count is missing, whose denominator is 0 or whose events exceed its people is not usable, with a note.
        EstimateError E230 for a column that is not there, E231 for counts that are negative or not numbers, E232 without
        any usable site.

    Examples
    --------
    >>> counts = site_counts(pd.DataFrame({"x": [3, 0, 5], "n": [9, 0, 4]}), "x", "n")
    >>> counts.usable.tolist(), counts.note[1]
    ([True, False, False], 'nothing to divide by: the denominator is 0')
    """
    if basis not in BASES:
        raise EstimateError(Problem("E233", f"there is no basis called '{basis}'", fix=f"use one of: {', '.join(BASES)}"))
    events, size = (_numbers(df, name) for name in (numerator, denominator))
    if basis == "proportion" and ((events % 1 > 0).any() or (size % 1 > 0).any()):
        raise EstimateError(
            Problem("E231", "people are not counted in parts", fix="use whole numbers, or basis='ratio' for expected events")
        )
    known = ~(np.isnan(events) | np.isnan(size))
    above = known & (events > size) if basis == "proportion" else np.zeros(len(known), dtype=bool)
    empty = known & (size == 0)
    name = {"proportion": "denominator", "rate": "time at risk", "ratio": "expected number"}[basis]
    note = np.select([~known, empty, above], [_UNKNOWN, _NOTHING.format(name), _ABOVE], "")
    usable = known & ~empty & ~above
    if not usable.any():
        raise EstimateError(
            Problem("E232", "no site has counts that can be compared", fix="give counts with denominators above 0")
        )
    return SiteCounts(events, size, usable, tuple(map(str, note)))


def few_sites(sites: int) -> str:
    """Say what a small number of sites means for a comparison; nothing for 20 or more.

    >>> few_sites(1), few_sites(6)
    ('one site: there is nothing to compare it with', '6 sites: how much sites differ is hardly known')
    """
    if sites == 1:
        return "one site: there is nothing to compare it with"
    if sites == 2:
        return "two sites: each is compared with little more than the other"
    return f"{sites} sites: how much sites differ is hardly known" if sites < _FEW else ""


def _numbers(df: pd.DataFrame, name: str) -> Floats:
    if name not in df:
        raise EstimateError(Problem("E230", f"there is no column '{name}'", fix=closest_name(name, df.columns)))
    values = pd.to_numeric(df[name], errors="coerce")
    if (values.isna() & df[name].notna()).any():
        raise EstimateError(Problem("E231", f"'{name}' holds something that is not a number", fix="give counts"))
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    if (numbers < 0).any() or np.isinf(numbers).any():
        raise EstimateError(Problem("E231", f"'{name}' holds a negative or infinite number", fix="give counts"))
    return numbers
