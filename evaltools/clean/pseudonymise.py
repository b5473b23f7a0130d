"""Replace identifiers by keyed hashes: the same person gives the same pseudonym, and nobody without the key gets back."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from types import MappingProxyType

import numpy as np
import pyarrow as pa

from evaltools.clean.sheet import Cell, cell_text

__all__ = ["FIRST_LETTERS", "Hasher", "hasher", "plain_identifiers", "pseudonym_texts"]

FIRST_LETTERS = MappingProxyType(
    {"participant_id": "P", "specialist_id": "S", "enrolment_id": "E", "job_id": "J", "evidence_id": "V"}
)
_HEX_DIGITS = 16
_BLOCK = 64  # bytes that SHA-256 takes at once, to which HMAC fills the key up
_INNER, _OUTER = bytes(byte ^ 0x36 for byte in range(256)), bytes(byte ^ 0x5C for byte in range(256))


class Hasher:
    """Gives pseudonyms under a key: HMAC-SHA-256 (RFC 2104), the first 16 hexadecimal digits after the field's letter.

    A pseudonym is of a field of FIRST_LETTERS, a scope (whose identifiers they are) and an identifier.
    """

    def __init__(self, key: bytes) -> None:
        whole = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
        self._inner = hashlib.sha256(whole.translate(_INNER))
        self._outer = hashlib.sha256(whole.translate(_OUTER))

    def __call__(self, field: str, scope: str, identifier: str) -> str:
        """Give one pseudonym."""
        return self.many(field, scope, [identifier])[0]

    def many(self, field: str, scope: str, identifiers: Sequence[str]) -> list[str]:
        """Give the pseudonym of each identifier."""
        texts: list[str] = pseudonym_texts(field, self.bits(field, scope, identifiers)).tolist()
        return texts

    def bits(self, field: str, scope: str, identifiers: Sequence[str]) -> np.ndarray:
        """Give the pseudonyms' 64 bits (uint64); the part of the hash that the identifiers share is made once."""
        begun = self._inner.copy()
        begun.update("\x1f".join((field, scope, "")).encode())
        inner, outer = begun.copy, self._outer.copy
        digests = []
        for identifier in identifiers:
            inside, outside = inner(), outer()
            inside.update(identifier.encode())
            outside.update(inside.digest())
            digests.append(outside.digest())
        first: np.ndarray = np.frombuffer(b"".join(digests), dtype=">u8")[:: outer().digest_size // 8]
        return first.astype(np.uint64)


def pseudonym_texts(field: str, bits: np.ndarray) -> np.ndarray:
    """Write pseudonyms of a field (objects): its letter, then 16 hexadecimal digits. bits: uint64.

    >>> pseudonym_texts("participant_id", np.array([255], dtype=np.uint64)).tolist()
    ['P00000000000000ff']
    """
    letters = np.full((len(bits), 1 + _HEX_DIGITS), ord(FIRST_LETTERS[field]), dtype=np.uint8)
    letters[:, 1:] = np.frombuffer(bits.astype(">u8").tobytes().hex().encode(), dtype=np.uint8).reshape(
        len(bits), _HEX_DIGITS
    )
    ends = np.arange(len(bits) + 1, dtype=np.int64) * letters.shape[1]
    held = pa.LargeStringArray.from_buffers(len(bits), pa.py_buffer(ends), pa.py_buffer(letters))
    texts: np.ndarray = held.to_numpy(zero_copy_only=False)
    return texts


def hasher(key: bytes) -> Hasher:
    """Make what gives pseudonyms under a key.

    >>> hasher(b"key")("participant_id", "camden", "01") == hasher(b"key")("participant_id", "camden", "1")
    False
    """
    return Hasher(key)


def plain_identifiers(cells: Sequence[Cell], field: str) -> list[str]:
    """Write identifiers in their one form. Leading zeros and capitals matter, save in the names of specialists.

    >>> plain_identifiers(["01"], "participant_id"), plain_identifiers(["Jo  Bloggs"], "specialist_id")
    (['01'], ['jo bloggs'])
    """
    texts = [cell_text(cell) for cell in cells]
    if not "".join(texts).isascii():
        texts = [unicodedata.normalize("NFC", text) for text in texts]
    return [re.sub(r"\s+", " ", text).casefold() for text in texts] if field == "specialist_id" else texts
