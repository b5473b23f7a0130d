"""A million dates, written by hand-written formatting: none is read silently wrong, and none that two notations read apart.

The truth of a cell is the day that it was written from. Whether it can be decided follows from the numbers in it alone.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evaltools.clean.clean_column import Rules, clean_column
from evaltools.clean.issues import Spot
from evaltools.clean.join_entries import join_entries
from evaltools.clean.pseudonymise import hasher
from evaltools.domain.harmonised import QUARANTINE
from evaltools.schema.layout import Column
from evaltools.schema.read import read_schema

MONTHS = ["January", "February", "March", "April", "May", "June"]
MONTHS += ["July", "August", "September", "October", "November", "December"]
Write = Callable[[date, int], str | datetime]  # a day, and a number that chooses among the ways to write it


def _slashed(day: date, way: int) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}" if way % 2 else f"{day.day}/{day.month}/{day.year}"


def _american(day: date, way: int) -> str:
    return f"{day.month:02d}/{day.day:02d}/{day.year}" if way % 2 else f"{day.month}/{day.day}/{day.year}"


def _named(day: date, way: int) -> str:
    name = MONTHS[day.month - 1]
    return (
        f"{day.day} {name} {day.year}",
        f"{day.day:02d}-{name[:3]}-{day.year}",
        f"{day.day} {name[:3].upper()} {day.year}",
    )[way % 3]


def _short_named(day: date, way: int) -> str:
    between = "-" if way % 2 else " "
    return between.join((f"{day.day:02d}", MONTHS[day.month - 1][:3], f"{day.year % 100:02d}"))


def _timed(day: date, way: int) -> str:
    return day.isoformat() + ("T09:30:00", " 00:00:00", " 23:59")[way % 3]


WRITERS: dict[str, tuple[str, Write]] = {  # twelve ways to write a day: the notation of each, and how
    "slashed": ("dd/mm/yyyy", _slashed),
    "slashed short": ("dd/mm/yy", lambda day, way: f"{day.day}/{day.month}/{day.year % 100:02d}"),
    "american": ("mm/dd/yyyy", _american),
    "dashed": ("dd-mm-yyyy", lambda day, way: f"{day.day:02d}-{day.month:02d}-{day.year}"),
    "dotted": ("dd.mm.yyyy", lambda day, way: f"{day.day}.{day.month}.{day.year}"),
    "iso": ("yyyy-mm-dd", lambda day, way: f"{day.year}-{day.month:02d}-{day.day:02d}"),
    "iso with time": ("yyyy-mm-dd", _timed),
    "named": ("d mmm yyyy", _named),
    "named short": ("d mmm yy", _short_named),
    "serial 1900": ("serial 1900", lambda day, way: str((day - date(1899, 12, 30)).days) + (".5" if way % 4 == 0 else "")),
    "serial 1904": ("serial 1904", lambda day, way: str((day - date(1904, 1, 1)).days)),
    "typed": ("typed", lambda day, way: datetime(day.year, day.month, day.day, 9 if way % 5 == 0 else 0)),
}
COLUMNS = [  # what stands in a column; the layout declares just these notations
    ("slashed",),
    ("american",),
    ("slashed short", "iso"),
    ("slashed", "iso", "typed"),
    ("slashed", "american"),
    ("slashed", "american", "serial 1900", "typed"),
    ("serial 1900", "slashed", "named"),
    ("serial 1904", "iso with time", "typed"),
    ("serial 1900", "serial 1904"),
    ("named", "named short", "dashed", "dotted"),
    ("american", "dashed", "named short", "typed"),
    ("iso", "iso with time", "dotted", "slashed short"),
]
NO_DAYS = ("31/02/2020", "29/02/2023", "2021-13-01", "00/00/0000", "soon", "Apr-21", "April", "2021", "31 Apr 2021", "-1")


@dataclass(frozen=True)
class Counts:
    """cells, and of them: decidable, read, wrong (silently), undecidable, and those set aside with both readings."""

    cells: int
    decidable: int
    read: int
    wrong: int
    undecidable: int
    both_told: int
    pandas_wrong: int


def _other_reading(day: date, notation: str, declared: set[str]) -> date | None:
    """Give the other day that a cell may mean, by its numbers alone."""
    if {"dd/mm/yyyy", "mm/dd/yyyy"} <= declared and notation in ("dd/mm/yyyy", "mm/dd/yyyy"):
        return date(day.year, day.day, day.month) if day.day <= 12 and day.day != day.month else None
    if {"serial 1900", "serial 1904"} <= declared and notation.startswith("serial"):
        return day + timedelta(days=1462 if notation == "serial 1900" else -1462)
    return None


def _made_up(names: tuple[str, ...], cells: int, random: np.random.Generator) -> Iterator[tuple[str | datetime, date, str]]:
    """Give cells, the day that each means and its notation; one in fifty is no day, and one in fifty is blank."""
    first = date(1960, 1, 1)
    days, ways, kinds, odd = (random.integers(0, high, cells).tolist() for high in (24_000, 60, len(names), 100))
    for offset, way, kind, luck in zip(days, ways, kinds, odd, strict=True):
        notation, write = WRITERS[names[kind]]
        day = first + timedelta(days=offset)
        if luck < 2:
            yield NO_DAYS[way % len(NO_DAYS)], date.min, ""
        elif luck < 4:
            yield "", date.min, ""
        else:
            yield write(day, way), day, notation


def _count(cells: int, rules: Rules) -> Counts:
    totals = np.zeros(7, dtype=np.int64)
    for number, names in enumerate(COLUMNS):
        made = list(_made_up(names, cells // len(COLUMNS) + 1, np.random.default_rng([7, number])))
        declared = tuple(dict.fromkeys(WRITERS[name][0] for name in names))
        totals += _judged(made, declared, rules)
    return Counts(*totals.tolist())


def _judged(made: list[tuple[str | datetime, date, str]], declared: tuple[str, ...], rules: Rules) -> np.ndarray:
    entries = np.empty(len(made), dtype=object)
    entries[:] = [cell for cell, _, _ in made]
    rows = pd.RangeIndex(2, len(made) + 2)
    spot = Spot("camden", "a.csv", "", 3, "Referred", "enrolments", "referral_date")
    column = Column(field="enrolments.referral_date", dates=declared)  # type: ignore[arg-type]
    done = clean_column(pd.Series(entries, index=rows, dtype=object), spot, column, rules)
    found = [None if pd.isna(value) else value.date() for value in done.values.series()]
    why = join_entries(done.issues.quarantine, QUARANTINE).set_index("row")[["code", "why"]]
    reasons = dict(zip(why.index, zip(why["code"], why["why"], strict=True), strict=True))
    totals = dict.fromkeys(Counts.__dataclass_fields__, 0)
    for row, ((_, day, notation), value) in enumerate(zip(made, found, strict=True), 2):
        other = _other_reading(day, notation, set(declared)) if notation else None
        totals["cells"] += 1
        totals["decidable"] += bool(notation) and other is None
        totals["read"] += value is not None and value == day
        totals["wrong"] += value is not None and (value != day or other is not None)
        totals["undecidable"] += other is not None
        code, reason = reasons.get(row, ("", ""))
        told = other is not None and day.isoformat() in reason and other.isoformat() in reason
        totals["both_told"] += told and code == "D103"
    totals["pandas_wrong"] = _pandas_wrong(entries, [day if notation else None for _, day, notation in made])
    return np.array(list(totals.values()))


def _pandas_wrong(entries: np.ndarray, days: list[date | None]) -> int:
    """Count the cells that pandas' coercion reads silently as another day, or as a day where there is none."""
    texts = pd.Series([str(cell) for cell in entries])
    distinct = texts.drop_duplicates()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read = pd.to_datetime(distinct, format="mixed", dayfirst=True, errors="coerce", utc=True).dt.tz_localize(None)
    found = texts.map(dict(zip(distinct, read.dt.normalize(), strict=True)))
    truth = pd.Series([pd.NaT if day is None else pd.Timestamp(day) for day in days], dtype="datetime64[ns]")
    return int((found.notna() & (found.astype("datetime64[ns]") != truth)).sum())


@pytest.fixture(scope="module")
def rules() -> Rules:
    return Rules(read_schema(Path(__file__).parents[2] / "data_schema"), date(2030, 12, 31), hasher(b"key"), "camden", {})


def _check(counts: Counts, cells: int) -> None:
    print(f"\n{counts}; pandas' coercion is silently wrong in {counts.pandas_wrong / counts.cells:.1%}")
    assert len(WRITERS) == 12
    assert counts.cells >= cells
    assert counts.wrong == 0
    assert counts.read >= 0.95 * counts.decidable
    assert counts.both_told == counts.undecidable > cells / 20
    assert counts.pandas_wrong > counts.cells / 20


def test_twenty_thousand_dates(rules: Rules) -> None:
    _check(_count(20_000, rules), 20_000)


@pytest.mark.slow
def test_a_million_dates(rules: Rules) -> None:
    _check(_count(1_000_000, rules), 1_000_000)
