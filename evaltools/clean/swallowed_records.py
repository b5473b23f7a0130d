"""Find records that a stray quotation mark swallowed: a quoted entry over several lines that holds whole records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

__all__ = ["swallows_records", "table_width"]

_SHARE = 0.8  # of a record's delimiters, on each line of an entry


def swallows_records(record: Sequence[str], delimiter: str, width: int) -> bool:
    r"""Say whether one entry holds about as many delimiters on each of its lines as a record of the table.

    width: columns of the table. A comma before a space is one of a sentence, not a delimiter.

    >>> swallows_records(["A1", "ill\nA2,F,01/02/2020,well"], ",", 4), swallows_records(["A1", "ill,\nthen well"], ",", 4)
    (True, False)
    """
    return width > 1 and any(_swallows(entry, delimiter, width) for entry in record if "\n" in entry or "\r" in entry)


def _swallows(entry: str, delimiter: str, width: int) -> bool:
    lines = entry.splitlines()
    counts = [line.count(delimiter) - (line.count(", ") if delimiter == "," else 0) for line in lines]
    enough = max(_SHARE * (width - 1), 1)
    return sum(counts) >= enough * max(len(lines) - 1, 1) or any(count >= enough for count in counts[1:])


def table_width(records: Sequence[Sequence[str]]) -> int:
    """Give the most common number of columns, titles and blank lines aside.

    >>> table_width([["Title"], [], ["ID", "Sex"], ["A1", "F"]])
    2
    """
    widths = Counter(len(record) for record in records if len(record) > 1)
    return max(widths, key=lambda width: (widths[width], width), default=1)
