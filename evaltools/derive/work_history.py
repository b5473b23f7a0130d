"""Work history: how long people had been out of work when referred, with those who never worked, and the Support Group."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from evaltools.derive.entry import entry_of

__all__ = ["SUPPORT_GROUP", "WORK_HISTORIES", "derive_work_history", "time_out_of_work"]

WORK_HISTORIES = ("in work", "under 1 year", "1 to 2 years", "3 years or more", "never worked", "unknown")
"""Bands of the time since the last job; 1 to 2 years are 12 to 35 whole months."""
SUPPORT_GROUP = {"esa_support": "yes", "uc_lcwra": "yes", "unknown": "unknown", "other": "unknown", "esa": "unknown"}
"""Who is in the Support Group or its Universal Credit successor; ESA without its group does not say. Other codes: no."""
_FIELDS = ["employment_at_referral", "months_out_of_work", "never_worked", "benefit_at_entry"]


def derive_work_history(tables: Mapping[str, pd.DataFrame], people: pd.DataFrame) -> pd.DataFrame:
    """Give the strata of each person at entry, under every definition profile in `people`.

    tables: canonical `enrolments`. people: the table `outcomes`: definition, participant_id, site_id, engaged_date,
    in_scope, started.

    Returns these with time_out_of_work (one of WORK_HISTORIES) and support_group ('yes', 'no', 'unknown'; Universal Credit
    without its group is 'unknown', because it may be the successor of the Support Group). No rows where no enrolment says
    anything of the kind.
    """
    entry = entry_of(tables["enrolments"], _FIELDS)
    strata = pd.DataFrame(
        {"time_out_of_work": time_out_of_work(entry), "support_group": _support_group(entry["benefit_at_entry"])}
    )
    columns = ["definition", "participant_id", "site_id", "engaged_date", "in_scope", "started"]
    if entry[["months_out_of_work", "never_worked", "benefit_at_entry"]].isna().all(axis=None):
        return pd.DataFrame(columns=[*columns, *strata.columns])
    joined = people[columns].join(strata, on="participant_id").reset_index(drop=True)
    joined[list(strata.columns)] = joined[list(strata.columns)].fillna("unknown")
    return joined


def time_out_of_work(entry: pd.DataFrame) -> pd.Series:
    """Band the time since each person's last job.

    entry: employment_at_referral, months_out_of_work, never_worked. What contradicts itself is unknown: months since a last
    job of somebody who never worked, or somebody in work who never worked or has been out of work for a month or more.

    >>> who = pd.DataFrame({"employment_at_referral": ["sick", "employed"], "months_out_of_work": [36, None]})
    >>> time_out_of_work(who.assign(never_worked=pd.array([None, None], dtype="boolean"))).tolist()
    ['3 years or more', 'in work']
    """
    months = entry["months_out_of_work"].astype("Float64")
    never = entry["never_worked"].astype("boolean").fillna(False).astype(bool)
    in_work = entry["employment_at_referral"].eq("employed").fillna(False).astype(bool)
    since = months.notna()
    away = (months >= 1).fillna(False).astype(bool)
    banded = np.select(
        [
            (never & since) | (in_work & (never | away)),
            never,
            in_work,
            ~since,
            (months < 12).fillna(False).astype(bool),
            (months < 36).fillna(False).astype(bool),
        ],
        ["unknown", "never worked", "in work", "unknown", "under 1 year", "1 to 2 years"],
        default="3 years or more",
    )
    return pd.Series(banded, index=entry.index, dtype="string")


def _support_group(benefit: pd.Series) -> pd.Series:
    said = benefit.map({**SUPPORT_GROUP, "uc": "unknown"})
    return said.where(said.notna() | benefit.isna(), "no").fillna("unknown").astype("string")
