"""Compare dates with each other: jobs with their ends, referrals and discharges, and the steps of an enrolment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaltools.clean.explain_rows import Places
from evaltools.clean.issues import FIRST, Flag, Issues, cells_of
from evaltools.clean.key_codes import person_codes
from evaltools.clean.typed_values import groups

__all__ = ["Compared", "compare_dates"]

_NOT_STEPS = {"referral_date", "discharge_date", "last_contact_date"}


@dataclass(frozen=True)
class Compared:
    """jobs: with impossible ends set aside. issues: what was set aside and what is to be checked."""

    jobs: pd.DataFrame
    issues: Issues


def compare_dates(tables: Mapping[str, pd.DataFrame], places: Places) -> Compared:
    """Compare the dates of jobs with each other (D105), with the first referral (D104) and the last discharge (D118).

    The steps of an enrolment are compared with its referral (D122), and its discharge with both (D123).
    """
    jobs, enrolments = tables["jobs"], tables["enrolments"]
    backwards = jobs["end_date"] < jobs["start_date"]
    people = person_codes({"enrolments": enrolments, "jobs": jobs})
    mine, theirs = people["jobs"], people["enrolments"]
    referral = enrolments["referral_date"].groupby(theirs).min()
    early = jobs["start_date"] < _looked_up(referral, mine)
    late = jobs["start_date"] > _looked_up(_left(enrolments["discharge_date"], theirs), mine)
    issues = _ends(jobs[backwards], places)
    flags = _flags("D104", jobs[early], "start_date", places) + _flags("D118", jobs[late & ~early], "start_date", places)
    flags += _steps(enrolments, places)
    kept = jobs.copy(deep=False)
    kept["end_date"] = jobs["end_date"].mask(backwards)
    return Compared(kept, Issues(issues.ledger, issues.quarantine, issues.flags + flags))


def _steps(enrolments: pd.DataFrame, places: Places) -> tuple[Flag, ...]:
    """Say which steps lie before the referral, and which discharges lie before the referral or an engagement."""
    steps = [name for name in enrolments.columns if name.endswith("_date") and name not in _NOT_STEPS]
    flags: tuple[Flag, ...] = ()
    for step in steps:
        flags += _flags("D122", enrolments[enrolments[step] < enrolments["referral_date"]], step, places)
    engaged = [enrolments[name].to_numpy() for name in steps if name != "first_contact_date"]
    begun = np.fmax(np.fmin.reduce(engaged), enrolments["referral_date"].to_numpy())
    early = enrolments["discharge_date"].to_numpy() < begun
    return flags + _flags("D123", enrolments[early], "discharge_date", places)


def _left(discharges: pd.Series, people: np.ndarray) -> pd.Series:
    """Give the day on which each person left for good: the last discharge, where every enrolment has one."""
    groups = discharges.groupby(people)
    return groups.max().where(groups.count() == groups.size())


def _looked_up(days: pd.Series, people: np.ndarray) -> np.ndarray:
    """Give the day of each of these people; none where there is none."""
    found: np.ndarray = days.reindex(people).to_numpy()
    return found


def _located(rows: pd.DataFrame, places: Places) -> pd.DataFrame:
    source = rows["_source"].to_numpy()
    return rows.assign(sheet=places.records.sheet[source], row=places.records.row[source])


def _flags(code: str, rows: pd.DataFrame, field: str, places: Places) -> tuple[Flag, ...]:
    return tuple(
        Flag(code, places.spot(sheet, part, field), tuple(group["row"].head(FIRST)), len(group))
        for (sheet, part), group in groups(_located(rows, places), ["sheet", "_part"])
    )


def _ends(rows: pd.DataFrame, places: Places) -> Issues:
    """Set the ends of jobs aside that lie before their starts."""
    ledger, quarantine = [], []
    for (sheet, part), group in groups(_located(rows, places), ["sheet", "_part"]):
        spot = places.spot(sheet, part, "end_date")
        place = {"file": spot.file, "sheet": spot.sheet, "column": spot.header, "table": "jobs", "field": "end_date"}
        ends = group["end_date"].dt.strftime("%Y-%m-%d").to_list()
        cells = [cells_of(spot.position, [row], 1) for row in group["row"]]
        aside = {"level": "value", "code": "D105", "row": group["row"].to_list(), "cell": cells, "raw": ends}
        quarantine.append(pd.DataFrame(aside | place | {"why": "the end lies before the start"}))
        ledger.append(pd.DataFrame({"cells": cells, "count": 1, "rule": "set aside", "raw": ends, "new": ""} | place))
    return Issues(tuple(ledger), tuple(quarantine), _flags("D105", rows, "end_date", places))
