"""A provider's file with its known truth: the bytes, the layout that reads it, and what each cell must become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

CUT = "2024-12-31"
SITE = "camden"
HEADER = ("Client ID", "Sex", "Age", "Referred", "Job 1 start", "Job 1 end", "Job 1 hours")


@dataclass(frozen=True, repr=False)
class Case:
    """One file and its truth, written by hand.

    file: its name as sent. holds: the nastinesses in it, by the words of NASTINESS. layout: of the file, as its YAML says.
    people: a line each 'id | sex | age | referred'; jobs: 'id | number | start | end | hours'; '-' is unknown, # a comment.
    said: cells named by each finding's code (every code must be here). refused: words of the reason, for a file that
    cannot be read. lines: of each sheet read, 'title header blank total rows kept merged quarantined'.
    stopped: words of the error that stops the run.
    """

    name: str
    file: str
    content: bytes
    holds: Sequence[str]
    layout: Mapping[str, Any]
    people: str = ""
    jobs: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    refused: str = ""
    stopped: str = ""
    note: str = ""

    def __repr__(self) -> str:
        return f"<{self.name}>"


NASTINESS = (
    "utf-8 mark",
    "utf-16",
    "utf-16 without mark",
    "cp1252",
    "mixed encodings",
    "semicolon",
    "tab",
    "bar",
    "preamble",
    "header far down",
    "two-row header",
    "merged header",
    "several sheets",
    "wide jobs",
    "hidden row",
    "hidden column",
    "hidden sheet",
    "total line",
    "blank line",
    "1904",
    "text date",
    "serial",
    "no such day",
    "two readings",
    "leading zeros",
    "#N/A",
    "#REF!",
    "newer error",
    "trailing space",
    "no-break space",
    "zero-width",
    "smart quotes",
    "number as text",
    "password",
    "truncated",
    "mislabelled",
    "far cell",
    "formatted far",
    "zip bomb",
    "stray quotation mark",
    "line break in cell",
    "other line ends",
    "formula",
    "short line",
    "long line",
    "not a table",
    "xls",
    "xlsb",
    "ods",
    "tsv",
)
"""Every nastiness stands in at least two files, alone or with others."""


def layout(
    dates: Sequence[str] = ("dd/mm/yyyy", "typed"), times: int = 1, files: Sequence[str] = ("*",), **changes: Any
) -> dict[str, Any]:
    """The layout of the usual sheet. changes: of its sheet layout ('columns' are added to), or encoding and the like."""
    top = {key: changes.pop(key) for key in ("encoding", "delimiter", "ignore_sheets") if key in changes}
    columns = {
        "Client ID": {"field": "participants.participant_id"},
        "Sex": {"field": "participants.sex"},
        "Age": {"field": "participants.age_at_referral"},
        "Referred": {"field": "enrolments.referral_date", "dates": list(dates)},
    } | changes.pop("columns", {})
    jobs = {
        "Job {n} start": {"field": "jobs.start_date", "dates": list(dates)},
        "Job {n} end": {"field": "jobs.end_date", "dates": list(dates)},
        "Job {n} hours": {"field": "jobs.hours_per_week"},
    }
    repeats = [{"table": "jobs", "times": times, "columns": jobs}] if times else []
    sheet = {"columns": {name: held for name, held in columns.items() if held}, "repeats": repeats} | changes
    return {"site": SITE, "files": list(files), "sheets": [sheet]} | top


def rows_of(text: str) -> list[tuple[str, ...]]:
    """The rows of a table written by hand: cells between bars, '-' for unknown, and nothing after a #."""
    held = [line.partition("#")[0].strip() for line in text.strip().splitlines()]
    return [tuple("" if cell.strip() == "-" else cell.strip() for cell in line.split("|")) for line in held if line]
