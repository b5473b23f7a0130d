"""Tell columns that could say who a person is: names, numbers of the NHS, postcodes, telephones, e-mail, addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType

from evaltools.clean.header_words import header_words, words_of
from evaltools.clean.sheet import Cell

__all__ = ["direct_identifier"]

_ENOUGH = 0.5  # share of the entries that must look so
_SHAPES = MappingProxyType(
    {
        "e-mail address": re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE),
        "postcode": re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE),
        "National Insurance number": re.compile(r"[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]", re.IGNORECASE),
        "telephone number": re.compile(r"(?:\+44|0)[\d ()-]{9,14}"),
    }
)
_WORDS = MappingProxyType(
    {
        "nhs": "NHS number",
        "postcode": "postcode",
        "postal": "postcode",
        "telephone": "telephone number",
        "phone": "telephone number",
        "mobile": "telephone number",
        "email": "e-mail address",
        "forename": "name",
        "firstname": "name",
        "lastname": "name",
        "fullname": "name",
        "surname": "name",
        "address": "address",
        "nino": "National Insurance number",
        "insurance": "National Insurance number",
    }
)
_PERSON = words_of(
    "client participant person patient customer service user full first last family given middle known preferred"
)


def direct_identifier(header: str, cells: Sequence[Cell]) -> str:
    """Name the direct identifier that a column could hold, or ''. cells: some of its filled cells, tidied.

    >>> direct_identifier("Client name", ["A B"]), direct_identifier("Contact", ["07700 900123"])
    ('name', 'telephone number')
    """
    words = header_words(header)
    for kind, shape in _SHAPES.items():
        if _share(cells, shape) >= _ENOUGH:
            return kind
    texts = [cell for cell in cells if isinstance(cell, str)]
    if len(texts) and sum(map(_nhs_number, texts)) >= _ENOUGH * len(cells):
        return "NHS number"
    said = next((_WORDS[word] for word in words if word in _WORDS), "")
    if said and not (said == "telephone number" and "contact" in words):
        return said
    if "post" in words and "code" in words:
        return "postcode"
    if "mail" in words and ("e" in words or words[-1] == "mail"):
        return "e-mail address"
    if "initials" in words or (words and words[-1] in ("name", "names") and set(words[:-1]) <= _PERSON):
        return "name" if not {"employment", "specialist", "worker", "staff", "adviser"} & set(words) else ""
    return ""


def _share(cells: Sequence[Cell], shape: re.Pattern[str]) -> float:
    held = [isinstance(cell, str) and shape.fullmatch(cell) is not None for cell in cells]
    return sum(held) / len(held) if held else 0.0


def _nhs_number(text: str) -> bool:
    """Check the last digit of a number of ten digits (modulus 11), so that other long numbers are not taken for it."""
    digits = re.sub(r"[ -]", "", text)
    if not re.fullmatch(r"\d{10}", digits):
        return False
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return check % 11 == int(digits[9])
