"""Read a text table: encoding, delimiter and records, each by a strict rule; cells stay text."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from evaltools.clean.swallowed_records import swallows_records, table_width

__all__ = ["TextTable", "Unreadable", "decode", "read_text", "tell_delimiter"]

DELIMITERS = (",", ";", "\t", "|")
_NAMES = MappingProxyType({"utf-8": "UTF-8", "utf-8-sig": "UTF-8 with mark", "utf-16": "UTF-16"})
_SAMPLE = 200  # records on which the delimiter is told


class Unreadable(Exception):
    """A file that cannot be used, with the reason in everyday words."""


@dataclass(frozen=True)
class TextTable:
    """cells: text by row number (the physical line on which a record starts) and column position. note: how it was read."""

    cells: pd.DataFrame
    note: str


def decode(content: bytes, encoding: str = "") -> tuple[str, str]:
    """Give the text and the name of its encoding: as declared, else by its mark, else UTF-8, else cp1252.

    >>> decode("café".encode("cp1252"))
    ('café', 'cp1252')
    """
    if encoding:
        candidates = [encoding]
    elif content.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    else:
        candidates = ["utf-8-sig"] if content.startswith(b"\xef\xbb\xbf") else ["utf-8", "cp1252"]
    for candidate in candidates:
        try:
            return content.decode(candidate).removeprefix("\ufeff"), candidate
        except (UnicodeDecodeError, LookupError):
            continue
    raise Unreadable(f"its letters cannot be read as {' or '.join(candidates)}")


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
    records = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            records += [record] if record else []
            if len(records) == _SAMPLE:
                break
    except csv.Error:
        return []
    return records


def read_text(content: bytes, encoding: str = "", delimiter: str = "") -> TextTable:
    """Read every record of a text table, with the physical line on which it starts. Raises Unreadable."""
    text, used = decode(content, encoding)
    first_line = text.split("\n", 1)[0].strip()
    if not delimiter and first_line.casefold().startswith("sep=") and len(first_line) == 5:
        delimiter = first_line[4]
    delimiter = delimiter or tell_delimiter(text)
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
    padded = [record if len(record) == width else record + [""] * (width - len(record)) for record in records]
    cells = pd.DataFrame(padded, index=pd.Index(lines, dtype="int64"), columns=range(width), dtype=object)
    named = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}.get(delimiter, delimiter)
    return TextTable(cells, f"text, {_NAMES.get(used, used)}, {named}")


def _refuse_swallowed(records: list[list[str]], lines: list[int], delimiter: str) -> None:
    width = table_width(records)
    for record, line in zip(records, lines, strict=True):
        if swallows_records(record, delimiter, width):
            raise Unreadable(f"a stray quotation mark in the record that starts on line {line} swallows the lines after it")
