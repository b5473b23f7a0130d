"""First contact: days from referral to the first direct contact, and from engagement to the first employer contact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from evaltools.derive.entry import entry_of
from evaltools.derive.people import last_followed

__all__ = ["CONTACT_BANDS", "DIRECT_CONTACTS", "derive_first_contacts"]

CONTACT_BANDS = {"7 days or fewer": 7, "8 to 30 days": 30, "over 30 days": np.inf}
"""Bands of the NHS England dashboard: label and last day."""
DIRECT_CONTACTS = ("face_to_face", "telephone", "video")
"""Kinds of contact that are with the person."""
_COLUMNS = ["definition", "participant_id", "site_id", "contact_days", "contact_band", "employer_days", "employer_in_time"]


def derive_first_contacts(
    tables: Mapping[str, pd.DataFrame],
    people: pd.DataFrame,
    cuts: Mapping[str, date],
    data_cut: date,
    employer_within: int = 30,
) -> pd.DataFrame:
    """Work out each person's first contacts under every definition profile in `people`.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        Canonical `enrolments` (first_contact_date of the first enrolment) and, where the study has it, `contacts`.
    people : pandas.DataFrame
        The table `outcomes`: definition, participant_id, site_id, referral_date, engaged_date.
    cuts, data_cut
        Last day of follow-up by site; of other sites.
    employer_within : int
        Days from engagement within which an employer should have been met.

    Returns
    -------
    pandas.DataFrame
        contact_days: from referral to the first direct contact (day 0 is the day of referral). contact_band: a label of
        CONTACT_BANDS; 'none recorded' without a contact up to the end of follow-up; 'unknown' where the date recorded lies
        before the referral, so that no day of a first contact can be told.

        employer_days: from engagement to the first employer contact on that day or later. employer_in_time: 'yes', 'no',
        'not yet' (follow-up ends within the days and there was none), or 'unknown' at a site that records no employer
        contact of anybody. Both missing for people not engaged.

        No rows where no first contact of any kind is held.
    """
    contacts = tables.get("contacts", pd.DataFrame(columns=["participant_id", "site_id", "contact_date", "contact_type"]))
    recorded = entry_of(tables["enrolments"], ["first_contact_date"])["first_contact_date"]
    if contacts.empty and recorded.isna().all():
        return pd.DataFrame(columns=_COLUMNS)
    folded = people[["definition", "participant_id", "site_id", "referral_date", "engaged_date"]].reset_index(drop=True)
    folded["cut"] = last_followed(folded["site_id"], cuts, data_cut)
    folded["recorded"] = pd.to_datetime(folded["participant_id"].map(recorded))
    direct = contacts[contacts["contact_type"].isin(DIRECT_CONTACTS)]
    employer = contacts[contacts["contact_type"] == "employer"]
    seen = _first_from(direct, folded, "referral_date")
    on_time = folded["recorded"].where(
        (folded["recorded"] >= folded["referral_date"]) & (folded["recorded"] <= folded["cut"])
    )
    first = pd.concat([seen, on_time], axis=1).min(axis=1)
    folded["contact_days"] = (pd.to_datetime(first) - folded["referral_date"]).dt.days.astype("Float64")
    early = folded["recorded"] < folded["referral_date"]
    folded["contact_band"] = _bands(folded["contact_days"]).mask(early & seen.isna(), "unknown")
    folded["contact_days"] = folded["contact_days"].mask(folded["contact_band"] == "unknown")
    met = _first_from(employer, folded, "engaged_date")
    folded["employer_days"] = (met - folded["engaged_date"]).dt.days.astype("Float64")
    records = folded["site_id"].isin(employer["site_id"].unique())
    followed = (folded["cut"] - folded["engaged_date"]).dt.days >= employer_within
    state = np.select(
        [~records, folded["employer_days"].le(employer_within).fillna(False), ~followed], ["unknown", "yes", "not yet"], "no"
    )
    folded["employer_in_time"] = pd.Series(state, dtype="string").where(folded["engaged_date"].notna())
    return folded[_COLUMNS]


def _bands(days: pd.Series) -> pd.Series:
    edges = np.array(list(CONTACT_BANDS.values()))
    labels = np.array([*CONTACT_BANDS, "none recorded"], dtype=object)
    place = np.searchsorted(edges, days.to_numpy(dtype=float, na_value=np.nan))  # a missing day sorts after every edge
    return pd.Series(labels[place], index=days.index, dtype="string")


def _first_from(contacts: pd.DataFrame, people: pd.DataFrame, origin: str) -> pd.Series:
    """Give the day of each person's first contact from an origin to the end of follow-up."""
    asked = people[["participant_id", origin, "cut"]].reset_index(names="person")
    held = asked.merge(contacts[["participant_id", "contact_date"]], on="participant_id")
    timely = held[(held["contact_date"] >= held[origin]) & (held["contact_date"] <= held["cut"])]
    return pd.to_datetime(timely.groupby("person")["contact_date"].min().reindex(people.index))
