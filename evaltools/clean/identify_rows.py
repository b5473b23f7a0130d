"""Give enrolments, jobs and evidence an identifier where the provider has none."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from evaltools.clean.pseudonymise import Hasher

__all__ = ["DERIVED", "identify_rows"]

DERIVED = MappingProxyType(
    {
        "enrolment_id": ("participant_id", "referral_date"),
        "job_id": ("participant_id", "start_date", "job_number"),
        "evidence_id": ("participant_id", "milestone", "evidence_date", "evidence_type"),
    }
)
"""Identifiers that are made from other entries of a row, where the provider has none."""


def identify_rows(tables: Mapping[str, pd.DataFrame], pseudonym: Hasher) -> dict[str, pd.DataFrame]:
    """Give enrolments, jobs and evidence their identifier: a keyed hash of the person and what tells the rows apart."""
    named = dict(tables)
    for table, field in (("enrolments", "enrolment_id"), ("jobs", "job_id"), ("evidence", "evidence_id")):
        frame = tables[table]
        named[table] = frame.assign(**{field: frame[field].fillna(_derived(frame, field, pseudonym))})
    return named


def _derived(frame: pd.DataFrame, field: str, pseudonym: Hasher) -> pd.Series:
    keys = pd.Series("", index=frame.index, dtype=object)
    for name in DERIVED[field]:
        column = frame[name]
        text = column.dt.strftime("%Y-%m-%d") if column.dtype.kind == "M" else column.astype("string")
        keys = keys + "\x1f" + text.fillna("").astype(object)
    codes, values = pd.factorize(keys.to_numpy(dtype=object))
    hashed = pd.array([pseudonym(field, "", value) for value in values], dtype="string")
    return pd.Series(hashed.take(codes) if len(codes) else pd.array([], dtype="string"), index=frame.index)
