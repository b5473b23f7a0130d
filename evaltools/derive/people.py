"""One row a person: several times on the programme folded into one, with the last day on which each site was followed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

__all__ = ["fold_enrolments"]

_OUT_OF_WORK = {"employed": "no", "unknown": "unknown"}


def fold_enrolments(enrolments: pd.DataFrame, cuts: Mapping[str, date], data_cut: date) -> pd.DataFrame:
    """Fold each person's enrolments into one row.

    enrolments: the canonical table. cuts: last day of follow-up by site; data_cut: for sites that are not named.

    Returns participant_id, site_id and employment_at_referral of the first enrolment, referral_date (first), first day of
    each engagement date, discharge_date and discharge_reason of the last enrolment (missing while any is open),
    last_contact_date (latest), out_of_work ('yes', 'no', 'unknown') and cut.
    """
    ordered = enrolments.sort_values(["participant_id", "referral_date", "enrolment_id"], kind="stable")
    grouped = ordered.groupby("participant_id", sort=True)
    dates = [name for name in ordered.columns if name.endswith("_date") and name != "discharge_date"]
    earliest = grouped[dates].min()
    last = grouped.tail(1).set_index("participant_id")
    first = grouped.head(1).set_index("participant_id")
    still_open = grouped["discharge_date"].agg(lambda held: held.isna().any())
    people = earliest.drop(columns=["last_contact_date"])
    people["site_id"] = first["site_id"]
    people["employment_at_referral"] = first["employment_at_referral"]
    people["last_contact_date"] = grouped["last_contact_date"].max()
    people["discharge_date"] = last["discharge_date"].mask(still_open)
    people["discharge_reason"] = last["discharge_reason"].mask(still_open)
    status = people["employment_at_referral"].fillna("unknown")
    people["out_of_work"] = status.map(_OUT_OF_WORK).fillna("yes").astype("string")
    follow_up = pd.Series({site: pd.Timestamp(day) for site, day in cuts.items()}, dtype="datetime64[ns]")
    people["cut"] = people["site_id"].map(follow_up).fillna(pd.Timestamp(data_cut))
    return people.reset_index()
