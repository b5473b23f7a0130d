"""Specialist days: each specialist's post and active caseload, as runs of days over which nothing changes."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.derive.day_numbers import NEVER, day_numbers, to_dates
from evaltools.derive.joined_days import joined_days
from evaltools.derive.pair_codes import pair_codes
from evaltools.derive.step_runs import StepRuns, month_parts, step_runs

__all__ = ["FTE_UNIT", "specialist_days", "work_days"]

FTE_UNIT = 10_000
"""Full-time equivalents are added up in whole ten-thousandths, so that sums are exact."""
_LEVELS = ["caseload", "in_work", "maybe_in_work", "unplaced", "contested", "posts", "fte_parts", "fte_unsaid"]
_SPAN = ["code", "begin", "end", "first", "last"]
Ints = NDArray[np.int64]


def work_days(jobs: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Give the days on which each person is in some job.

    jobs: the canonical table. people: participant_id, seen_until (last day on which the person's situation is known).

    Returns row (of people), first, last (day numbers) and sure: days of a job up to its end, or up to seen_until; the days
    after that of a job without an end are not sure. Within sure, and over both, no day of a person stands twice.
    """
    place = pd.Series(np.arange(len(people)), index=people["participant_id"].to_numpy())
    row = jobs["participant_id"].map(place)
    start, end = day_numbers(jobs["start_date"]), day_numbers(jobs["end_date"])
    known = row.notna().to_numpy() & (start != NEVER) & (end >= start)
    at = row[known].to_numpy(dtype=np.int64)
    start, end = start[known], end[known]
    seen = day_numbers(people["seen_until"])[at]
    sure = joined_days(pd.DataFrame({"row": at, "first": start, "last": np.where(end == NEVER, seen, end)}), ["row"])
    either = joined_days(pd.DataFrame({"row": at, "first": start, "last": end}), ["row"])
    return pd.concat([sure.assign(sure=True), either.assign(sure=False)], ignore_index=True)


def specialist_days(holds: pd.DataFrame, people: pd.DataFrame, posts: pd.DataFrame, working: pd.DataFrame) -> pd.DataFrame:
    """Count the cases of each specialist, day by day.

    Parameters
    ----------
    holds : pandas.DataFrame
        From `case_days`: row (of people), specialist_id, site_id, first, last.
    people : pandas.DataFrame
        One row a person: first_job_date.
    posts : pandas.DataFrame
        The canonical table `specialists`, to_date filled with the last day of data.
    working : pandas.DataFrame
        From `work_days`.

    Returns
    -------
    pandas.DataFrame
        One row a run of days of one specialist at one site within one month on which nothing changes: specialist_id,
        site_id, first_day, last_day, days; posts (held on each of the days), fte (missing where no post covers the days,
        where it is not said, or where two posts at one site overlap), caseload (active cases), of which job_search, in_work
        and work_unknown (a job whose end is not known, after contact ended); unplaced (before a first job that counts) and
        contested (held by another specialist too). Weighted by days, sums over rows are sums over specialist-days.
    """
    keys = ["specialist_id", "site_id"]
    found = pair_codes(pd.concat([holds[keys].astype("string"), posts[keys].astype("string")], ignore_index=True))
    case_code, post_code = found.code[: len(holds)], found.code[len(holds) :]
    parts = [*_cases(case_code, holds, people, working), _posts(post_code, posts)]
    runs = month_parts(step_runs(*(np.concatenate(each) for each in zip(*parts, strict=True))))
    return _frame(runs, found.names)


def _stretch(code: Ints, first: Ints, last: Ints, **weights: int | Ints) -> tuple[Ints, Ints, Ints, Ints]:
    levels = np.zeros((len(code), len(_LEVELS)), dtype=np.int64)
    for name, weight in weights.items():
        levels[:, _LEVELS.index(name)] = weight
    return code, first, last, levels


def _cases(code: Ints, holds: pd.DataFrame, people: pd.DataFrame, working: pd.DataFrame) -> list[tuple[Ints, ...]]:
    row, first, last = (holds[name].to_numpy(dtype=np.int64) for name in ("row", "first", "last"))
    placed = day_numbers(people["first_job_date"])[row]
    held = pd.DataFrame({"row": row, "code": code, "begin": first, "end": last})
    work = held.merge(working, on="row")
    sure = work["sure"].to_numpy(dtype=bool).astype(np.int64)
    twice = _contested(row, first, last)
    contest = held.merge(twice, on="row")
    in_work, shared = (each.to_numpy(dtype=np.int64) for each in (work[_SPAN], contest[_SPAN]))
    return [
        _stretch(code, first, last, caseload=1),
        _stretch(code, first, np.minimum(last, placed - 1), unplaced=1),
        _stretch(*_overlap(in_work), in_work=sure, maybe_in_work=1 - sure),
        _stretch(*_overlap(shared), contested=1),
    ]


def _overlap(spans: Ints) -> tuple[Ints, Ints, Ints]:
    """Give code, first and last of the days that both stretches of a row cover."""
    code, begin, end, first, last = spans.T
    return code, np.maximum(begin, first), np.minimum(end, last)


def _contested(row: Ints, first: Ints, last: Ints) -> pd.DataFrame:
    """Give the days on which two specialists or more hold one case."""
    runs = step_runs(row, first, last, np.ones((len(row), 1), dtype=np.int64))
    several = runs.levels[:, 0] > 1
    return pd.DataFrame({"row": runs.code[several], "first": runs.first[several], "last": runs.last[several]})


def _posts(code: Ints, posts: pd.DataFrame) -> tuple[Ints, ...]:
    fte = posts["fte"].to_numpy(dtype=float, na_value=np.nan)
    unsaid = np.isnan(fte)
    share = np.where(unsaid, 0, np.round(np.nan_to_num(fte) * FTE_UNIT)).astype(np.int64)
    first, last = day_numbers(posts["from_date"]), day_numbers(posts["to_date"])
    last = np.where(first == NEVER, first - 1, last)
    return _stretch(code, first, last, posts=1, fte_parts=share, fte_unsaid=unsaid.astype(np.int64))


def _frame(runs: StepRuns, names: pd.DataFrame) -> pd.DataFrame:
    levels = pd.DataFrame(runs.levels, columns=_LEVELS)
    told = (levels["posts"] == 1) & (levels["fte_unsaid"] == 0)
    which = names.iloc[runs.code].reset_index(drop=True)
    return pd.DataFrame(
        {
            "specialist_id": which["specialist_id"],
            "site_id": which["site_id"],
            "first_day": to_dates(runs.first),
            "last_day": to_dates(runs.last),
            "days": runs.last - runs.first + 1,
            "posts": levels["posts"],
            "fte": (levels["fte_parts"] / FTE_UNIT).astype("Float64").where(told),
            "caseload": levels["caseload"],
            "job_search": levels["caseload"] - levels["maybe_in_work"],
            "in_work": levels["in_work"],
            "work_unknown": levels["maybe_in_work"] - levels["in_work"],
            "unplaced": levels["unplaced"],
            "contested": levels["contested"],
        }
    )
