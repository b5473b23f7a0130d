"""Make up the files of many providers, each with its own date notations, codes, delimiter and encoding, from a seed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from evaltools.schema.layout import Layout

__all__ = ["DATE_FORMATS", "HEADERS", "Provider", "made_up_files", "provider"]

DATE_FORMATS: dict[str, str] = {  # our name of the notation, and Python's
    "dd/mm/yyyy": "%d/%m/%Y",
    "yyyy-mm-dd": "%Y-%m-%d",
    "dd.mm.yyyy": "%d.%m.%Y",
    "d mmm yyyy": "%d %b %Y",
    "mm/dd/yyyy": "%m/%d/%Y",
}
_SECOND = {name: other for name, other in zip(DATE_FORMATS, [*list(DATE_FORMATS)[1:], "dd.mm.yyyy"], strict=True)}
_ENCODINGS = ("utf-8", "cp1252", "utf-16", "utf-8-sig", "utf-8")
_YES_NO = (("Yes", "No"), ("Y", "N"), ("TRUE", "FALSE"), ("1", "0"), ("yes", "no"), ("true", "false"))
_DAYS = np.arange(np.datetime64("2018-01-01"), np.datetime64("2023-07-01"))
HEADERS: dict[str, str] = {  # of the widest file, and where each goes
    "Client ID": "participants.participant_id",
    "Sex": "participants.sex",
    "Ethnic group": "participants.ethnicity",
    "Client group": "participants.cohort",
    "Age at referral": "participants.age_at_referral",
    "Deprivation quintile": "participants.deprivation_quintile",
    "Employment specialist": "enrolments.specialist_id",
    "Referred by": "enrolments.referral_source",
    "Date of referral": "enrolments.referral_date",
    "First contact": "enrolments.first_contact_date",
    "Benefit": "enrolments.benefit_at_entry",
    "Date closed": "enrolments.discharge_date",
    "Reason closed": "enrolments.discharge_reason",
    "Job start": "jobs.start_date",
    "Job end": "jobs.end_date",
    "Hours a week": "jobs.hours_per_week",
    "Pay an hour": "jobs.wage_per_hour",
    "Competitive job": "jobs.competitive",
    "Months out of work": "enrolments.months_out_of_work",
    "Told employer": "jobs.disclosed",
}
_OPTIONAL = ("Told employer", "Months out of work", "Deprivation quintile", "Ethnic group", "Benefit", "Pay an hour")


@dataclass(frozen=True)
class Provider:
    """How one provider writes. headers: its columns, 14 to 20 of HEADERS. dates: its two notations, the usual one first."""

    number: int
    file: str
    headers: tuple[str, ...]
    dates: tuple[str, str]
    encoding: str
    delimiter: str
    yes: str
    no: str

    @property
    def site(self) -> str:
        """Give the site's id."""
        return f"site{self.number:02d}"

    def layout(self) -> Layout:
        """Give the layout that a person would write for this provider."""
        columns: dict[str, dict[str, Any]] = {}
        for header in self.headers:
            columns[header] = {"field": HEADERS[header]}
            if header.startswith("Date") or header in ("First contact", "Job start", "Job end"):
                columns[header]["dates"] = list(self.dates)
        sheet = {"columns": columns}
        parts = {"site": self.site, "files": [self.file], "sheets": [sheet]}
        return Layout.model_validate(parts | ({"encoding": self.encoding} if self.encoding == "utf-16" else {}))


def provider(number: int) -> Provider:
    """Give provider `number`; notations, encodings and codings go round in turn."""
    left_out = _OPTIONAL[: number % 7]
    first = list(DATE_FORMATS)[number % len(DATE_FORMATS)]
    second = "dd.mm.yyyy" if first == "mm/dd/yyyy" else _SECOND[first]
    return Provider(
        number,
        f"provider{number:02d}.csv",
        tuple(header for header in HEADERS if header not in left_out),
        (first, second),
        _ENCODINGS[number % len(_ENCODINGS)],
        ";" if number % 4 == 3 else ",",
        *_YES_NO[number % len(_YES_NO)],
    )


def made_up_files(folder: Path, files: int, rows: int, seed: int = 20261124) -> tuple[Provider, ...]:
    """Write `files` files of `rows` rows each into `folder`; the same seed gives the same bytes."""
    providers = tuple(provider(number) for number in range(files))
    for one in providers:
        columns = made_up_columns(one, rows, np.random.default_rng([seed, one.number]))
        lines = [one.delimiter.join(one.headers), *map(one.delimiter.join, zip(*columns, strict=True))]
        text = "\r\n".join(lines) + "\r\n"
        (folder / one.file).write_bytes(text.encode(one.encoding))
    return providers


