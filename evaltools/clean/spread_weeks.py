"""Turn one column a week into job spells: consecutive weeks in work are one job."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from evaltools.clean.issues import Issues, Spot
from evaltools.clean.sheet import cell_text
from evaltools.clean.tidy_text import tidy
from evaltools.schema.layout import Weeks

__all__ = ["WeekCells", "WeekSpells", "spread_weeks"]


@dataclass(frozen=True)
class WeekCells:
    """Records of a sheet by row number. weeks: one column a week. observed: last week. exits: where exit_when holds."""

    weeks: pd.DataFrame
    observed: pd.Series
    exits: pd.Series


@dataclass(frozen=True)
class WeekSpells:
    """jobs: start_date, end_date, job_number (index: row number, one row a spell). people: last contact and discharge."""

    jobs: pd.DataFrame
    people: pd.DataFrame
    issues: Issues


def spread_weeks(cells: WeekCells, weeks: Weeks, spot: Spot) -> WeekSpells:
    """Turn weeks into spells, as the docstring of `schema.layout.Weeks` says.

    A week whose entry is none of the words for work is a week without; weeks after the last observed one say nothing.
    A job in work in the last observed week has no end.
    """
    last = cells.observed.fillna(weeks.weeks).astype("int64").clip(0, weeks.weeks).to_numpy()
    words = {tidy(word).casefold() for word in weeks.in_work}
    held = np.column_stack([_says(column, words) for _, column in cells.weeks.items()])
    held &= np.arange(1, weeks.weeks + 1)[None, :] <= last[:, None]
    padded = np.pad(held, ((0, 0), (1, 1)))
    rows, first_week = np.nonzero(padded[:, 1:-1] & ~padded[:, :-2])
    _, last_week = np.nonzero(padded[:, 1:-1] & ~padded[:, 2:])
    index = cells.weeks.index.to_numpy()[rows]
    ended = last_week + 1 < last[rows]
    jobs = pd.DataFrame(
        {
            "start_date": _day(weeks, 7 * first_week + 1),
            "end_date": pd.Series(_day(weeks, 7 * (last_week + 1))).where(ended),
            "job_number": (pd.Series(rows).groupby(rows).cumcount() + 1).astype("Int64"),
        }
    ).set_index(pd.Index(index, dtype="int64"))
    return WeekSpells(jobs, _people(cells, weeks, last), _issues(weeks, spot, len(jobs), index))


def _people(cells: WeekCells, weeks: Weeks, last: np.ndarray) -> pd.DataFrame:
    left = cells.exits.to_numpy(dtype=bool)
    people = pd.DataFrame({"last_contact_date": _day(weeks, 7 * last + 1)}, index=cells.weeks.index)
    people["discharge_date"] = pd.Series(_day(weeks, 7 * last), index=people.index).where(left)
    people["discharge_reason"] = pd.Series(weeks.exit_reason, index=people.index, dtype="string").where(left)
    return people


def _says(column: pd.Series, words: set[str]) -> np.ndarray:
    codes, values = pd.factorize(column.to_numpy(dtype=object))
    said: np.ndarray = np.array([tidy(cell_text(value)).casefold() in words for value in values], dtype=bool)[codes]
    return said


def _day(weeks: Weeks, days: np.ndarray) -> np.ndarray:
    start = np.datetime64(weeks.day_0 + timedelta(days=0), "ns")
    counted: np.ndarray = start + days.astype("timedelta64[D]")
    return counted


def _issues(weeks: Weeks, spot: Spot, count: int, rows: np.ndarray) -> Issues:
    words = f"{weeks.weeks} weeks from {weeks.day_0.isoformat()}"
    line = {"file": spot.file, "sheet": spot.sheet, "column": weeks.columns, "count": len(set(rows.tolist()))}
    line |= {"table": "jobs", "field": "start_date", "rule": "weeks", "raw": words, "new": f"{count} job spells"}
    return Issues(ledger=(pd.DataFrame([line]),))
