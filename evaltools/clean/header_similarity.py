"""How alike a provider's header and a name of a field are: by their words, each weighed by how much it says."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from rapidfuzz import fuzz, process

from evaltools.clean.header_words import header_words, words_of

__all__ = ["NameIndex", "header_similarity", "name_index", "similarities", "word_weights"]

_SMALL = words_of(
    "a an and at be been by did do does for from has have if in is it of on or s that the their they to was were"
)
_EMPTY = words_of("a an of on s the their")
_SMALL_WEIGHT, _DATE_WEIGHT = 0.12, 0.45  # of the weight of a word that one field alone has
_LOWER_ROW = 0.96  # what the lower of two header rows counts when the upper one only names a group
_WORDS_SHARE = 0.8  # of the whole, the rest is how alike the letters are


def word_weights(names: Iterable[Sequence[str]]) -> Mapping[str, float]:
    """Weigh every word by how few fields have it. names: of each field, all its names. Words that no field has weigh 1.

    >>> weights = word_weights([["Job start", "Start date"], ["Job end", "End date"], ["Age"]])
    >>> weights["age"] > weights["job"] > weights["date"]
    True
    """
    held = [{word for name in several for word in header_words(name)} for several in names]
    count = Counter(word for words in held for word in words)
    most = math.log(1 + len(held))
    weights = {word: 0.35 + 0.65 * math.log(1 + len(held) / number) / most for word, number in count.items()}
    weights |= {"date": _DATE_WEIGHT, "day": _DATE_WEIGHT} | dict.fromkeys(_SMALL, _SMALL_WEIGHT)
    return MappingProxyType(weights)


@dataclass(frozen=True)
class NameIndex:
    """Names to compare with. words: of all names in a row. starts: where each name's begin. weights: of the words."""

    names: tuple[str, ...]
    spelled: tuple[str, ...]
    full: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    starts: np.ndarray
    weights: np.ndarray


def name_index(names: Sequence[str], weights: Mapping[str, float]) -> NameIndex:
    """Prepare names. weights: of `word_weights`; a word that it lacks weighs 1."""
    split = [header_words(name) or ("",) for name in names]
    words = tuple(word for several in split for word in several)
    starts = np.concatenate([[0], np.cumsum([len(several) for several in split])])[:-1].astype(np.int64)
    held = np.array([weights.get(word, 1.0) for word in words])
    full = tuple(_full(several) for several in split)
    return NameIndex(tuple(names), tuple(" ".join(sorted(several)) for several in split), full, words, starts, held)


def similarities(header: str, index: NameIndex, weights: Mapping[str, float]) -> np.ndarray:
    """Say from 0 to 1 how alike a header is to each name; 1 only when both have the same words in some order.

    Words that only one of them has count against it, by their weight; words may be cut short, bent or misspelt. Of two
    header rows ('Person / Age') the lower one may speak alone, and then counts a little less.
    """
    _, stacked, lower = header.rpartition(" / ")
    if stacked:
        return np.maximum(_alike(header, index, weights), _LOWER_ROW * _alike(lower, index, weights))
    return _alike(header, index, weights)


def header_similarity(header: str, name: str, weights: Mapping[str, float]) -> float:
    """Say how alike a header and one name are, as `similarities` does.

    >>> header_similarity("Date of discharge", "Referral date", {}) < header_similarity("Date referred", "Referral date", {})
    True
    """
    return float(similarities(header, name_index([name], weights), weights)[0])


def _alike(header: str, index: NameIndex, weights: Mapping[str, float]) -> np.ndarray:
    ours = header_words(header)
    if not ours or not index.names:
        return np.zeros(len(index.names))
    same = np.array([[_same(word, other) for other in index.words] for word in ours])  # our words x their words
    own = np.array([weights.get(word, 1.0) for word in ours])
    there = own @ np.maximum.reduceat(same, index.starts, axis=1) / own.sum()
    back = np.add.reduceat(index.weights * same.max(axis=0), index.starts) / np.add.reduceat(index.weights, index.starts)
    by_words = 2 * there * back / np.maximum(there + back, 1e-9)
    by_letters = process.cdist([" ".join(sorted(ours))], list(index.spelled), scorer=fuzz.ratio)[0] / 100
    alike = np.minimum(_WORDS_SHARE * by_words + (1 - _WORDS_SHARE) * by_letters, 0.99)
    whole = _full(ours)
    return np.where([full == whole for full in index.full], 1.0, np.where(by_words > 0, alike, 0.0))


def _full(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(word for word in words if word not in _EMPTY) or sorted(words))


@lru_cache(maxsize=200_000)
def _same(one: str, other: str) -> float:
    """Say how surely two words are one: the same, cut short, bent ('started', 'start') or misspelt."""
    if one == other:
        return 1.0
    if one.isdigit() or other.isdigit():
        return 0.0
    short, long = sorted((one, other), key=len)
    common = next((place for place, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short))
    if common >= 4 and common >= 0.75 * len(short):
        return 0.93
    if common == len(short) >= 3 and long not in _SMALL:
        return 0.8
    alike = fuzz.ratio(one, other) / 100
    return alike if alike >= 0.84 and len(short) >= 5 else 0.0
