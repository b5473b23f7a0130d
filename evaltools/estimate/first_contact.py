"""First contact: how many people were seen within 7 and 30 days, and how many met an employer within 30."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from evaltools.domain.results import Results
from evaltools.estimate.finished_rows import bounded, finished_rows
from evaltools.estimate.people_groups import people_groups
from evaltools.estimate.share_rows import share_row

__all__ = ["estimate_first_contacts"]

Row = dict[str, Any]
_BANDS = ("7 days or fewer", "8 to 30 days", "over 30 days")
_QUESTIONS = {
    "first_contact": "How soon after referral were people first seen?",
    "employer_contact": "How many had a contact with an employer within 30 days of engagement?",
}


def estimate_first_contacts(frame: pd.DataFrame, level: float, data_cut: date, bands: Sequence[str] = _BANDS) -> Results:
    """Estimate first contacts under every definition profile, for the programme and each site.

    frame: from derive/first_contact.py. bands: its labels of contact times. level: of the intervals.

    Returns estimates: 'first_contact' has a share for each band (term) of the people who were seen; people without a
    recorded contact, or with an impossible date, are missing. 'employer_contact' has the share of people engaged who were
    followed for the days asked, at sites that record such contacts, with bounds over all engaged and followed.
    Nothing where the frame is empty.
    """
    rows: list[Row] = []
    for keys, people in people_groups(frame) if len(frame) else ():
        seen = people["contact_band"].isin(list(bands))
        unseen = int((~seen).sum())
        for band in bands:
            of = share_row(
                "first_contact",
                int((people["contact_band"] == band).sum()),
                int(seen.sum()),
                unseen,
                "people referred who have been seen",
                "referral",
            )
            rows.append({**of, **keys, "term": band})
        rows += [row | keys for row in _employer(people)]
    return Results(estimates=finished_rows(rows, _QUESTIONS, level, data_cut))


def _employer(people: pd.DataFrame) -> list[Row]:
    asked = people[people["employer_in_time"].notna() & (people["employer_in_time"] != "not yet")]
    yes, unknown = (int((asked["employer_in_time"] == state).sum()) for state in ("yes", "unknown"))
    name = "people engaged and followed for 30 days"
    known = share_row(
        "employer_contact",
        yes,
        len(asked) - unknown,
        unknown,
        f"{name} at sites that record employer contacts",
        "engagement",
    )
    if not known["denominator"]:
        return []
    return [row | {"horizon": 30} for row in (known, *bounded(known, name))]
