"""Sites over the same exposure: only cohorts that have had time to show the outcome, and only while all sites were open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem

__all__ = ["common_window", "mature"]


def mature(people: pd.DataFrame, site: str, start: str, days: int, cuts: Mapping[str, date] | date) -> NDArray[np.bool_]:
    """Tell whose outcome within so many days would be known by the last day of their site's data.

    Parameters
    ----------
    people : pandas.DataFrame
        One row a person.
    site, start : str
        Columns: site, and the day from which time counts.
    days : int
        Length of the window.
    cuts : mapping of str to date, or date
        Last day of data of each site, or of all.

    Returns
    -------
    numpy.ndarray
        Shape (n,); False where the start is missing. EstimateError E251 for a site without a last day.

    Examples
    --------
    >>> people = pd.DataFrame({"site": ["a", "b"], "engaged": pd.to_datetime(["2023-01-01", "2023-01-01"])})
    >>> mature(people, "site", "engaged", 90, {"a": date(2023, 6, 1), "b": date(2023, 2, 1)}).tolist()
    [True, False]
    """
    if isinstance(cuts, date):
        last = pd.Series(pd.Timestamp(cuts), index=people.index)
    else:
        last = people[site].map({name: pd.Timestamp(day) for name, day in cuts.items()})
        without = people[site].notna() & last.isna()
        if without.any():
            what = f"{int(without.sum())} people are of a site whose last day of data is not given"
            raise EstimateError(Problem("E251", what, fix="give a last day for every site"))
    begun = pd.to_datetime(people[start])
    return np.asarray((begun + pd.Timedelta(days=days) <= last).to_numpy(), dtype=bool)


def common_window(sites: pd.DataFrame, days: int = 0) -> tuple[date, date]:
    """Return first and last day on which a person could start at every site and be followed for so many days.

    Parameters
    ----------
    sites : pandas.DataFrame
        opens and cut: first day of each site and last day of its data.
    days : int
        Follow-up that each person needs.

    Returns
    -------
    tuple of date
        EstimateError E251 when there is no such day, or a date is missing.

    Examples
    --------
    >>> sites = pd.DataFrame({"opens": ["2020-01-01", "2021-01-01"], "cut": ["2023-01-01", "2024-01-01"]})
    >>> [day.isoformat() for day in common_window(sites, 90)]
    ['2021-01-01', '2022-10-03']
    """
    opens, cut = pd.to_datetime(sites["opens"]), pd.to_datetime(sites["cut"])
    if not len(sites) or opens.isna().any() or cut.isna().any():
        raise EstimateError(Problem("E251", "a site has no first or last day", fix="give both, or leave the site out"))
    first, last = opens.max(), cut.min() - pd.Timedelta(days=days)
    if first > last:
        what = f"there is no day on which every site was open with {days} days still to come"
        raise EstimateError(Problem("E251", what, fix="leave out the site that opened last, or follow people for less time"))
    return first.date(), last.date()
