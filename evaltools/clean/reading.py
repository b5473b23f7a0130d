"""What one distinct cell means, and how a column of such readings becomes values and issues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from evaltools.clean.cell_ranges import cell_ranges
from evaltools.clean.distinct import Distinct
from evaltools.clean.held_values import HeldValues
from evaltools.clean.issues import FIRST, Flag, Issues, Spot
from evaltools.clean.join_entries import Entries
from evaltools.clean.sheet import cell_name, cell_text

if TYPE_CHECKING:
    from evaltools.clean.vocabulary import Vocabulary

__all__ = ["CleanColumn", "Reading", "apply_readings", "changed_cells", "hidden_change"]


@dataclass(frozen=True, slots=True)
class Reading:
    """value: None for missing. rule: what was done, '' for nothing. code: of the catalogue, '' when nothing is wrong.

    aside: the entered value is kept in the quarantine. why: for the quarantine, may quote the entry.
    detail: for the finding, may quote headers and codes only.
    """

    value: Any
    rule: str = ""
    code: str = ""
    aside: bool = False
    why: str = ""
    detail: str = ""


@dataclass(frozen=True)
class CleanColumn:
    """values: of each record. issues: what was changed, set aside or is to be said."""

    values: HeldValues
    issues: Issues = field(default_factory=Issues)


def apply_readings(distinct: Distinct, vocabulary: Vocabulary, spot: Spot) -> CleanColumn:
    """Give every row the value of its reading, with one ledger row for each distinct value that a rule changed."""
    numbers = vocabulary.numbers(distinct.values)
    values = HeldValues(numbers.astype(np.int32)[distinct.codes], vocabulary, distinct.rows)
    rules = vocabulary.rules[numbers]
    changed = np.flatnonzero(rules != "")
    if spot.identifier:
        ledger = tuple(hidden_change(distinct, rules == rule, rule, spot) for rule in dict.fromkeys(rules[changed]))
    else:
        raw = list(map(cell_text, map(distinct.values.__getitem__, changed.tolist())))
        ledger = changed_cells(
            distinct, changed, spot, {"rule": rules[changed], "raw": raw, "new": vocabulary.new[numbers[changed]]}
        )
    said = [(int(place), vocabulary.readings[numbers[place]]) for place in np.flatnonzero(vocabulary.coded[numbers])]
    return CleanColumn(values, Issues(ledger, _quarantine(distinct, said, spot), _flags(distinct, said, spot)))


def _place(spot: Spot) -> dict[str, Any]:
    return {"file": spot.file, "sheet": spot.sheet, "column": spot.header, "table": spot.table, "field": spot.field}


def changed_cells(distinct: Distinct, changed: np.ndarray, spot: Spot, what: dict[str, Any]) -> tuple[Entries, ...]:
    """Make one ledger row for each changed distinct value. changed: their numbers. what: rule, raw and new of each."""
    if not len(changed):
        return ()
    rows, starts = distinct.rows_of(changed)
    return (_place(spot) | {"cells": cell_ranges(spot.position, rows, starts), "count": np.diff(starts)} | what,)


def hidden_change(distinct: Distinct, changed: np.ndarray, rule: str, spot: Spot) -> Entries:
    """Make one ledger row for all identifiers that a rule changed: positions only. changed: by number of the value."""
    rows = distinct.rows_with(changed)
    cells = cell_ranges(spot.position, rows, np.array([0, len(rows)]))
    return _place(spot) | {"cells": cells, "count": [len(rows)], "rule": rule, "raw": "", "new": ""}


def _quarantine(distinct: Distinct, said: Sequence[tuple[int, Reading]], spot: Spot) -> tuple[Entries, ...]:
    aside = [(number, reading) for number, reading in said if reading.aside]
    if not aside:
        return ()
    rows, starts = distinct.rows_of(np.array([number for number, _ in aside]))
    raw = ["" if spot.identifier else cell_text(distinct.values[number]) for number, _ in aside]
    each = np.repeat(np.arange(len(aside)), np.diff(starts))
    columns = {
        "code": [reading.code for _, reading in aside],
        "raw": raw,
        "why": [reading.why for _, reading in aside],
    }
    cells = [cell_name(spot.position, row) for row in rows.tolist()]
    repeated = {name: np.array(held, dtype=object)[each] for name, held in columns.items()}
    return (_place(spot) | {"level": "value", "row": rows, "cell": cells} | repeated,)


def _flags(distinct: Distinct, said: Sequence[tuple[int, Reading]], spot: Spot) -> tuple[Flag, ...]:
    """Make one mark for each kind of fault in the column."""
    kinds: dict[tuple[str, str], list[int]] = {}
    for number, reading in said:
        kinds.setdefault((reading.code, "" if spot.identifier else reading.detail), []).append(number)
    flags = []
    for (code, detail), numbers in kinds.items():
        rows, _ = distinct.rows_of(np.array(numbers))
        flags.append(Flag(code, spot, tuple(np.sort(rows)[:FIRST].tolist()), len(rows), detail))
    return tuple(flags)
