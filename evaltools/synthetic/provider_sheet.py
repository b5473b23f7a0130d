"""A provider's sheet while it is being written: its lines, what each line is, and whose record it holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from evaltools.synthetic.provider_column import ProviderColumn, entered
from evaltools.synthetic.workbook_grid import Cell, GridSheet, Span

__all__ = ["Line", "ProviderSheet", "RecordKey"]

RecordKey = tuple[str, int]  # participant_id and job number (0 for the person)


@dataclass
class Line:
    """One line. kind: title, header, blank, total, kept, merged or quarantined. touched: cells spoilt on purpose."""

    kind: str
    cells: list[Cell]
    key: RecordKey = ("", 0)
    touched: set[int] = field(default_factory=set)


@dataclass
class ProviderSheet:
    """One sheet. file: name of the file it ends in. name: empty for a text file."""

    file: str
    name: str
    columns: tuple[ProviderColumn, ...]
    lines: list[Line] = field(default_factory=list)
    merged: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False

    def title(self, *texts: str) -> None:
        """Add a line above the table."""
        self.lines.append(Line("title", list(texts)))

    def blank(self) -> None:
        """Add an empty line."""
        self.lines.append(Line("blank", []))

    def header(self) -> None:
        """Add the header: one line, or two with merged upper cells where headers read 'upper / lower'."""
        parts = [column.header.split(" / ") for column in self.columns]
        if all(len(part) == 2 for part in parts):
            upper = [part[0] for part in parts]
            first = [text if place == 0 or upper[place - 1] != text else None for place, text in enumerate(upper)]
            self.lines.append(Line("header", list(first)))
            self._merge(upper, len(self.lines))
            self.lines.append(Line("header", [part[1] for part in parts]))
        else:
            self.lines.append(Line("header", [column.header for column in self.columns]))

    def _merge(self, upper: Sequence[str], row: int) -> None:
        start = 0
        for place in range(1, len(upper) + 1):
            if place == len(upper) or upper[place] != upper[start]:
                if place - start > 1:
                    self.merged.append(Span(row, start + 1, row, place))
                start = place

    def records(self, frame: pd.DataFrame) -> None:
        """Add one line for each row. The frame has `participant`, `job` and the keys of the columns."""
        keys = zip(frame["participant"], frame["job"], strict=True)
        rows = zip(*(frame[column.key] for column in self.columns), strict=True)
        for (person, job), values in zip(keys, rows, strict=True):
            cells = [entered(v, column, len(self.lines)) for v, column in zip(values, self.columns, strict=True)]
            self.lines.append(Line("kept", cells, (str(person), int(job))))

    def total(self, word: str, *more: Cell) -> None:
        """Add a total line: the word, then numbers."""
        self.lines.append(Line("total", [word, *more]))

    def place(self, header: str) -> int:
        """Give the number of a column, from 0."""
        return [column.header for column in self.columns].index(header)

    def kept(self) -> Iterable[tuple[int, Line]]:
        """Give the number (from 1) and the line of every record that is kept so far."""
        return [(number, line) for number, line in enumerate(self.lines, 1) if line.kind == "kept"]

    def grid(self) -> GridSheet:
        """Give the finished sheet."""
        return GridSheet(
            self.name,
            tuple(tuple(line.cells) for line in self.lines),
            self.hidden,
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            tuple(self.merged),
        )

    def accounting(self) -> dict[str, int | str]:
        """Count the lines by kind, as a correct reader must."""
        kinds = [line.kind for line in self.lines]
        counts = {kind: kinds.count(kind) for kind in ("title", "header", "blank", "total")}
        fates = {kind: kinds.count(kind) for kind in ("kept", "merged", "quarantined")}
        return {
            "file": self.file,
            "sheet": self.name,
            "status": "read",
            "lines": len(kinds),
            **counts,
            "rows": sum(fates.values()),
            **fates,
        }
