"""Site layouts: how one provider's columns, codes and dates become ours. A person can read, review and email one."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from evaltools.schema.deliveries import Deliveries
from evaltools.schema.linkage import LinkField

__all__ = ["NOTATIONS", "Column", "Layout", "Repeat", "SheetLayout", "Weeks"]

NOTATIONS: dict[str, str] = {
    "typed": "a cell that the workbook itself holds as a date",
    "dd/mm/yyyy": "03/04/2021 is 3 April 2021; also with one-digit day or month",
    "dd/mm/yy": "03/04/21 is 3 April 2021",
    "mm/dd/yyyy": "04/03/2021 is 3 April 2021",
    "dd-mm-yyyy": "03-04-2021",
    "dd.mm.yyyy": "03.04.2021",
    "dd.mm.yy": "03.04.21 is 3 April 2021",
    "yyyy-mm-dd": "2021-04-03, also with a time of day after it",
    "d mmm yyyy": "3 Apr 2021 or 3 April 2021; spaces or hyphens",
    "d mmm yy": "3 Apr 21 or 03-Apr-21",
    "serial 1900": "44289, days counted by Excel from 1900",
    "serial 1904": "42827, days counted by a workbook with the 1904 date system",
}

Notation = Literal[
    "typed",
    "dd/mm/yyyy",
    "dd/mm/yy",
    "mm/dd/yyyy",
    "dd-mm-yyyy",
    "dd.mm.yyyy",
    "dd.mm.yy",
    "yyyy-mm-dd",
    "d mmm yyyy",
    "d mmm yy",
    "serial 1900",
    "serial 1904",
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Strict):
    """Where one column goes. field: `table.field`. codes: the provider's codes and ours. dates: declared notations."""

    field: str = Field(pattern=r"^[a-z_]+\.[a-z_]+$")
    codes: dict[str, str] = {}
    dates: tuple[Notation, ...] = ()
    optional: bool = False  # a file without this column is accepted


class Repeat(_Strict):
    """Columns of a wide sheet that become rows: 'Job {n} start', for n = 1 to `times`."""

    table: str
    times: int = Field(ge=1, le=50)
    columns: dict[str, Column]  # header with {n} -> column


class Weeks(_Strict):
    """One column a week ('emp1' to 'emp52') that becomes job spells: consecutive weeks in work are one job.

    Week w is the seven days from day_0 + 7(w - 1) + 1 to day_0 + 7w. A job starts on the first day of its first week, and
    its last day is the last day of its last week. `observed_through` names the column that holds the last week observed;
    the person is known until the day after it, and a person for whom `exit_when` holds left on that week's last day.
    """

    columns: str
    weeks: int = Field(ge=1)
    day_0: date
    in_work: tuple[str, ...]
    observed_through: str
    exit_when: dict[str, str] = {}
    exit_reason: str = "other"


class SheetLayout(_Strict):
    """One sheet, or several alike. header_row: row number in the sheet, from 1; with two header rows, the first of them."""

    sheet: str = "*"  # a name, or * for every sheet (and for a text file)
    header_row: int = Field(default=1, ge=1, le=30)
    header_rows: int = Field(
        default=1, ge=1, le=2
    )  # two rows are joined as 'upper / lower', the upper one filled to the right
    columns: dict[str, Column] = {}
    repeats: tuple[Repeat, ...] = ()
    weeks: Weeks | None = None
    constants: dict[str, str] = {}  # `table.field` -> value (a code, an ISO date or text), for what the file does not hold
    ignore: tuple[str, ...] = ()  # headers that are known and not read; free text belongs here
    link: dict[str, LinkField] = {}  # header -> what it serves to link people by; hashed at once, then not read any further
    link_dates: tuple[Notation, ...] = ("dd/mm/yyyy", "yyyy-mm-dd", "typed")  # notations of the birth date
    total_words: tuple[str, ...] = (
        "Total",
        "Totals",
        "Subtotal",
        "Sub-total",
        "Grand total",
    )  # first cell of a total line


class Layout(_Strict):
    """One provider's files: names or patterns in raw/. site: our id, or empty where a column maps to `<table>.site_id`."""

    site: str = ""
    files: tuple[str, ...]
    sheets: tuple[SheetLayout, ...]
    ignore_sheets: tuple[str, ...] = ()
    encoding: str = ""  # only where a text file is neither UTF-8, UTF-16 with a mark, nor cp1252
    delimiter: str = ""  # only where it cannot be told
    deliveries: Deliveries | None = None  # the files are successive deliveries of one return

    @field_validator("delimiter")
    @classmethod
    def _one_character(cls, delimiter: str) -> str:
        if len(delimiter) > 1 or delimiter in {'"', "\n", "\r", "\0"}:
            raise ValueError("a delimiter is one character, such as ',' or ';'")
        return delimiter

    @field_validator("encoding")
    @classmethod
    def _known(cls, encoding: str) -> str:
        try:
            "a".encode(encoding or "utf-8")
        except (LookupError, ValueError):
            raise ValueError(f"there is no encoding '{encoding}'; 'utf-8', 'cp1252' and 'utf-16' are usual") from None
        return encoding
