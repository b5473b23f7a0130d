"""The ways in which a sheet is spoilt on purpose. Each is counted in the journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evaltools.synthetic.journal import Journal
from evaltools.synthetic.provider_sheet import Line, ProviderSheet
from evaltools.synthetic.workbook_grid import Cell

__all__ = ["Spoiler", "contradict", "forget_id", "hide", "repeat_lines"]

Fits = Callable[[Line], bool]


def _anyone(line: Line) -> bool:
    return True


def _spread(found: list[tuple[int, Line]], n: int, what: str) -> list[tuple[int, Line]]:
    if len(found) < n:
        raise AssertionError(f"only {len(found)} lines can carry '{what}', {n} are wanted")
    return [found[len(found) * (2 * turn + 1) // (2 * n)] for turn in range(n)]


@dataclass(frozen=True)
class Spoiler:
    """Spoils cells of one sheet and notes them."""

    sheet: ProviderSheet
    journal: Journal

    def cells(self, kind: str, header: str, n: int, become: Callable[[Cell], Cell], fits: Fits = _anyone) -> list[Line]:
        """Change n filled cells of a column, evenly spread, without changing what a correct reader finds in them.

        Parameters
        ----------
        kind
            The nastiness; empty where it is counted from the finished sheet.
        header
            The column.
        n
            How many cells.
        become
            From what stood in the cell to what stands in it now.
        fits
            Which lines may be chosen.

        Returns
        -------
        list of Line
            The lines chosen.
        """
        place = self.sheet.place(header)
        free = [
            (number, line)
            for number, line in self.sheet.kept()
            if line.cells[place] is not None and place not in line.touched and fits(line)
        ]
        chosen = [line for _, line in _spread(free, n, kind)]
        for line in chosen:
            line.cells[place] = become(line.cells[place])
            line.touched.add(place)
        self.journal.note(kind, self.sheet.file, self.sheet.name, n if kind else 0)
        return chosen

    def lost(self, kind: str, header: str, n: int, become: Callable[[Cell], Cell], fits: Fits = _anyone) -> None:
        """Change n cells into something from which the value cannot be known; the record itself is kept."""
        field_name = self.sheet.columns[self.sheet.place(header)].field
        number = self.sheet.columns[self.sheet.place(header)].number
        for line in self.cells(kind, header, n, become, fits):
            if field_name:
                self.journal.change(field_name, (line.key[0], number or line.key[1]))

    def refused(self, kind: str, header: str, n: int, become: Callable[[Cell], Cell], fits: Fits = _anyone) -> None:
        """Change n cells of a required column into something unreadable: the records are set aside."""
        table = self.sheet.columns[self.sheet.place(header)].field.split(".")[0]
        for line in self.cells(kind, header, n, become, fits):
            line.kind = "quarantined"
            self.journal.lose("jobs" if table == "jobs" else "participants", line.key)


def repeat_lines(sheet: ProviderSheet, journal: Journal, n: int, source: ProviderSheet | None = None) -> None:
    """Add exact copies of n records: of this sheet, or of an earlier one."""
    clean = [(number, line) for number, line in (source or sheet).kept() if not line.touched]
    for _, line in _spread(clean, n, "exact duplicate row"):
        line.touched |= set(range(len(line.cells)))
        sheet.lines.append(Line("merged", list(line.cells), line.key, set(range(len(line.cells)))))
    journal.note("exact duplicate row", sheet.file, sheet.name, n)


def contradict(sheet: ProviderSheet, journal: Journal, header: str, n: int, fits: Fits) -> None:
    """Add n records of the same person and referral date that differ in one column: nobody can say which is right."""
    place = sheet.place(header)
    words = sorted({str(line.cells[place]) for _, line in sheet.kept() if line.cells[place] is not None})
    clean = [(number, line) for number, line in sheet.kept() if not line.touched and line.cells[place] is not None]
    for _, line in _spread([item for item in clean if fits(item[1])], n, "conflicting duplicate row"):
        other = next(word for word in words if word[:1] != str(line.cells[place])[:1])
        everything = set(range(len(line.cells)))
        copy = [*line.cells[:place], other, *line.cells[place + 1 :]]
        sheet.lines.append(Line("quarantined", list(copy), line.key, everything))
        line.kind = "quarantined"
        line.touched |= everything
        journal.lose("participants", line.key)
    journal.note("conflicting duplicate row", sheet.file, sheet.name, n)


def forget_id(sheet: ProviderSheet, journal: Journal, header: str, n: int, fits: Fits) -> None:
    """Leave the identifier of n records empty: they are set aside."""
    place = sheet.place(header)
    clean = [(number, line) for number, line in sheet.kept() if not line.touched and fits(line)]
    for _, line in _spread(clean, n, "missing id"):
        line.cells[place] = None
        line.kind = "quarantined"
        line.touched |= set(range(len(line.cells)))
        journal.lose("participants", line.key)
    journal.note("missing id", sheet.file, sheet.name, n)


def hide(sheet: ProviderSheet, journal: Journal, rows: int = 0, columns: tuple[str, ...] = ()) -> None:
    """Hide some records and some columns, as a filter left on would."""
    for number, _ in _spread(list(sheet.kept()), rows, "hidden row") if rows else []:
        sheet.hidden_rows.add(number)
    sheet.hidden_columns |= {sheet.place(header) + 1 for header in columns}
    journal.note("hidden row", sheet.file, sheet.name, rows)
    journal.note("hidden column", sheet.file, sheet.name, len(columns))
