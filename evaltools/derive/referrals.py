"""Referrals as the unit: how many times each person was referred, engaged, was discharged, and started work in between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.derive.day_numbers import NEVER, day_numbers
from evaltools.derive.engagement import engaged_on
from evaltools.derive.find_doubts import doubted_people, doubted_rows, no_doubts
from evaltools.derive.people import last_followed
from evaltools.derive.runs import places, run_starts

__all__ = ["REFERRAL_COUNTS", "count_referrals"]

Ints = NDArray[np.int64]
REFERRAL_COUNTS = (
    "referrals",
    "referrals_engaged",
    "referrals_started",
    "referrals_closed",
    "referrals_closed_started",
    "referrals_engaged_unknown",
    "referrals_started_unknown",
    "referrals_closed_unknown",
    "referrals_closed_started_unknown",
)
"""Columns that are counted of each person's referrals."""


def count_referrals(  # noqa: PLR0913 - all that a referral is judged by
    enrolments: pd.DataFrame,
    people: pd.DataFrame,
    jobs: pd.DataFrame,
    first_of: Sequence[str],
    cuts: Mapping[str, date],
    data_cut: date,
    doubts: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count each person's referrals.

    enrolments: the canonical table. people: participant_id, everybody in the enrolments once. jobs: person (position in
    people), start_date and, where some only may count, counts ('yes', 'no', 'unknown'). first_of: dates that engage. cuts,
    data_cut: last day of follow-up. doubts: of find_doubts. A job belongs to the last referral before it.

    Returns one row a person, in the order of people: referrals, referrals_engaged, referrals_started (with a job),
    referrals_closed (discharged within follow-up) and referrals_closed_started; and with '_unknown' those of which what
    would say so was set aside, or whose job may or may not count (of closed_started: of the closed ones).
    """
    codes = pd.Index(people["participant_id"]).get_indexer(pd.Index(enrolments["participant_id"])).astype(np.int64)
    order = np.lexsort((day_numbers(enrolments["referral_date"]), codes))
    codes = codes[order]
    doubts = no_doubts() if doubts is None else doubts
    names = ["enrolment_id", "site_id", "referral_date", "discharge_date", *first_of]
    held = [name for name in dict.fromkeys(names) if name in enrolments]
    ordered = enrolments[held].iloc[order].reset_index(drop=True)
    ordered = ordered.assign(cut=last_followed(ordered["site_id"], cuts, data_cut))
    starts = run_starts(codes)
    referred, cut = day_numbers(ordered["referral_date"]), day_numbers(ordered["cut"])
    next_person = np.append(codes[1:] != codes[:-1], True)[: len(codes)]
    until = np.where(next_person, NEVER, np.append(referred[1:], NEVER)[: len(codes)])
    begun, maybe = (_began(jobs, codes, referred, until, said) for said in ("yes", "unknown"))
    undated = people["participant_id"].isin(doubted_people(doubts, "jobs")).to_numpy(dtype=bool)
    maybe = ~begun & (maybe | undated[codes])
    engaged = engaged_on(ordered, first_of).notna().to_numpy()
    closed = day_numbers(ordered["discharge_date"]) <= cut
    every = np.ones(len(codes), dtype=bool)
    counts: list[NDArray[np.bool_]] = [every, engaged, begun, closed, closed & begun]
    counts += [~engaged & _doubted(ordered, doubts, tuple(first_of)), maybe]
    counts += [~closed & _doubted(ordered, doubts, ("discharge_date",)), closed & maybe]
    return pd.DataFrame(
        {
            name: np.add.reduceat(held.astype(np.int64), starts) if len(starts) else np.empty(0, dtype=np.int64)
            for name, held in zip(REFERRAL_COUNTS, counts, strict=True)
        }
    )


def _began(jobs: pd.DataFrame, codes: Ints, referred: Ints, until: Ints, said: str) -> NDArray[np.bool_]:
    """Say of each referral whether a job of which so much is said began before the next; shape (n,)."""
    mine = (
        jobs[(jobs["counts"] == said).to_numpy(dtype=bool)] if "counts" in jobs else jobs.iloc[: len(jobs) * (said == "yes")]
    )
    job = np.sort(places(mine["person"].to_numpy(dtype=np.int64), day_numbers(mine["start_date"])))
    return np.asarray(np.searchsorted(job, places(codes, until)) > np.searchsorted(job, places(codes, referred)))


def _doubted(ordered: pd.DataFrame, doubts: pd.DataFrame, fields: tuple[str, ...]) -> NDArray[np.bool_]:
    if "enrolment_id" not in ordered:
        return np.zeros(len(ordered), dtype=bool)
    return ordered["enrolment_id"].isin(doubted_rows(doubts, "enrolments", fields)).to_numpy(dtype=bool)
