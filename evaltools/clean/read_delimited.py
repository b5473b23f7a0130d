"""Read a plain text table as columns that hold each distinct entry once; what is not plain is left to the strict reader."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow_csv

from evaltools.clean.coded_cells import coded_column

__all__ = ["read_delimited"]

_HEAD = 40  # lines in which titles of another width may stand above the table
_LARGEST = 2**31 - 2  # bytes that the parser takes at once
_WIDEST = 16_384  # columns; more are refused by the strict reader


def read_delimited(text: str, delimiter: str) -> pd.DataFrame | None:
    r"""Read records that each stand on one line and have as many entries as the table has columns.

    Gives cells as `Sheet` holds them, each column with its distinct entries; None where the text is not so plain: quotation
    marks inside an entry, entries over several lines, lines of another width below the first ones, other line ends.

    >>> read_delimited('ID,Sex\nA1,F\n"A, 2",F\n', ",")[0].tolist(), read_delimited("ID,Sex\nA1\n", ",")
    (['ID', 'A1', 'A, 2'], None)
    """
    content = text.encode("utf-8", "surrogatepass")
    if b"\0" in content or len(content) > _LARGEST or len(delimiter) != 1 or not delimiter.isascii():
        return None
    lines = _count_lines(content)
    if lines is None:
        return None
    quoted = b'"' in content
    if quoted and not _quotes_stand_around_entries(content, ord(delimiter)):
        return None
    head = _head(text, delimiter)
    if head is None:
        return None
    width, above, skipped = head
    columns = _columns(content[skipped:], delimiter, width, quoted)
    if columns is None or (len(columns[0][0]) if columns else 0) != lines - len(above):
        return None
    cells = {
        position: _with_above([record[position] for record in above], column) for position, column in enumerate(columns)
    }
    return pd.DataFrame(cells, index=pd.RangeIndex(1, lines + 1), copy=False)


def _count_lines(content: bytes) -> int | None:
    """Count the lines; None where one ends in a carriage return alone."""
    held = np.frombuffer(content + b"\n", dtype=np.uint8)
    returns = np.flatnonzero(held == ord("\r"))
    if content.endswith(b"\r") or not (held[returns + 1] == ord("\n")).all():
        return None
    return int(np.count_nonzero(held == ord("\n"))) - content.endswith(b"\n")


def _quotes_stand_around_entries(content: bytes, delimiter: int) -> bool:
    """Say whether every opening mark begins an entry and every closing one ends it (a doubled mark closes and opens)."""
    held = np.frombuffer(b"\n" + content + b"\n", dtype=np.uint8)
    marks = np.flatnonzero(held == ord('"'))
    if len(marks) % 2:
        return False
    edges = np.zeros(256, dtype=bool)
    edges[[delimiter, ord("\n"), ord("\r"), ord('"')]] = True
    return bool(edges[held[marks[::2] - 1]].all() and edges[held[marks[1::2] + 1]].all())


def _head(text: str, delimiter: str) -> tuple[int, list[list[str]], int] | None:
    """Give the table's width, the records of another width above it (filled up), and the bytes that they take."""
    first: list[str] = []
    start = 0
    while len(first) < _HEAD and start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        first.append(text[start:end])
        start = end
    try:
        records = [next(csv.reader(io.StringIO(line, newline=""), delimiter=delimiter, strict=True), []) for line in first]
    except csv.Error:
        return None
    widths = [len(record) for record in records]
    width = max(widths, default=0)
    above = max((number + 1 for number, one in enumerate(widths) if one != width), default=0)
    if width < 2 or width > _WIDEST or above >= len(records):
        return None
    skipped = len("".join(first[:above]).encode("utf-8", "surrogatepass"))
    return width, [record + [""] * (width - len(record)) for record in records[:above]], skipped


def _columns(content: bytes, delimiter: str, width: int, quoted: bool) -> list[tuple[np.ndarray, np.ndarray]] | None:
    names = [str(position) for position in range(width)]
    text = pa.dictionary(pa.int32(), pa.string())
    try:
        table = arrow_csv.read_csv(
            pa.py_buffer(content),
            arrow_csv.ReadOptions(use_threads=False, block_size=len(content) + 1, column_names=names),
            arrow_csv.ParseOptions(delimiter=delimiter, quote_char='"' if quoted else False, ignore_empty_lines=False),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, text), strings_can_be_null=False, check_utf8=False, null_values=[]
            ),
        )
    except pa.ArrowInvalid:
        return None
    columns = []
    for column in table.columns:
        if column.num_chunks != 1:
            return None
        coded = column.chunk(0)
        codes = np.frombuffer(coded.indices.buffers()[1], dtype=np.int32, count=len(coded), offset=4 * coded.indices.offset)
        columns.append((codes, coded.dictionary.to_numpy(zero_copy_only=False)))
    return columns


def _with_above(above: Sequence[str], column: tuple[np.ndarray, np.ndarray]) -> pd.Categorical:
    codes, values = column
    if not above:
        return coded_column(codes, values)
    place = {value: number for number, value in enumerate(values.tolist())}
    first = [place.setdefault(value, len(place)) for value in above]
    return coded_column(np.concatenate([np.array(first, dtype=np.int32), codes]), list(place))
