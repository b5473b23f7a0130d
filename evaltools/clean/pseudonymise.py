"""Replace identifiers by keyed hashes: the same person gives the same pseudonym, and nobody without the key gets back."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from types import MappingProxyType

from evaltools.clean.sheet import Cell, cell_text

__all__ = ["FIRST_LETTERS", "Hasher", "hasher", "plain_identifiers"]

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
        """Give the pseudonym of each identifier; the part of the hash that they share is made once."""
        begun = self._inner.copy()
        begun.update("\x1f".join((field, scope, "")).encode())
        inner, outer, letter = begun.copy, self._outer.copy, FIRST_LETTERS[field]
        pseudonyms = []
        for identifier in identifiers:
            inside, outside = inner(), outer()
            inside.update(identifier.encode())
            outside.update(inside.digest())
            pseudonyms.append(letter + outside.hexdigest()[:_HEX_DIGITS])
        return pseudonyms


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
