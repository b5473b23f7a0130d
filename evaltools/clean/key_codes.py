"""Number the keys of rows, so that rows are compared by whole numbers and not by text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from evaltools.clean.coded_texts import text_numbers

__all__ = ["first_of_record", "key_codes", "person_codes", "pseudonym_bits"]

_LENGTH = 17  # of a pseudonym: a letter and 16 hexadecimal digits


def key_codes(rows: pd.DataFrame, key: Sequence[str]) -> np.ndarray:
    """Give rows of one key one number, 0 or more; a missing entry is an entry like any other.

    >>> key_codes(pd.DataFrame({"a": ["x", "y", "x"], "b": [1, 1, 1]}), ["a", "b"])
    array([0, 1, 0])
    """
    codes = np.zeros(len(rows), dtype=np.int64)
    for number, name in enumerate(key):
        found = _entry_codes(rows[name])
        codes = found if number == 0 else pd.factorize(codes * (found.max(initial=0) + 1) + found)[0]
    return codes


def _entry_codes(column: pd.Series) -> np.ndarray:
    coded = text_numbers(column)
    if coded is None:
        coded = pd.factorize(column)[0]
    codes: np.ndarray = coded.astype(np.int64)
    codes[codes < 0] = codes.max(initial=-1) + 1
    return codes


def pseudonym_bits(column: pd.Series) -> np.ndarray | None:
    """Give the 64 bits of pseudonyms (uint64); None where an entry is missing, or any is no pseudonym of one kind.

    >>> pseudonym_bits(pd.Series(["P00000000000000ff"])), pseudonym_bits(pd.Series(["A1"]))
    (array([255], dtype=uint64), None)
    """
    numbers = text_numbers(column)
    if numbers is None:
        return _bits(np.asarray(column.array, dtype=object).tolist()) if column.dtype.kind == "O" else None
    bits = _bits(column.cat.categories.tolist())
    return None if bits is None or numbers.min(initial=0) < 0 else bits[numbers]


def _bits(entries: list[str]) -> np.ndarray | None:
    try:
        together = "".join(entries).encode("ascii")
        if not entries or len(together) != _LENGTH * len(entries) or set(map(len, entries)) != {_LENGTH}:
            return None
        held = np.frombuffer(together, dtype=np.uint8).reshape(-1, _LENGTH)
        if (held[:, 0] != held[0, 0]).any():
            return None
        capitals = bool((held[:, 1:] - ord("A") < 6).any())  # they would be read like small letters
        bits = bytes.fromhex(held[:, 1:].tobytes().decode("ascii"))
    except (TypeError, ValueError):  # a missing entry, a letter that is not ASCII, a digit that is not hexadecimal
        return None
    return None if capitals else np.frombuffer(bits, dtype=">u8").astype(np.uint64)


def first_of_record(rows: pd.DataFrame, records: np.ndarray) -> np.ndarray:
    """Give the place of the first row that each of these records (`_source`) gives, -1 where it gives none."""
    source = rows["_source"].to_numpy()
    place = np.full(1 + max(source.max(initial=-1), records.max(initial=-1)), -1, dtype=np.int64)
    place[source[::-1]] = np.arange(len(rows))[::-1]
    found: np.ndarray = place[records]
    return found


def person_codes(tables: Mapping[str, pd.DataFrame]) -> dict[str, np.ndarray]:
    """Give each row of a table that names people the number of its person, alike in all tables; -1 where nobody is named."""
    named = {name: rows["participant_id"] for name, rows in tables.items() if "participant_id" in rows.columns}
    if _share_texts(list(named.values())):
        return {name: _numbers(column) for name, column in named.items()}
    entries = [np.asarray(column.array, dtype=object) for column in named.values()]
    codes, _ = pd.factorize(np.concatenate([np.array([], dtype=object), *entries]))
    ends = np.cumsum([len(one) for one in entries])[:-1]
    return dict(zip(named, np.split(codes, ends), strict=True))


def _numbers(column: pd.Series) -> np.ndarray:
    numbers = text_numbers(column)
    return np.zeros(0, dtype=np.int64) if numbers is None else numbers


def _share_texts(columns: Sequence[pd.Series]) -> bool:
    """Say whether the columns are coded by the same texts; those without rows say nothing."""
    texts = [column.cat.categories if text_numbers(column) is not None else None for column in columns if len(column)]
    return all(one is not None and one is texts[0] for one in texts)
