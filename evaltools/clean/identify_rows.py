"""Give enrolments, jobs and evidence an identifier where the provider has none."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from evaltools.clean.coded_texts import coded_texts
from evaltools.clean.key_codes import pseudonym_bits
from evaltools.clean.pseudonymise import Hasher, pseudonym_texts
from evaltools.clean.typed_values import typed_array

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
        frame = tables[table].copy(deep=False)
        lacking = frame[field].isna().to_numpy()
        if lacking.any():
            made = _derived(frame.loc[lacking, list(DERIVED[field])] if not lacking.all() else frame, field, pseudonym)
            frame[field] = made if lacking.all() else _filled(frame[field], lacking, made)
        named[table] = frame
    return named


def _filled(column: pd.Series, lacking: np.ndarray, made: pd.Categorical) -> ExtensionArray:
    values = np.array(column.array, dtype=object)
    values[lacking] = np.asarray(made, dtype=object)
    return typed_array(values, "string")


def _derived(parts: pd.DataFrame, field: str, pseudonym: Hasher) -> pd.Categorical:
    """Hash rows: the keyed hashes of their parts, each under the name of its part, joined by 'exclusive or'.

    So each distinct part is hashed once (Zobrist, 1970, A new hashing method with application for game playing). The
    person's pseudonym is such a hash already, and stands for itself.
    """
    person, *others = DERIVED[field]
    bits = pseudonym_bits(parts[person])
    bits = _part_bits(parts[person], field, pseudonym) if bits is None else bits
    for name in others:
        bits = bits ^ _part_bits(parts[name], field, pseudonym)
    numbers, distinct = pd.factorize(bits)
    return coded_texts(numbers, pseudonym_texts(field, distinct))


def _part_bits(column: pd.Series, field: str, pseudonym: Hasher) -> np.ndarray:
    """Hash entries, days in ISO form, '' for a missing one."""
    codes, values = pd.factorize(column)
    texts = [f"{value:%Y-%m-%d}" if column.dtype.kind == "M" else str(value) for value in values]
    hashed: np.ndarray = pseudonym.bits(field, str(column.name), [*texts, ""])[codes]
    return hashed