def made_up_columns(one: Provider, rows: int, random: np.random.Generator) -> list[list[str]]:
    """Make the columns of a provider's file, as text, in the order of its headers.

    A row in fifty repeats another; one entry in a hundred has spaces around it, and a few are no entry of their kind.
    """
    referral = random.integers(0, len(_DAYS) - 400, rows)
    referral = np.where(random.random(rows) < 0.005, -1, referral)
    works = random.random(rows) < 0.35
    start = np.where(works & (referral >= 0), referral + random.integers(14, 300, rows), -1)
    closed = np.where((random.random(rows) < 0.6) & (referral >= 0), referral + 330, -1)
    made: dict[str, Callable[[], np.ndarray]] = {
        "Client ID": lambda: np.array([f"{one.number:02d}-{number:06d}" for number in random.permutation(rows)]),
        "Sex": lambda: _pick(random, rows, ["F", "M", "Female", "Male", "Not known", "Q"], [40, 38, 10, 10, 1.8, 0.2]),
        "Ethnic group": lambda: _pick(random, rows, ["White British", "Asian", "Black", "Mixed", ""], [60, 15, 15, 5, 5]),
        "Client group": lambda: _pick(random, rows, ["SMI", "CMD", "Addiction", "LD"], [40, 40, 12, 8]),
        "Age at referral": lambda: np.where(random.random(rows) < 0.01, "200", random.integers(18, 66, rows).astype(str)),
        "Deprivation quintile": lambda: random.integers(1, 6, rows).astype(str),
        "Employment specialist": lambda: _pick(random, rows, [f"Specialist {letter}é" for letter in "ABCDEFGHIJKL"]),
        "Referred by": lambda: _pick(random, rows, ["CMHT", "GP", "Self referral", "Charity"]),
        "Date of referral": lambda: _days(random, one, referral),
        "First contact": lambda: _days(random, one, np.where(referral >= 0, referral + random.integers(1, 30, rows), -1)),
        "Benefit": lambda: _pick(random, rows, ["UC", "ESA, support group", "JSA", ""], [50, 20, 10, 20]),
        "Date closed": lambda: _days(random, one, closed),
        "Reason closed": lambda: np.where(closed >= 0, _pick(random, rows, ["Completed", "DNA", "Moved"]), ""),
        "Job start": lambda: _days(random, one, start),
        "Job end": lambda: _days(random, one, np.where(random.random(rows) < 0.4, np.where(start >= 0, start + 60, -1), -1)),
        "Hours a week": lambda: np.where(start >= 0, random.integers(2, 41, rows).astype(str), ""),
        "Pay an hour": lambda: np.where(start >= 0, np.char.add("£", _pounds(random, rows)), ""),
        "Competitive job": lambda: np.where(start >= 0, _pick(random, rows, [one.yes, one.no], [80, 20]), ""),
        "Months out of work": lambda: random.integers(0, 120, rows).astype(str),
        "Told employer": lambda: np.where(start >= 0, _pick(random, rows, [one.yes, one.no]), ""),
    }
    columns = [made[header]() for header in HEADERS]  # all of them, so that a column left out changes no other
    held = [column.astype(object) for header, column in zip(HEADERS, columns, strict=True) if header in one.headers]
    copied = random.integers(1, rows, rows // 50)
    for position, column in enumerate(held):
        column[copied] = column[copied - 1]
        spaced = np.flatnonzero(random.random(rows) < 0.01)
        column[spaced] = [f" {entry} " for entry in column[spaced]]
        if one.headers[position] == "Benefit" and one.delimiter == ",":
            column[:] = [f'"{entry}"' if "," in entry else entry for entry in column]
    return [column.tolist() for column in held]


def _pick(random: np.random.Generator, rows: int, words: Sequence[str], weights: Sequence[float] = ()) -> np.ndarray:
    chances = np.array(weights or [1.0] * len(words))
    return np.array(words)[random.choice(len(words), rows, p=chances / chances.sum())]


def _pounds(random: np.random.Generator, rows: int) -> np.ndarray:
    return np.array([f"{pence / 100:.2f}" for pence in random.integers(900, 3000, rows)])


def _days(random: np.random.Generator, one: Provider, days: np.ndarray) -> np.ndarray:
    """Write days in the provider's first notation, a tenth in its second; a few are no day at all; -1 is no entry."""
    usual, other = (np.array([_written(name, day.item()) for day in _DAYS] + [""]) for name in one.dates)
    written = np.where(random.random(len(days)) < 0.1, other[days], usual[days])
    return np.where((random.random(len(days)) < 0.002) & (days >= 0), "31/02/2020", written)


def _written(notation: str, day: date) -> str:
    return day.strftime(DATE_FORMATS[notation])
