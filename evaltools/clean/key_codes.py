"""Number the keys of rows, so that rows are compared by whole numbers and not by text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import is_

import numpy as np
import pandas as pd

__all__ = ["first_of_record", "key_codes", "person_codes", "pseudonym_bits"]

_UNSEEN = -2
_LENGTH = 17  # of a pseudonym: a letter and 16 hexadecimal digits


def key_codes(rows: pd.DataFrame, key: Sequence[str]) -> np.ndarray:
    """Give rows of one key one number, from 0; a missing entry is an entry like any other.

    >>> key_codes(pd.DataFrame({"a": ["x", "y", "x"], "b": [1, 1, 1]}), ["a", "b"])
    array([0, 1, 0])
    """
    codes = np.zeros(len(rows), dtype=np.int64)
    for number, name in enumerate(key):
        bits = pseudonym_bits(rows[name])
        found, distinct = pd.factorize(rows[name] if bits is None else bits, use_na_sentinel=False)
        codes = found if number == 0 else pd.factorize(codes * len(distinct) + found)[0]
    return codes.astype(np.int64, copy=False)


def pseudonym_bits(column: pd.Series) -> np.ndarray | None:
    """Give the 64 bits of pseudonyms (uint64); None where an entry is missing, or any is no pseudonym of one kind.

    >>> pseudonym_bits(pd.Series(["P00000000000000ff"])), pseudonym_bits(pd.Series(["A1"]))
    (array([255], dtype=uint64), None)
    """
    if column.dtype.kind != "O" or not len(column):
        return None
    entries = np.asarray(column.array, dtype=object).tolist()
    try:
        together = "".join(entries).encode("ascii")
        if len(together) != _LENGTH * len(entries) or set(map(len, entries)) != {_LENGTH}:
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


def person_codes(
    tables: Mapping[str, pd.DataFrame], base: str = "participants", known: np.ndarray | None = None
) -> dict[str, np.ndarray]:
    """Give a number to the person of each row of each table that names one, alike in all tables; -1 where nobody is named.

    tables: with ORIGIN columns. base: the table that names most people; most rows of the others stand in a record that
    names their person there too and share its entry, which is quickly seen. known: numbers of the rows of the base.
    """
    entries = {
        name: np.asarray(rows["participant_id"].array, dtype=object)
        for name, rows in tables.items()
        if "participant_id" in rows.columns
    }
    people = tables[base]
    codes = {base: _named(people) if known is None else known}
    for name in entries.keys() - codes.keys():
        codes[name] = _beside(entries[name], tables[name]["_source"].to_numpy(), people, codes[base])
    rest = {name: entries[name][held == _UNSEEN] for name, held in codes.items()}
    if any(len(held) for held in rest.values()):
        numbers = _numbered({base: entries[base], **{f"{name} ": held for name, held in rest.items()}})
        theirs = numbers.pop(base)
        highest = max(held.max(initial=-1) for held in (theirs, *numbers.values()))
        number = np.append(np.arange(highest + 1) + len(people), -1)  # of people who are not in the base
        number[theirs[theirs >= 0]] = codes[base][theirs >= 0]
        for name in rest:
            codes[name][codes[name] == _UNSEEN] = number[numbers[f"{name} "]]
    return codes


def _named(people: pd.DataFrame) -> np.ndarray:
    codes = key_codes(people, ["participant_id"])
    codes[people["participant_id"].isna().to_numpy()] = -1
    return codes


def _numbered(entries: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    codes, _ = pd.factorize(np.concatenate([np.array([], dtype=object), *entries.values()]))
    ends = np.cumsum([len(one) for one in entries.values()])[:-1]
    return dict(zip(entries, np.split(codes, ends), strict=True))


def _beside(entries: np.ndarray, records: np.ndarray, people: pd.DataFrame, codes: np.ndarray) -> np.ndarray:
    """Give numbers to the rows whose record holds their person, by identity of the entries; the others are unseen."""
    place = first_of_record(people, records)
    found = np.full(len(entries), _UNSEEN, dtype=np.int64)
    beside = np.flatnonzero(place >= 0)
    theirs = np.asarray(people["participant_id"].array, dtype=object)[place[beside]]
    same = np.fromiter(map(is_, entries[beside], theirs), dtype=bool, count=len(beside))
    found[beside[same]] = codes[place[beside[same]]]
    return found
