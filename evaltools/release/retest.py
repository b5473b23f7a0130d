"""Tests between sites, done again on released counts: a statistic of exact counts would give hidden ones away."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from evaltools.domain.alternative import is_default
from evaltools.domain.significance import TestResult

__all__ = ["Test", "retest"]

Test = Callable[[np.ndarray], TestResult]
"""A table of counts in (one row a group, the outcome and its complement); a test of homogeneity out."""

_SAME = ["definition", "outcome", "horizon", "denominator_name"]
_STATISTICS = {"chi2": "statistic", "df": "df", "p": "p"}


def retest(released: pd.DataFrame, test: Test) -> pd.DataFrame:
    """Replace chi2, df and p between sites by those of the released counts of the sites that are shown.

    released: estimates whose shares are already protected. Tests of anything but sites, or with fewer than two sites shown,
    are not released.
    """
    again = released.copy()
    rows = again["statistic"].isin(list(_STATISTICS)).fillna(False).astype(bool)
    again.loc[rows, ["value", "n"]] = pd.NA
    again.loc[rows, "note"] = "not shown: too few groups can be shown to compare them"
    shares = (again["statistic"] == "proportion") & is_default(again["term"])
    sites = again[(again["group_by"] == "site") & shares & again["numerator"].notna()]
    tables = {_key(shown.iloc[0]): shown for _, shown in sites.groupby(_SAME, dropna=False) if len(shown) > 1}
    for index, row in again[rows & (again["group_by"] == "site")].iterrows():
        if _key(row) not in tables:
            continue
        shown = tables[_key(row)]
        counts = np.column_stack([shown["numerator"], shown["denominator"] - shown["numerator"]]).astype(float)
        result = test(counts)
        value = getattr(result, _STATISTICS[row["statistic"]])
        again.loc[index, "value"] = pd.NA if value is None else float(value)
        again.loc[index, "n"] = float(counts.sum())
        again.loc[index, "note"] = (
            f"of the {len(shown)} sites shown, on their rounded counts" if value is not None else result.reason
        )
    return again.astype(released.dtypes.to_dict())


def _key(row: pd.Series) -> tuple[str, ...]:
    return tuple("" if pd.isna(row[name]) else str(row[name]) for name in _SAME)
