"""A table of words: caption, column headers and row headers marked for those who listen to it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evaltools.domain.reliance import GREYED
from evaltools.report.html import Html, element, join, paragraphs

__all__ = ["Table", "number", "numbered"]


def number(kind: str, name: str) -> Html:
    """Return the place where the number of a figure or table goes when the page is composed."""
    return element("span", kind, data_number=f"{kind.lower()}:{name}")


_LONG = 14  # rows of a table that may go over to another printed page
_FEW_COLUMNS = 5  # of words, that a narrow screen can show beside each other


@dataclass(frozen=True)
class Table:
    """A plain table. The first cell of a row is its header; columns in `text` hold words and are set left.

    A row of one cell is a heading of the rows that follow.

    A cell may have several lines. One that says it is not to be relied on is shown grey.

    total: the last row is the whole, set apart. note: sentences under the table. tones: class of a cell by its first line,
    for a shade beside the words.
    """

    name: str
    caption: str
    header: tuple[str, ...]
    body: tuple[tuple[str, ...], ...]
    note: str = ""
    total: bool = False
    text: frozenset[int] = frozenset({0})
    tones: Mapping[str, str] = field(default_factory=dict)

    @property
    def csv(self) -> str:
        """The cells, comma separated."""
        target = io.StringIO()
        csv.writer(target, lineterminator="\n").writerows(
            [[cell.replace("\n", "; ") for cell in cells] for cells in (self.header, *self.body)]
        )
        return target.getvalue()

    def _class(self, column: int) -> dict[str, str]:
        return {} if column in self.text else {"class_": "number"}

    def _cell(self, column: int, cell: str) -> dict[str, str]:
        names = [*self._class(column).values(), *(["unrelied"] if GREYED.rstrip(": ") in cell else [])]
        names += [self.tones[first]] if (first := cell.split("\n")[0]) in self.tones else []
        return {"class_": " ".join(names)} if names else {}

    def _row(self, cells: Sequence[str], last: bool) -> Html:
        if len(cells) == 1:
            heading = element("th", cells[0], scope="rowgroup", colspan=str(len(self.header)))
            return element("tr", heading, class_="group")
        first = element("th", *_lines(cells[0]), scope="row")
        others = [element("td", *_lines(cell), **self._cell(at, cell)) for at, cell in enumerate(cells[1:], start=1)]
        return element("tr", first, *others, **({"class_": "total"} if last and self.total else {}))

    def block(self, caption: Html | None = None) -> Html:
        """Return the table as HTML, in a region that can be scrolled by keyboard on a narrow screen."""
        names = [element("th", cell, scope="col", **self._class(at)) for at, cell in enumerate(self.header)]
        last = len(self.body) - 1
        few = len(self.header) <= _FEW_COLUMNS and self.text.issuperset(range(len(self.header)))
        words = {"class_": "words"} if few else {}
        grid = element(
            "table",
            element("caption", element("span", caption or self.caption), id=f"caption-{self.name}"),
            element("thead", element("tr", *names)),
            element("tbody", *(self._row(cells, at == last) for at, cells in enumerate(self.body))),
            **words,
        )
        region = {"class_": "scroll", "role": "region", "tabindex": "0", "aria_labelledby": f"caption-{self.name}"}
        note = element("div", paragraphs(self.note), class_="note") if self.note else None
        return join(element("div", grid, **region), note)


def _lines(cell: str) -> list[Html | str]:
    """Show the lines of a cell under each other; the first is the one to read."""
    first, *rest = cell.split("\n")
    return [first, *(element("span", line, class_="line") for line in rest)]


def numbered(table: Table) -> Html:
    """Return a table with its number: 'Table 1. Caption'."""
    caption = join(element("b", number("Table", table.name), "."), " ", table.caption)
    return element("div", table.block(caption), class_="table long" if len(table.body) > _LONG else "table")
