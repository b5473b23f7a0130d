"""Finished rows: counts become tidy estimates, with intervals, an id of their own and the data cut."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from evaltools.domain.results import ESTIMATES, tidy
from evaltools.estimate.bounds import bounds
from evaltools.estimate.proportion import proportions

__all__ = ["bounded", "finished_rows"]

_ID = ["definition", "outcome", "statistic", "term", "group_by", "group", "horizon"]


def bounded(known: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Give the rows that bound a share when nobody, or everybody, of unknown status had the outcome.

    known: from `share_row`, among people of known status. name: of the denominator with the others. Two rows: statistic
    'bounds' reaches from worst to best; 'bounds_interval' covers the true share with the level's confidence (Imbens and
    Manski 2004).
    """
    people = known["denominator"] + known["missing"]
    row = {**known, "denominator": people, "denominator_name": name, "population": name, "n": people, "ci_method": pd.NA}
    row["method"] = "nobody of unknown status had it; everybody did"
    return [{**row, "statistic": "bounds"}, {**row, "statistic": "bounds_interval", "ci_method": "Imbens-Manski, wilson"}]


def finished_rows(
    rows: Iterable[Mapping[str, Any]], questions: Mapping[str, str], level: float, data_cut: date
) -> pd.DataFrame:
    """Give rows of counts their values and intervals.

    Parameters
    ----------
    rows : iterable of mapping
        Columns of `estimates`. For the statistics 'proportion' (where ci_method is 'Wilson'), 'ratio', 'bounds' and
        'bounds_interval' the value and limits come from numerator, denominator and missing; others stay as they are.
    questions : mapping of str to str
        What a reader would ask, by outcome.
    level : float
        Of the intervals.
    data_cut : datetime.date
        Last day of data.

    Returns
    -------
    pandas.DataFrame
        Rows of `estimates`, each with an id that is its own.

    Examples
    --------
    >>> from evaltools.estimate.share_rows import share_row
    >>> rows = [share_row("engaged", 3, 4, 1, "people referred", "referral", group_by="programme", group="all")]
    >>> finished_rows(rows, {"engaged": "Who engaged?"}, 0.95, date(2019, 9, 30))["estimate_id"].tolist()
    ['engaged.proportion.programme.all']
    """
    frame = pd.DataFrame([dict(row) for row in rows]).reindex(columns=list(ESTIMATES)).reset_index(drop=True)
    if frame.empty:
        return tidy([], ESTIMATES)
    frame = _with_limits(frame.astype({name: kind for name, kind in ESTIMATES.items()}), level)
    frame["question"] = frame["question"].fillna(frame["outcome"].map(questions).astype("string"))
    frame["data_cut"] = data_cut.isoformat()
    frame["estimate_id"] = _ids(frame)
    return tidy(frame, ESTIMATES)


def _with_limits(frame: pd.DataFrame, level: float) -> pd.DataFrame:
    frame = frame.copy()
    wilson = ((frame["statistic"] == "proportion") & (frame["ci_method"] == "Wilson")).fillna(False).to_numpy(dtype=bool)
    plain = (
        frame["statistic"].isin(["ratio", "proportion"]).to_numpy(dtype=bool) & ~wilson & frame["value"].isna().to_numpy()
    )
    worked = proportions(frame.loc[wilson, "numerator"], frame.loc[wilson, "denominator"], level)
    for name in ("value", "se", "lower", "upper"):
        frame.loc[wilson, name] = worked[name].astype("Float64").to_numpy()
    reason = worked["reason"].astype("string").set_axis(frame.index[wilson])
    frame.loc[wilson, "note"] = reason.where(reason != "").fillna(frame.loc[wilson, "note"])
    some = frame["denominator"].where(frame["denominator"] > 0)
    frame.loc[plain, "value"] = (frame["numerator"] / some)[plain]
    limits = (frame["statistic"] == "bounds").to_numpy(dtype=bool)
    frame.loc[limits, "lower"] = (frame["numerator"] / some)[limits]
    frame.loc[limits, "upper"] = ((frame["numerator"] + frame["missing"]) / some)[limits]
    covered = np.flatnonzero((frame["statistic"] == "bounds_interval").to_numpy(dtype=bool) & some.notna().to_numpy())
    for at in covered:  # a row a group, never a row a person
        found = bounds(frame["numerator"][at], frame["denominator"][at], frame["missing"][at], level)
        frame.loc[at, ["lower", "upper"]] = [found.lower, found.upper]
    frame["level"] = frame["level"].fillna(level)
    return frame


def _ids(frame: pd.DataFrame) -> pd.Series:
    parts = frame[_ID].copy()
    parts["horizon"] = frame["horizon"].map(lambda day: f"{day:g}d", na_action="ignore").astype("string")
    rows = parts.astype("string").fillna("").to_numpy()
    base = pd.Series([".".join(filter(None, row)) for row in rows], index=frame.index)
    again = base.groupby(base).cumcount()
    return base + again.map(lambda number: f".{number + 1}" if number else "")
