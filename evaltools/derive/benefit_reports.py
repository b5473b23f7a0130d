"""Benefit reports: whether a person was on an out-of-work benefit on each day on which benefits were reported."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.derive.day_numbers import day_numbers
from evaltools.derive.runs import places, run_starts

__all__ = ["BENEFIT_GROUPS", "OUT_OF_WORK_BENEFITS", "benefit_reports"]

BENEFIT_GROUPS = {
    "esa_support": "esa_support",
    "esa_wrag": "esa_wrag",
    "esa": "esa",
    "uc": "uc",
    "uc_lcw": "uc",
    "uc_lcwra": "uc",
    "jsa": "jsa",
    "is": "is",
}
"""Out-of-work benefits and the stratum of each. Personal Independence Payment is none: it is paid in and out of work."""
OUT_OF_WORK_BENEFITS = tuple(BENEFIT_GROUPS)
_COLUMNS = ["participant_id", "date", "status", "benefit_group"]
_TOLD = {"participant_id": "string", "observed_date": "datetime64[ns]", "benefit": "string", "received": "boolean"}
_GROUPS = (*sorted(set(BENEFIT_GROUPS.values())), "several")
_OFF, _ON = 1, 2
_FAMILY = np.array([*(0 if name.startswith("esa") else place for place, name in enumerate(_GROUPS, start=1)), -1])
_SEVERAL, _UC, _NONE = len(_GROUPS) - 1, _GROUPS.index("uc"), len(_GROUPS)


def benefit_reports(benefits: pd.DataFrame, entries: pd.DataFrame | None = None, migration_days: int = 42) -> pd.DataFrame:
    """Read one status from everything that a person reported on one day.

    Parameters
    ----------
    benefits : pandas.DataFrame
        The canonical table: participant_id, site_id, observed_date, benefit, receiving.
    entries : pandas.DataFrame, optional
        What was said at referral: participant_id, observed_date, benefit. A report in `benefits` of the same day wins.
    migration_days : int
        An end of an older benefit that is followed by Universal Credit within so many days is a move, not an exit: on that
        day the person is still 'on'. 42 days are the five-week wait for a first payment and a week.

    Returns
    -------
    pandas.DataFrame
        One row a person and day, in order: participant_id, date, status and benefit_group (of the out-of-work benefits on
        that day; 'several' for more than one, missing unless 'on'). The end of another benefit than the person was last
        reported on says nothing of that one.

        'on': some out-of-work benefit is received. 'off': none is received and nothing else is in doubt: the report says
        'none', or that out-of-work benefits are not received. 'unknown': any other day, such as one with Personal
        Independence Payment alone, an unknown code, or a report that does not say whether the benefit is received. A site
        that never says so names benefits because they are received.

    Examples
    --------
    >>> told = pd.DataFrame({"participant_id": "ann", "site_id": "north", "benefit": ["uc", "pip", "none"]})
    >>> told["observed_date"] = pd.to_datetime(["2019-01-07", "2019-04-01", "2019-06-03"])
    >>> benefit_reports(told.assign(receiving=pd.array([True] * 3, dtype="boolean")))["status"].tolist()
    ['on', 'unknown', 'off']
    """
    told = _told(benefits, entries)
    if told.empty:
        return _typed(pd.DataFrame(columns=_COLUMNS))
    person, names = pd.factorize(told["participant_id"], sort=True)
    key = places(person.astype(np.int64), day_numbers(told["observed_date"]))
    order = np.argsort(key, kind="stable")
    reported = ~told["entry"].to_numpy(dtype=bool)
    runs = run_starts(key[order])
    wins = np.repeat(np.logical_or.reduceat(reported[order], runs), np.diff(np.append(runs, len(order))))
    order = order[reported[order] | ~wins]
    starts = run_starts(key[order])
    first = order[starts]
    day = day_numbers(told["observed_date"].iloc[first])
    days = _moved(person[first], day, _days(told, order, starts), migration_days)
    group = pd.array(np.array([*_GROUPS, None], dtype=object)[days.group], dtype="string")
    at_day = {"participant_id": names.take(person[first]), "date": told["observed_date"].to_numpy()[first]}
    return _typed(
        pd.DataFrame({**at_day, "status": np.array(["unknown", "off", "on"])[days.status], "benefit_group": group})
    )


def _told(benefits: pd.DataFrame, entries: pd.DataFrame | None) -> pd.DataFrame:
    """Put what was reported and what was said at referral under each other, with whether it was received."""
    says = benefits["receiving"].notna().groupby(benefits["site_id"]).transform("any")
    received = benefits["receiving"].astype("boolean").mask(~says, True)
    told = benefits[["participant_id", "observed_date", "benefit"]].assign(received=received).astype(_TOLD)
    told["entry"] = False
    if entries is None or entries["benefit"].isna().all():
        return told.reset_index(drop=True)
    said = entries.loc[entries["benefit"].notna(), ["participant_id", "observed_date", "benefit"]].assign(received=True)
    return pd.concat([told, said.astype(_TOLD).assign(entry=True)], ignore_index=True)


class _Days(NamedTuple):
    """One entry a person and day: status (0 unknown, 1 off, 2 on), group and ended, places in _GROUPS or _NONE.

    one_ended: nothing but the end of the one benefit `ended` was reported.
    """

    status: NDArray[np.int64]
    group: NDArray[np.int64]
    ended: NDArray[np.int64]
    one_ended: NDArray[np.bool_]


def _days(told: pd.DataFrame, order: NDArray[np.int64], starts: NDArray[np.int64]) -> _Days:
    rows = told.iloc[order]
    group = rows["benefit"].map({code: _GROUPS.index(kind) for code, kind in BENEFIT_GROUPS.items()})
    kind = group.fillna(_NONE).to_numpy(dtype=np.int64)
    yes = rows["received"].fillna(False).to_numpy(dtype=bool)
    no = (~rows["received"]).fillna(False).to_numpy(dtype=bool)
    counts = kind != _NONE
    on = counts & yes
    ended = counts & no
    none = rows["benefit"].eq("none").fillna(False).to_numpy(dtype=bool) & yes
    off = ended | none
    harmless = rows["benefit"].isin(["pip", "none"]).to_numpy(dtype=bool)
    doubt = ~(on | off | harmless | no)  # another benefit or an unknown code may be an out-of-work one
    any_on, any_off, any_doubt = (np.logical_or.reduceat(each, starts) for each in (on, off, doubt))
    low = np.minimum.reduceat(np.where(on, kind, _NONE), starts)
    high = np.maximum.reduceat(np.where(on, kind, -1), starts)
    several = any_on & (low != high)
    status = np.select([any_on, any_off & ~any_doubt], [2, 1], default=0)
    first_end = np.minimum.reduceat(np.where(ended, kind, _NONE), starts)
    last_end = np.maximum.reduceat(np.where(ended, kind, -1), starts)
    one_ended = (first_end == last_end) & ~np.logical_or.reduceat(none, starts)
    return _Days(status, np.where(several, _SEVERAL, low), first_end, one_ended)


def _before(person: NDArray[np.int64], days: _Days) -> NDArray[np.int64]:
    """Give the group of the last day before each on which the person was on a benefit; _NONE without one."""
    on = np.where(days.status == _ON, np.arange(len(person)), -1)
    last = np.append(-1, np.maximum.accumulate(on)[:-1])
    mine = (last >= 0) & (person[last] == person)
    return np.where(mine, days.group[last], _NONE)


def _of_another(person: NDArray[np.int64], days: _Days) -> _Days:
    """Make unknown the days on which only the end of another benefit was reported than the person was on."""
    before = _before(person, days)
    same = (before == days.ended) | (_FAMILY[before] == _FAMILY[days.ended])
    another = (days.status == _OFF) & days.one_ended & (before != _NONE) & ~same
    return days._replace(status=np.where(another, 0, days.status))


def _moved(person: NDArray[np.int64], day: NDArray[np.int64], days: _Days, migration_days: int) -> _Days:
    """Keep people on benefit between the end of an older benefit and a claim of Universal Credit soon after."""
    if not len(person):
        return days
    days = _of_another(person, days)
    before = _before(person, days)
    before = np.where(before == _NONE, days.ended, before)
    here = places(person.astype(np.int64), day)
    claims = here[(days.status == _ON) & (days.group == _UC)]
    soon = np.searchsorted(claims, here + migration_days, side="right") > np.searchsorted(claims, here, side="right")
    moving = (days.status == _OFF) & soon & (before != _NONE) & (before != _UC)
    return days._replace(status=np.where(moving, _ON, days.status), group=np.where(moving, before, days.group))


def _typed(reports: pd.DataFrame) -> pd.DataFrame:
    kinds = {"participant_id": "string", "date": "datetime64[ns]", "status": "string", "benefit_group": "string"}
    return reports[_COLUMNS].astype(kinds).reset_index(drop=True)
