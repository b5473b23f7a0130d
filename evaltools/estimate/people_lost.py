"""Time in work when contact was lost: from verified contact only, weighted for loss, and how loss differs between sites."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from evaltools.domain.alternative import also
from evaltools.domain.definition import Definition
from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.at_times import at_times
from evaltools.estimate.censoring_weights import censoring_weights
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.logrank import logrank

__all__ = ["lost_rows"]

_HELD: dict[str, Any] = {
    "statistic": "survival",
    "clock": "job start",
    "population": "job starters",
    "denominator_name": "job starters",
    "unit": "person",
}


def lost_rows(people: pd.DataFrame, definition: Definition, level: float) -> Iterator[dict[str, Any]]:
    """Give the share still in work at each milestone under two further readings, and the test of loss between sites.

    people: from derive/outcomes.py, one definition. Yields rows of `estimates`.

    'also: verified' follows a job that is not known to have ended no further than the last verified evidence of it (nothing
    where a study keeps no evidence), for the programme and each site. 'also: weighted for loss' lets those still in contact
    stand for those of their site who were lost (inverse probability of censoring weights), for the programme. The log-rank
    test compares how soon contact was lost between sites; people still in contact when follow-up ended were not lost.
    """
    starters = people[people["in_scope"] & (people["started"] == "yes") & people["spell_days"].notna()].copy()
    if starters.empty:
        return
    ended = starters["spell_ended"].fillna(False).astype(bool)
    starters["stopped"] = ended.astype(int)
    starters["lost"] = ~ended & (starters["spell_open_because"] == "contact lost").fillna(False).astype(bool)
    days = [7 * weeks for weeks in definition.sustained_weeks]
    if starters["verified_days"].notna().any() and days:
        seen = starters.assign(seen=starters["verified_days"].where(~ended, starters["spell_days"]))
        times = EventTimes.from_frame(seen, "seen", "stopped", {1: "lost"})
        for group_by, by in (("programme", None), ("site", "site_id")):
            rows = _read(times, times, by, days, level, group_by, "verified", _VERIFIED)
            yield from (row | {"note": row["note"] or _LOW} for row in rows)
    if days:
        yield from _weighted(EventTimes.from_frame(starters, "spell_days", "stopped", {1: "lost"}), days, level)
    if starters["lost"].any() and starters["site_id"].nunique() > 1:
        yield from _between_sites(starters)


_LOW = "a low reading: ends are counted whenever recorded, jobs still held only as far as they are verified"
_VERIFIED = "Kaplan-Meier, jobs not known to have ended censored at the last verified evidence"


def _weighted(times: EventTimes, days: list[int], level: float) -> Iterator[dict[str, Any]]:
    formula = "C(site_id)" if times.data["site_id"].nunique() > 1 else None
    try:
        weights = censoring_weights(times, formula, lost="lost")
        spread = weights.summary
        note = f"weights from {spread.smallest:.2f} to {spread.largest:.2f}, mean {spread.mean:.2f}"
        rows = _read(weights.times, times, None, days, level, "programme", "weighted for loss", weights.method)
        yield from (row | {"note": row.get("note") or note} for row in rows)
    except EstimateError as fault:
        why = fault.problems[0].what
        yield from (
            _HELD
            | {
                "outcome": "job_held_weighted",
                "group_by": "programme",
                "group": "all",
                "term": also("weighted for loss"),
                "horizon": day,
                "note": why,
            }
            for day in days
        )


def _read(  # noqa: PLR0913 - one reading of one curve
    rows: EventTimes,
    people: EventTimes,
    by: str | None,
    days: list[int],
    level: float,
    group_by: str,
    reading: str,
    method: str,
) -> list[dict[str, Any]]:
    # somebody who stops on day 7k has lasted k weeks: read the curve just before that day
    read = at_times(kaplan_meier(rows, by=by, level=level), days, before=True)
    groups = people.groups(by).to_numpy()
    found = []
    for held in read.to_dict("records"):
        mine = groups == held["group"]
        stopped = mine & (people.duration < held["day"]) & (people.cause == 1)
        late = bool(np.isnan(held["value"]))
        found.append(
            _HELD
            | {name: held[name] for name in ("group", "value", "se", "lower", "upper")}
            | {
                "outcome": f"job_held_{reading.split()[0]}",  # of its own: what hides it must not hide the default
                "group_by": group_by,
                "term": also(reading),
                "horizon": held["day"],
                "denominator": int(mine.sum()),
                "n": int(mine.sum()),
                "events": int(stopped.sum()),
                "missing": 0,
                "level": level,
                "method": method,
                "ci_method": "log(-log)",
                "note": "follow-up ends before this day" if late else None,
            }
        )
    return found


def _between_sites(starters: pd.DataFrame) -> Iterator[dict[str, Any]]:
    gone = EventTimes.from_frame(starters.assign(gone=starters["lost"].astype(int)), "spell_days", "gone", {1: "lost"})
    test = logrank(gone, "site_id")
    for statistic, value in (("chi2", test.statistic), ("df", test.df), ("p", test.p)):
        yield {
            "outcome": "lost_contact",
            "group_by": "site",
            "group": "all",
            "term": also("log-rank"),
            "statistic": statistic,
            "value": value,
            "population": "job starters",
            "denominator_name": "job starters",
            "clock": "job start",
            "n": len(starters),
            "events": int(starters["lost"].sum()),
            "method": test.method,
            "note": test.reason or test.note or pd.NA,
        }
