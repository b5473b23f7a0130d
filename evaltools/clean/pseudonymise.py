"""Replace identifiers by keyed hashes: the same person gives the same pseudonym, and nobody without the key gets back."""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Callable
from types import MappingProxyType

from evaltools.clean.reading import Reading
from evaltools.clean.sheet import Cell, cell_text

__all__ = ["FIRST_LETTERS", "Hasher", "hasher", "read_identifier"]

FIRST_LETTERS = MappingProxyType(
    {"participant_id": "P", "specialist_id": "S", "enrolment_id": "E", "job_id": "J", "evidence_id": "V"}
)
_HEX_DIGITS = 16

Hasher = Callable[[str, str, str], str]
"""Gives the pseudonym for a field of FIRST_LETTERS, a scope (whose identifiers they are) and an identifier."""


def hasher(key: bytes) -> Hasher:
    """Make the function that gives pseudonyms under a key (HMAC-SHA-256, the first 16 hexadecimal digits).

    >>> hasher(b"key")("participant_id", "camden", "01") == hasher(b"key")("participant_id", "camden", "1")
    False
    """

    def pseudonym(field: str, scope: str, identifier: str) -> str:
        message = "\x1f".join((field, scope, identifier)).encode()
        return FIRST_LETTERS[field] + hmac.digest(key, message, "sha256").hex()[:_HEX_DIGITS]

    return pseudonym


def read_identifier(cell: Cell, field: str, scope: str, pseudonym: Hasher) -> Reading:
    """Replace one identifier. Leading zeros and capitals matter; in the names of specialists, capitals and spaces do not."""
    text = unicodedata.normalize("NFC", cell_text(cell))
    if not text:
        return Reading(None)
    if field == "specialist_id":
        text = re.sub(r"\s+", " ", text).casefold()
    return Reading(pseudonym(field, scope, text), "pseudonym")
