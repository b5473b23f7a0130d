"""Ask about headers that no layout knows and columns that have vanished: renamed, new, or gone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from evaltools.clean.ask_questions import COLUMN, HEADER, Question, question_id
from evaltools.clean.changed_headers import changed_headers
from evaltools.clean.name_columns import header_key
from evaltools.clean.place_columns import wanted_columns
from evaltools.clean.sheet import cell_name
from evaltools.schema.layout import Layout, SheetLayout

__all__ = ["GONE", "IGNORE", "NEW_COLUMN", "RENAMED", "Headers", "ask_columns"]

RENAMED = "renamed: "
IGNORE = "of no use: ignore it"
NEW_COLUMN = "a new column: the layout must grow"
GONE = "gone: a file may lack it"


@dataclass(frozen=True)
class Headers:
    """The headers of one sheet, by position, and the layouts that read it."""

    file: str
    sheet: str
    names: tuple[str, ...]
    layout: Layout
    sheets: tuple[SheetLayout, ...]


def ask_columns(headers: Sequence[Headers], key: bytes) -> list[Question]:
    """Ask one question for each unknown header, and one for each vanished column of a sheet that has an unknown header.

    A column that may be missing is asked about only where an unknown header could be its new name; a required one always.
    """
    questions: dict[str, Question] = {}
    for one in headers:
        for question in _of_sheet(one, key):
            questions.setdefault(question.id, question)
    return list(questions.values())


def _of_sheet(one: Headers, key: bytes) -> Iterator[Question]:
    wanted = {header_key(item.header): item for sheet in one.sheets for item in wanted_columns(sheet)}
    ignored = [header_key(header) for sheet in one.sheets for header in sheet.ignore]
    found = {header_key(name): (position, name) for position, name in enumerate(one.names) if name}
    strange = {
        place: held
        for place, held in found.items()
        if place not in wanted and not any(fnmatchcase(place, pattern) for pattern in ignored)
    }
    missing = [item for place, item in wanted.items() if place not in found and item.column is not None]
    vanished = [item for item in missing if item.required or strange]
    scope = one.layout.site or "|".join(one.layout.files)
    row = one.sheets[0].header_row + one.sheets[0].header_rows - 1
    likely = {one.header: one.likely for one in changed_headers(one.sheets, one.names)}
    for position, name in strange.values():
        about = json.dumps([scope, one.sheets[0].sheet, name])
        yield Question(
            question_id(key, HEADER, [about]),
            HEADER,
            one.layout.site,
            one.file,
            one.sheet,
            cell_name(position, row),
            f"The layout does not know the column '{name}'. {_perhaps('It may be', likely.get(name, ''))}"
            "Has a known column been renamed, is it new, or of no use?",
            (*_first(likely.get(name, ""), [item.header for item in missing]), NEW_COLUMN, IGNORE),
            about,
        )
    for item in vanished:
        about = json.dumps([scope, one.sheets[0].sheet, item.header])
        yield Question(
            question_id(key, COLUMN, [about]),
            COLUMN,
            one.layout.site,
            one.file,
            one.sheet,
            "",
            f"The column '{item.header}' is missing. {_perhaps('It may now be', likely.get(item.header, ''))}"
            "Has it been renamed, or is it gone?",
            (*_first(likely.get(item.header, ""), [name for _, name in strange.values()]), GONE),
            about,
        )


def _perhaps(said: str, likely: str) -> str:
    return f"{said} '{likely}'. " if likely else ""


def _first(likely: str, headers: Sequence[str]) -> list[str]:
    """Offer the probable partner first, and the others in their order."""
    return [f"{RENAMED}{header}" for header in sorted(headers, key=lambda header: header != likely)]
