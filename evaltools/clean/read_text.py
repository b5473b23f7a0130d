"""Read a text table: encoding, delimiter and records, each by a strict rule; cells stay text."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType

import pandas as pd

from evaltools.clean.read_delimited import read_delimited
from evaltools.clean.read_encoding import decode
from evaltools.clean.swallowed_records import swallows_records, table_width
from evaltools.clean.unreadable import Unreadable

__all__ = ["TextTable", "Unreadable", "decode", "read_text", "tell_delimiter"]

DELIMITERS = (",", ";", "\t", "|")
LARGEST_TEXT = 300_000_000  # bytes
MOST_COLUMNS, MOST_CELLS = 16_384, 40_000_000
_NAMES = MappingProxyType(
    {
        "utf-8": "UTF-8",
        "utf-8-sig": "UTF-8 with mark",
        "utf-16": "UTF-16",
        "utf-16-le": "UTF-16 without mark",
        "utf-16-be": "UTF-16 without mark",
    }
)
_SAMPLE, _SAMPLE_CHARACTERS = 200, 500_000  # records on which the delimiter is told, and where they must end
_FIRST_CHARACTERS = 40_000  # where they usually end


@dataclass(frozen=True)
class TextTable:
    """cells: text by row number (the physical line on which a record starts) and column position. note: how it was read.

    short: number of entries of each line that has fewer than the widest; '' stands for those that it lacks.
    """

    cells: pd.DataFrame
    note: str
    short: Mapping[int, int] = field(default_factory=dict)


def tell_delimiter(text: str) -> str:
    r"""Tell the delimiter that stands most often in records of one and the same width, at least two; a comma without any.

    Raises Unreadable when two delimiters do so equally well.

    >>> tell_delimiter("Client ID;Hours\nA1;16,5\nA2;20,5\n")
    ';'
    """
    scores: dict[str, tuple[int, int]] = {}
    for delimiter in DELIMITERS:
        widths = Counter(len(record) for record in _sample(text, delimiter))
        widths = Counter({width: count for width, count in widths.items() if width > 1})
        if widths:
            width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
            scores[delimiter] = (count * (width - 1), count)
    if not scores:
        return ","
    best = max(scores.values())
    winners = [delimiter for delimiter, score in scores.items() if score == best]
    if len(winners) > 1:
        raise Unreadable("it cannot be told what separates its columns; say so under 'delimiter' in the layout")
    return winners[0]


def _sample(text: str, delimiter: str) -> list[list[str]]:
    for characters in (_FIRST_CHARACTERS, _SAMPLE_CHARACTERS):
        lines = io.StringIO(text[:characters], newline="")
        try:
            records = list(islice(filter(None, csv.reader(lines, delimiter=delimiter)), _SAMPLE + 1))
        except csv.Error:
            return []
        if len(records) > _SAMPLE or len(text) <= characters:
            return records[:_SAMPLE]
    return records[:-1]  # the last one may be cut


def read_text(content: bytes, encoding: str = "", delimiter: str = "") -> TextTable:
    """Read every record of a text table, with the physical line on which it starts. Raises Unreadable.

    Text is read in this process: decoding and splitting take memory in proportion to its size, which is limited, and run
    nothing that the file says.
    """
    if len(content) > LARGEST_TEXT:
        raise Unreadable(f"it is larger than {LARGEST_TEXT // 1_000_000} MB; send it in several smaller files")
    text, used = decode(content, encoding)
    first_line = text[:8].splitlines()[0] if text else ""
    if not delimiter and first_line.casefold().startswith("sep=") and len(first_line) == 5:
        delimiter = first_line[4]
    delimiter = delimiter or tell_delimiter(text)
    if len(text) > MOST_CELLS:
        _check_size(text.count(delimiter) + text.count("\n"), 1, lambda: 1)  # before anything is split
    note = _note(used, delimiter)
    plain = read_delimited(text, delimiter)
    if plain is not None:
        _check_size(*plain.shape, lambda: 1)
        return TextTable(plain, note)
    records, lines = [], []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for record in reader:
            records.append(record)
            lines.append(start)
            start = reader.line_num + 1
    except csv.Error as fault:
        raise Unreadable(f"the quotation marks or the length of the record that starts on line {start} are wrong") from fault
    _refuse_swallowed(records, lines, delimiter)
    width = max(map(len, records), default=0)
    _check_size(len(records), width, lambda: next(lines[number] for number, one in enumerate(records) if len(one) == width))
    short = {line: len(record) for record, line in zip(records, lines, strict=True) if len(record) < width}
    padded = [record if len(record) == width else record + [""] * (width - len(record)) for record in records]
    cells = pd.DataFrame(padded, index=pd.Index(lines, dtype="int64"), columns=range(width), dtype=object)
    return TextTable(cells, note, short)


def _note(encoding: str, delimiter: str) -> str:
    named = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}.get(delimiter, delimiter)
    return f"text, {_NAMES.get(encoding, encoding)}, {named}"


def _check_size(height: int, width: int, widest_line: Callable[[], int]) -> None:
    """Refuse what would fill the memory: text is read in this process, so its size is all that it can do."""
    if width > MOST_COLUMNS:
        line = widest_line()
        raise Unreadable(f"the record that starts on line {line} has more than {MOST_COLUMNS:,} entries; correct that line")
    if width * height > MOST_CELLS:
        raise Unreadable(f"it has more than {MOST_CELLS:,} cells; send it in several smaller files")


def _refuse_swallowed(records: list[list[str]], lines: list[int], delimiter: str) -> None:
    width = table_width(records)
    for record, line in zip(records, lines, strict=True):
        if swallows_records(record, delimiter, width):
            raise Unreadable(f"a stray quotation mark in the record that starts on line {line} swallows the lines after it")
