"""What a cleaning step reports beside its frame: ledger rows, things set aside, and marks for the findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain

from evaltools.clean.cell_names import column_letters
from evaltools.clean.join_entries import Entries

__all__ = ["FIRST", "Flag", "Issues", "Spot", "cells_of", "joined"]

FIRST = 10  # positions that a finding lists before '...'


@dataclass(frozen=True)
class Spot:
    """Where a column stands and where it goes. position: from 0, or -1 for a whole row. identifier: never shown."""

    site: str
    file: str
    sheet: str
    position: int = -1
    header: str = ""
    table: str = ""
    field: str = ""
    identifier: bool = False

    def at(self, position: int, header: str = "") -> Spot:
        """Give the same sheet at another column."""
        return replace(self, position=position, header=header)


@dataclass(frozen=True)
class Flag:
    """A finding before grouping: `count` cells of one column (or rows), of which `rows` holds the first ten.

    fix: what to do, where the catalogue's own remedy does not fit.
    """

    code: str
    spot: Spot
    rows: tuple[int, ...] = ()
    count: int = 1
    detail: str = ""
    fix: str = ""


@dataclass(frozen=True)
class Issues:
    """ledger, quarantine: with (some of) the columns of `domain.harmonised`. flags: findings before grouping."""

    ledger: tuple[Entries, ...] = ()
    quarantine: tuple[Entries, ...] = ()
    flags: tuple[Flag, ...] = ()


def joined(issues: Iterable[Issues]) -> Issues:
    """Join the issues of several steps, in order."""
    every = list(issues)
    return Issues(
        tuple(chain.from_iterable(one.ledger for one in every)),
        tuple(chain.from_iterable(one.quarantine for one in every)),
        tuple(chain.from_iterable(one.flags for one in every)),
    )


def cells_of(position: int, rows: Iterable[int], count: int) -> str:
    """Name the first ten cells of a column (of column A for whole rows), then '...'.

    >>> cells_of(6, [15, 18], 2)
    'G15, G18'
    """
    first = sorted(rows)[:FIRST]
    letters = column_letters(max(position, 0))
    return ", ".join([f"{letters}{row}" for row in first]) + (", ..." if count > len(first) else "")
