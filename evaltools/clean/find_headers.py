"""Find the row of the headers in a sheet that no layout describes yet: one row, or two that belong together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaltools.clean.header_similarity import name_index, similarities, word_weights
from evaltools.clean.map_targets import map_targets
from evaltools.clean.name_columns import header_names
from evaltools.clean.sheet import Sheet
from evaltools.clean.value_tests import is_day
from evaltools.schema.layout import SheetLayout
from evaltools.schema.table import Schema

__all__ = ["HeaderPlace", "find_headers"]

_SEARCHED_ROWS = 30
_LABELS = 0.75  # share of the entries of a header row that must be words
_LONGEST = 80  # letters of a header
_KNOWN = 0.6  # similarity from which a header speaks for its row
_GAIN = 0.5  # how much more known headers two rows must have together than either has alone
_NUMBER = re.compile(r"[\d.,£%/-]+")


@dataclass(frozen=True)
class HeaderPlace:
    """row: of the headers, from 1 (the upper of two). rows: 1 or 2. known: how many headers resemble a field, weighed."""

    row: int
    rows: int
    known: float


def find_headers(sheet: Sheet, schema: Schema) -> HeaderPlace | None:
    """Find the headers within the first 30 rows; None where no row resembles a header with two known fields.

    Two rows belong together where the upper one names groups: its labels lie over several columns each, or the headers of
    the lower row are only told apart by them.
    """
    rows = [int(row) for row in sheet.cells.index[: _SEARCHED_ROWS + 1] if row <= _SEARCHED_ROWS]
    targets = map_targets(schema)
    weights = word_weights([target.names for target in targets])
    index = name_index([name for target in targets for name in (*target.names, *target.weak)], weights)

    def known(names: Sequence[str]) -> float:
        held = [name for name in names if name]
        if len(held) < 2 or sum(map(_label, held)) < _LABELS * len(held):
            return 0.0
        best = np.array([similarities(name, index, weights).max() for name in dict.fromkeys(held)])
        return float(best[best >= _KNOWN].sum())

    single = {row: known(_names(sheet, row, 1)) for row in rows}
    best = max(single, key=lambda row: (single[row], -row), default=0)
    pairs = {row: known(_names(sheet, row, 2)) for row in (best - 1, best) if row in single and row + 1 in sheet.cells.index}
    joined = max(pairs, key=lambda row: pairs[row], default=0)
    if pairs and pairs[joined] > single.get(best, 0.0) + _GAIN and _all_labels(sheet, joined + 1):
        return HeaderPlace(joined, 2, pairs[joined])
    if single.get(best, 0.0) < 2 * _KNOWN:
        return None
    if best - 1 in single and _names_groups(sheet, best - 1, best):
        return HeaderPlace(best - 1, 2, single[best])
    return HeaderPlace(best, 1, single[best])


def _names(sheet: Sheet, row: int, rows: int) -> tuple[str, ...]:
    return header_names(sheet, SheetLayout(header_row=row, header_rows=rows))


def _label(text: str) -> bool:
    return len(text) <= _LONGEST and not is_day(text) and not _NUMBER.fullmatch(text)


def _all_labels(sheet: Sheet, row: int) -> bool:
    held = [name for name in _names(sheet, row, 1) if name]
    return bool(held) and all(map(_label, held))


def _names_groups(sheet: Sheet, upper: int, lower: int) -> bool:
    above, below = _names(sheet, upper, 1), _names(sheet, lower, 1)
    labels = [name for name in above if name]
    if len(labels) < 2 or not all(_label(name) and not name.endswith(":") for name in labels):
        return False
    filled = [name for name in below if name]
    wide = [span for span in sheet.merged if span[0] <= upper <= span[2] and span[3] > span[1] and above[span[1]]]
    if len(wide) >= 2 or (wide and len(labels) >= 3):
        return True
    return len(labels) < len(filled) and (len(set(filled)) < len(filled) or (not sheet.merged and len(labels) >= 3))
