"""Find where the identifier of a person who has withdrawn stands in cells of other people, and take those entries out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

import numpy as np
import pandas as pd

from evaltools.clean.coded_cells import coded_column
from evaltools.clean.pseudonymise import Hasher, plain_identifiers
from evaltools.clean.sheet import Cell
from evaltools.clean.tidy_text import tidy

__all__ = ["LEAST_SEARCHED", "TAKEN_OUT", "names_forgotten", "without_names"]

LEAST_SEARCHED = 5
"""Characters below which an identifier is not looked for outside its column: it would be found in other people's numbers."""
TAKEN_OUT = "(withdrawn)"
"""What stands in place of an entry that named somebody who has withdrawn."""
_MOST_WORDS = 4  # of letters and digits, such as two in NM-00417
_WORD = re.compile(r"[^\W_]+")


def _phrases(text: str) -> Iterator[str]:
    """Give the text, and what in it may be an identifier: up to four words as they stand, with what is between them."""
    yield text
    words = list(_WORD.finditer(text))
    for first, word in enumerate(words):
        for last in words[first : first + _MOST_WORDS]:
            yield text[word.start() : last.end()]


def names_forgotten(cells: Sequence[Cell], scope: str, pseudonym: Hasher, forgotten: Collection[str]) -> np.ndarray:
    """Say of each entry whether it is, or names among other words, the identifier of somebody who has withdrawn.

    scope: whose identifiers are meant. Only pseudonyms are known of the forgotten, so what may be an identifier is hashed.

    >>> from evaltools.clean.pseudonymise import hasher
    >>> her = hasher(b"key")("participant_id", "camden", "NM-417")
    >>> names_forgotten(["see NM-417.", "NM-4170"], "camden", hasher(b"key"), {her}).tolist()
    [True, False]
    """
    texts = {number: tidy(cell) for number, cell in enumerate(cells) if isinstance(cell, str)}
    may_be = {number: {one for one in _phrases(text) if len(one) >= LEAST_SEARCHED} for number, text in texts.items()}
    every = sorted(set().union(*may_be.values()))
    hashed = pseudonym.many("participant_id", scope, plain_identifiers(every, "participant_id"))
    theirs = {text for text, value in zip(every, hashed, strict=True) if value in forgotten}
    return np.array([not theirs.isdisjoint(may_be.get(number, ())) for number in range(len(cells))], dtype=bool)


def without_names(
    cells: pd.DataFrame, positions: Collection[int], scope: str, pseudonym: Hasher, forgotten: Collection[str]
) -> pd.DataFrame:
    """Put '(withdrawn)' in place of entries that name somebody who has withdrawn; the same object where there are none.

    cells: of a sheet, columns by position. positions: of the columns that are searched. A changed column is coded.
    """
    changed = {}
    for position in positions:
        codes, values = pd.factorize(cells[position].to_numpy(dtype=object))
        named = names_forgotten(list(values), scope, pseudonym, forgotten)
        if named.any():
            held = cells[position].to_numpy(dtype=object).copy()
            held[named[codes]] = TAKEN_OUT
            codes, values = pd.factorize(held)
            changed[position] = coded_column(codes, list(values))
    if not changed:
        return cells
    columns = {position: changed.get(int(str(position)), column.array) for position, column in cells.items()}
    return pd.DataFrame(columns, index=cells.index, columns=cells.columns)
