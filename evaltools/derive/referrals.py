"""Referrals as the unit: how many times each person was referred, engaged, was discharged, and started work in between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from evaltools.derive.day_numbers import NEVER, day_numbers
from evaltools.derive.engagement import engaged_on
from evaltools.derive.people import last_followed
from evaltools.derive.runs import places, run_starts

__all__ = ["count_referrals"]


def count_referrals(
    enrolments: pd.DataFrame,
    people: pd.DataFrame,
    jobs: pd.DataFrame,
    first_of: Sequence[str],
    cuts: Mapping[str, date],
    data_cut: date,
) -> pd.DataFrame:
    """Count each person's referrals.

    enrolments: the canonical table. people: participant_id, everybody in the enrolments once. jobs: those that count:
    person (position in people), start_date. first_of: dates that engage. cuts, data_cut: last day of follow-up. A job
    belongs to the last referral before it.

    Returns one row a person, in the order of people: referrals, referrals_engaged, referrals_started (with a job),
    referrals_closed (discharged within follow-up) and referrals_closed_started.
    """
    codes = pd.Index(people["participant_id"]).get_indexer(pd.Index(enrolments["participant_id"])).astype(np.int64)
    order = np.lexsort((day_numbers(enrolments["referral_date"]), codes))
    codes = codes[order]
    held = [name for name in dict.fromkeys(["site_id", "referral_date", "discharge_date", *first_of]) if name in enrolments]
    ordered = enrolments[held].iloc[order].reset_index(drop=True)
    ordered = ordered.assign(cut=last_followed(ordered["site_id"], cuts, data_cut))
    starts = run_starts(codes)
    referred, cut = day_numbers(ordered["referral_date"]), day_numbers(ordered["cut"])
    next_person = np.append(codes[1:] != codes[:-1], True)[: len(codes)]
    until = np.where(next_person, NEVER, np.append(referred[1:], NEVER)[: len(codes)])
    job = places(jobs["person"].to_numpy(dtype=np.int64), day_numbers(jobs["start_date"]))
    job = np.sort(job)
    began = np.searchsorted(job, places(codes, until)) > np.searchsorted(job, places(codes, referred))
    engaged = engaged_on(ordered, first_of).notna().to_numpy()
    closed = day_numbers(ordered["discharge_date"]) <= cut
    counts = {
        "referrals": np.ones(len(codes), dtype=np.int64),
        "referrals_engaged": engaged,
        "referrals_started": began,
        "referrals_closed": closed,
        "referrals_closed_started": closed & began,
    }
    return pd.DataFrame(
        {
            name: np.add.reduceat(held.astype(np.int64), starts) if len(starts) else np.empty(0, dtype=np.int64)
            for name, held in counts.items()
        }
    )
