"""Read what people are linked by (NHS number, names, birth date, postcode) into one plain form, kept in memory only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from evaltools.clean.coerce_dates import read_date
from evaltools.clean.sheet import Cell, cell_text
from evaltools.clean.tidy_text import tidy
from evaltools.schema.linkage import LinkField

__all__ = ["PLAIN_FIELDS", "plain_name", "plain_nhs_number", "plain_postcode", "read_link_fields"]

PLAIN_FIELDS: tuple[LinkField, ...] = ("nhs_number", "given_name", "family_name", "birth_date", "postcode")
"""Columns that come out, all text: what cannot be read is missing, for it proves nothing."""

_TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "rev", "prof"}
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
_NOWHERE = {"ZZ993VZ", "ZZ993WZ", "ZZ993CZ", "ZZ993GZ"}  # NHS pseudo-postcodes: no fixed abode, not known, ...
_UNKNOWN_DAY = "1900-01-01"
_ASCII = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def read_link_fields(columns: Mapping[LinkField, Sequence[Cell]], notations: Sequence[str], last_day: date) -> pd.DataFrame:
    """Bring the link columns of records into plain form.

    columns: cells by what they serve, all of one length. notations: declared for the birth date; last_day: a later day is
    no birth date. Returns columns PLAIN_FIELDS in the order of the records. A full name gives its first and last word
    (`Last, First` is understood).
    """
    count = len(next(iter(columns.values()), ()))
    readers: dict[LinkField, Callable[[Cell], str]] = {
        "nhs_number": lambda cell: plain_nhs_number(cell_text(cell)),
        "given_name": lambda cell: plain_name(cell_text(cell)),
        "family_name": lambda cell: plain_name(cell_text(cell)),
        "postcode": lambda cell: plain_postcode(cell_text(cell)),
        "birth_date": lambda cell: _birth_date(cell, notations, last_day),
    }
    read = {name: _each(columns[name], readers[name]) for name in PLAIN_FIELDS if name in columns}
    if "full_name" in columns:
        parts = (lambda cell: _split(cell_text(cell))[0]), (lambda cell: _split(cell_text(cell))[1])
        names: tuple[LinkField, LinkField] = ("given_name", "family_name")
        for name, part in zip(names, parts, strict=True):
            whole = _each(columns["full_name"], part)
            read[name] = np.where(read[name] == "", whole, read[name]) if name in read else whole
    empty = np.full(count, "", dtype=object)
    frame = pd.DataFrame({name: read.get(name, empty) for name in PLAIN_FIELDS}).astype("string")
    return frame.mask(frame == "")


def plain_nhs_number(text: str) -> str:
    """Give the ten digits of an NHS number whose check digit is right; '' for anything else.

    >>> plain_nhs_number("943 476 5919"), plain_nhs_number("943 476 5918"), plain_nhs_number("0000000000")
    ('9434765919', '', '')
    """
    digits = re.sub(r"[\s-]", "", tidy(text))
    if not re.fullmatch(r"[0-9]{10}", digits) or len(set(digits)) == 1:
        return ""
    weighed = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return digits if (11 - weighed % 11) % 11 == int(digits[9]) else ""


def plain_name(text: str) -> str:
    """Give a name in small letters without accents, hyphens, apostrophes and titles, its words parted by one space.

    >>> plain_name(" Mrs  Zoë O’Neill-Łukasz "), plain_name("DR. NÚÑEZ")
    ('zoe oneilllukasz', 'nunez')
    """
    folded = unicodedata.normalize("NFKD", tidy(text).casefold().translate(_ASCII))
    letters = "".join(letter for letter in folded if not unicodedata.combining(letter))
    words = re.sub(r"[^\w\s]|[\d_]", "", letters).split()
    return " ".join(word for word in words if word not in _TITLES)


def plain_postcode(text: str) -> str:
    """Give a postcode in capitals without spaces; '' for what is none, and for the codes that stand for no place.

    >>> plain_postcode(" sw1a 1aa"), plain_postcode("SW1"), plain_postcode("ZZ99 3VZ")
    ('SW1A1AA', '', '')
    """
    held = re.sub(r"\s", "", tidy(text)).upper()
    return held if _POSTCODE.fullmatch(held) and held not in _NOWHERE else ""


def _split(text: str) -> tuple[str, str]:
    family, comma, given = text.partition(",")
    if comma:
        return plain_name(given), plain_name(family)
    words = plain_name(text).split()
    return (words[0], words[-1]) if len(words) > 1 else ("", "")


def _birth_date(cell: Cell, notations: Sequence[str], last_day: date) -> str:
    value = read_date(tidy(cell) if isinstance(cell, str) else cell, notations, last_day).value
    day = f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else ""
    return "" if day == _UNKNOWN_DAY else day


def _each(cells: Sequence[Cell], read: Callable[[Cell], str]) -> np.ndarray:
    """Read each distinct cell once."""
    held = np.empty(len(cells), dtype=object)
    held[:] = list(cells)
    codes, values = pd.factorize(held)
    texts = np.array([*map(read, values), ""], dtype=object)
    return np.asarray(texts[codes], dtype=object)
