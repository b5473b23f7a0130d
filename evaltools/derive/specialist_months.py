"""Specialist months: exposure, caseload, new and passed-on cases and credited job starts of each specialist and month."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.derive.day_numbers import day_numbers, to_dates

__all__ = ["MONTH_DAYS", "specialist_months"]

MONTH_DAYS = 365.25 / 12
_DAYS = ["caseload", "job_search", "in_work", "work_unknown", "unplaced", "contested"]
_KEY = ["specialist_id", "site_id", "month"]


def specialist_months(
    runs: pd.DataFrame, holds: pd.DataFrame, starts: pd.DataFrame, ramp_up_months: int = 3
) -> pd.DataFrame:
    """Add up each specialist's months.

    Parameters
    ----------
    runs : pandas.DataFrame
        From `specialist_days`.
    holds : pandas.DataFrame
        From `case_days`.
    starts : pandas.DataFrame
        One row a job start credited to a specialist: specialist_id, site_id, first_job_date.
    ramp_up_months : int
        First months in a specialist's first post, in which the caseload is still filling.

    Returns
    -------
    pandas.DataFrame
        One row a specialist, site and month with a post or a case: month (its first day), days_in_post, fte_months (sum of
        full-time equivalents over the days, divided by the days of the month; missing where that of some day is not
        known: exposure is unknown, not zero), unknown_days (those days), <kind>_days for caseload, job_search, in_work,
        work_unknown, unplaced and contested cases, mean_caseload (over the days of the month with a post or a case),
        caseload_before (mean_caseload of the month before; missing without one), client_months (unplaced days as months),
        new_cases, received (from another specialist), passed_on, starts, month_in_post (0 for the first), ramp_up.
    """
    table = runs.assign(month=_month(runs["first_day"]))
    table["in_post"] = table["days"].where(table["posts"] > 0, 0)
    table["fte_days"] = (table["fte"] * table["days"]).fillna(0.0)
    table["unknown_days"] = table["days"].where(table["fte"].isna(), 0)
    for name in _DAYS:
        table[f"{name}_days"] = table[name] * table["days"]
    summed = ["in_post", "fte_days", "unknown_days", "days", *(f"{name}_days" for name in _DAYS)]
    months = table.groupby(_KEY, sort=True)[summed].sum().reset_index().rename(columns={"in_post": "days_in_post"})
    length = months["month"].dt.days_in_month
    months["fte_months"] = (months["fte_days"].astype("Float64") / length).mask(months["unknown_days"] > 0)
    months["mean_caseload"] = months["caseload_days"] / months["days"]
    months["caseload_before"] = _before(months)
    months["client_months"] = months["unplaced_days"] / MONTH_DAYS
    for name, rows in _flows(holds, starts).items():
        counted = rows.groupby(_KEY).size().rename(name)
        months = months.join(counted, on=_KEY)
        months[name] = months[name].fillna(0).astype("Int64")
    months["month_in_post"] = _month_in_post(months, runs)
    months["ramp_up"] = (months["month_in_post"] < ramp_up_months).astype("boolean")
    return months.drop(columns=["days", "fte_days"])


def _month(dates: pd.Series) -> pd.Series:
    return pd.Series(dates.to_numpy(dtype="datetime64[M]").astype("datetime64[ns]"), index=dates.index)


def _before(months: pd.DataFrame) -> pd.Series:
    who = months["specialist_id"].eq(months["specialist_id"].shift()) & months["site_id"].eq(months["site_id"].shift())
    number = pd.Series(months["month"].to_numpy(dtype="datetime64[M]").astype(np.int64), index=months.index)
    return months["mean_caseload"].shift().where(who & (number.diff() == 1)).astype("Float64")


def _flows(holds: pd.DataFrame, starts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Rows to be counted by specialist, site and month: cases that begin, are received and are passed on, and job starts."""
    keys = holds[["specialist_id", "site_id"]].astype("string")
    begun = keys.assign(month=_month(pd.Series(to_dates(holds["first"].to_numpy(dtype=np.int64)), index=holds.index)))
    left = keys.assign(month=begun["month"].shift(-1))
    given = holds["handed_over"].to_numpy(dtype=bool) & holds["reached"].to_numpy(dtype=bool)
    first = ~holds.duplicated("row").to_numpy()  # holds stand in order of person and day
    passed = holds["row"].eq(holds["row"].shift(-1)).to_numpy() & np.append(given[1:], False)
    credited = starts[["specialist_id", "site_id"]].astype("string").assign(month=_month(starts["first_job_date"]))
    return {"new_cases": begun[first], "received": begun[given], "passed_on": left[passed], "starts": credited}


def _month_in_post(months: pd.DataFrame, runs: pd.DataFrame) -> pd.Series:
    held = runs[runs["posts"] > 0]
    first = pd.Series(day_numbers(held["first_day"]), index=held["specialist_id"].to_numpy()).groupby(level=0).min()
    began = months["specialist_id"].map(first)
    numbers = to_dates(began.fillna(0).to_numpy(dtype=np.int64)).astype("datetime64[M]").astype(np.int64)
    month = months["month"].to_numpy(dtype="datetime64[M]").astype(np.int64)
    return pd.Series(month - numbers, index=months.index).astype("Int64").where(began.notna() & (month >= numbers))
