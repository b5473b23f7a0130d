"""Third appointment: counted from the contacts of each referral where nobody recorded its date."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.derive.day_numbers import NEVER, day_numbers, to_dates
from evaltools.derive.runs import SPAN, places, run_starts

__all__ = ["APPOINTMENTS", "third_appointments"]

APPOINTMENTS = ("face_to_face", "telephone", "video")
"""Kinds of contact that are an appointment; a contact with an employer or by letter is none."""


def third_appointments(enrolments: pd.DataFrame, contacts: pd.DataFrame | None) -> pd.DataFrame:
    """Fill in third_appointment_date from the contacts; a date that was recorded stands.

    enrolments, contacts: canonical tables (contacts: participant_id, contact_date, contact_type). An appointment belongs to
    the last referral on or before it; two on one day are one. Returns the enrolments in their order.
    """
    if contacts is None or contacts.empty or "third_appointment_date" not in enrolments or enrolments.empty:
        return enrolments
    met = contacts[contacts["contact_type"].isin(APPOINTMENTS).to_numpy() & contacts["contact_date"].notna().to_numpy()]
    names, ids = pd.factorize(enrolments["participant_id"])
    person = ids.get_indexer(pd.Index(met["participant_id"]))
    day = np.unique(places(person.astype(np.int64), day_numbers(met["contact_date"]))[person >= 0])
    referral = places(names.astype(np.int64), day_numbers(enrolments["referral_date"]))
    order = np.argsort(referral, kind="stable")
    at = np.searchsorted(referral[order], day, side="right") - 1
    mine = (at >= 0) & (names[order][at] == np.rint(day / SPAN))
    day, at = day[mine], order[at[mine]]
    starts = run_starts(at)
    third = np.full(len(enrolments), NEVER, dtype=np.int64)
    has_three = np.diff(np.append(starts, len(at))) >= 3
    which = starts[has_three]
    third[at[which]] = day[which + 2] - SPAN * names[at[which]]
    counted = pd.Series(to_dates(third), index=enrolments.index)
    recorded = enrolments["third_appointment_date"]
    return enrolments.assign(third_appointment_date=recorded.fillna(counted))
