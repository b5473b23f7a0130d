"""Count the lines and cells of a file with DuckDB (text) or openpyxl (.xlsx). Shares no code with the reader under test."""

from __future__ import annotations

import io
import re
import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import openpyxl

TOTALS = {"total", "totals", "subtotal", "sub-total", "grand total"}
UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")


@dataclass(frozen=True)
class Count:
    """filled: lines that hold anything. records: those below the header that are no totals. cells: of the records."""

    filled: int
    records: int
    cells: int


def count_text(content: bytes, delimiter: str, header_rows: Sequence[int]) -> Count:
    """Count a text table. header_rows: line numbers of the header among the lines that hold anything, from 1."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_text(re.sub("\r\n?", "\n", _decoded(content)), "utf-8", newline="")
        widest = max(line.count(delimiter) for line in path.read_text("utf-8").split("\n")) + 1
        names = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(widest))
        query = (
            f"SELECT * FROM read_csv(?, delim=?, quote='\"', escape='\"', header=false, auto_detect=false, "
            f"null_padding=true, parallel=false, new_line='\\n', columns={{{names}}})"
        )
        with duckdb.connect() as engine:
            rows = engine.execute(query, [str(path), delimiter]).fetchall()
    return _count(rows, header_rows)


def count_workbook(content: bytes, header_rows: Sequence[int]) -> dict[str, Count]:
    """Count every sheet of a workbook. header_rows: row numbers of the header among the rows that hold anything, from 1."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    counts = {}
    for sheet in book.worksheets:
        rows: dict[int, list[object]] = {}
        for (row, _), cell in sorted(sheet._cells.items()):  # the cells that the file holds, not the box around them
            rows.setdefault(row, []).append(cell.value)
        counts[sheet.title] = _count(list(rows.values()), header_rows)
    return counts


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    zeros = content.count(0)
    if zeros:
        return content.decode("utf-16-be" if content[0] == 0 else "utf-16-le")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _count(rows: Sequence[Sequence[object]], header_rows: Sequence[int]) -> Count:
    texts = [[UNSEEN.sub(" ", "" if cell is None else str(cell)).strip() for cell in row] for row in rows]
    filled = [row for row in texts if any(row)]
    headers = [filled[number - 1] for number in header_rows if number <= len(filled)]
    below = filled[max(header_rows) :]
    records = [row for row in below if row not in headers and not _totals(row)]
    return Count(len(filled), len(records), sum(bool(cell) for row in records for cell in row))


def _totals(row: Sequence[str]) -> bool:
    return next(cell for cell in row if cell).rstrip(":").casefold() in TOTALS
