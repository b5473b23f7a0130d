"""Last seen: up to which day each person's situation is known, where no last contact was recorded."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from evaltools.derive.day_numbers import LONG_AGO, day_numbers, to_dates
from evaltools.derive.find_doubts import doubted_people, no_doubts

__all__ = ["SIGHTINGS", "last_seen"]

SIGHTINGS = {
    "jobs": ("start_date", "end_date"),
    "evidence": ("evidence_date",),
    "contacts": ("contact_date",),
    "benefits": ("observed_date",),
    "measures": ("measured_date",),
}
"""Dates of other tables on which a person was seen or heard of."""


def last_seen(people: pd.DataFrame, tables: Mapping[str, pd.DataFrame], open_means_seen: Collection[str] = ()) -> pd.Series:
    """Give the last day on which each person's situation is known.

    people: from fold_enrolments: participant_id, site_id, cut, seen_until, contact_recorded, discharge_date. tables:
    canonical tables, and `doubts`. open_means_seen: sites that record a last contact only when it is lost: an open referral
    there says that the person is in contact, unless a last contact or a discharge was set aside.

    Where a last contact, or a discharge that was agreed, is recorded, seen_until stands. Otherwise nothing says that the
    person was seen until the end of the data: what counts is the last dated entry about them, never after the cut.
    """
    ids = pd.Index(people["participant_id"])
    cut = day_numbers(people["cut"])
    seen = day_numbers(people["seen_until"], LONG_AGO)
    for name, dates in SIGHTINGS.items():
        rows = tables.get(name)
        if rows is None or rows.empty or people.empty:
            continue
        person = ids.get_indexer(pd.Index(rows["participant_id"]))
        for each in dates:
            if each in rows:
                day = day_numbers(rows[each], LONG_AGO)
                within = (person >= 0) & (day <= cut[person])
                np.maximum.at(seen, person[within], day[within])
    later = pd.Series(to_dates(seen), index=people.index)
    seen_until = people["seen_until"].where(people["contact_recorded"], later)
    if not open_means_seen:
        return seen_until
    aside = doubted_people(tables.get("doubts", no_doubts()), "enrolments", ("last_contact_date", "discharge_date"))
    still = people["site_id"].isin(list(open_means_seen)) & ~people["contact_recorded"] & people["discharge_date"].isna()
    return seen_until.mask(still & ~people["participant_id"].isin(aside), people["cut"])
