"""Give enrolments, jobs and evidence an identifier where the provider has none."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from evaltools.clean.key_codes import pseudonym_bits
from evaltools.clean.pseudonymise import FIRST_LETTERS, Hasher

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
            values = np.array(frame[field].array, dtype=object)
            parts = {name: frame[name] if lacking.all() else frame.loc[lacking, name] for name in DERIVED[field]}
            values[lacking] = _derived(parts, field, pseudonym)
            frame[field] = pd.array(values, dtype="string")
        named[table] = frame
    return named


def _derived(parts: Mapping[str, pd.Series], field: str, pseudonym: Hasher) -> np.ndarray:
    """Hash rows: the keyed hashes of their parts, each under the name of its part, joined by 'exclusive or'.

    So each distinct part is hashed once (Zobrist, 1970, A new hashing method with application for game playing). The
    person's pseudonym is such a hash already, and stands for itself.
    """
    person, *others = DERIVED[field]
    bits = pseudonym_bits(parts[person])
    bits = _part_bits(parts[person], field, pseudonym) if bits is None else bits
    for name in others:
        bits = bits ^ _part_bits(parts[name], field, pseudonym)
    digits = bits.astype(">u8").tobytes().hex()
    letter = FIRST_LETTERS[field]
    return np.array([letter + digits[place : place + 16] for place in range(0, len(digits), 16)], dtype=object)


def _part_bits(column: pd.Series, field: str, pseudonym: Hasher) -> np.ndarray:
    """Hash entries, days in ISO form, '' for a missing one."""
    codes, values = pd.factorize(column)
    texts = [f"{value:%Y-%m-%d}" if column.dtype.kind == "M" else str(value) for value in values]
    bits = pseudonym_bits(pd.Series(pseudonym.many(field, str(column.name), [*texts, ""]), dtype=object))
    assert bits is not None
    hashed: np.ndarray = bits[codes]
    return hashed
