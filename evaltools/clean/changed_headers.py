"""Say which headers of a sheet have changed against its layout: renamed (to what, probably), new, or gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import Literal

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from evaltools.clean.cell_names import column_letters
from evaltools.clean.header_similarity import header_similarity
from evaltools.clean.map_targets import SHARED
from evaltools.clean.name_columns import header_key
from evaltools.clean.place_columns import Wanted, wanted_columns
from evaltools.schema.layout import SheetLayout

__all__ = ["QUESTIONS", "ChangedHeader", "changed_headers", "questions_about", "renamed_hint"]

QUESTIONS = ("kind", "file", "sheet", "where", "question", "options")
_SEPARATOR = " | "
_LIKELY = 0.5  # score from which a pair is proposed as a renaming
_SAME_FIELD = 0.85  # score of a pair whose new header is proposed for the old one's field


@dataclass(frozen=True)
class ChangedHeader:
    """One header that differs. kind: 'unseen' (the sheet has it, the layout does not) or 'vanished' (the other way round).

    likely: the header at the other end of a probable renaming, '' where none is near. score: of that pair, 0 to 1. field:
    what a vanished column fed, or what is proposed for an unseen one; may be ''. required: a file must have the column.
    """

    kind: Literal["unseen", "vanished"]
    header: str
    position: int = -1
    likely: str = ""
    score: float = 0.0
    field: str = ""
    required: bool = False


def changed_headers(
    layouts: Sequence[SheetLayout], names: Sequence[str], proposals: Mapping[str, str] = MappingProxyType({})
) -> tuple[ChangedHeader, ...]:
    """Give each unseen header and each vanished column of a sheet, with its probable partner.

    layouts: those that read the sheet. names: its headers by position. proposals: header -> `table.field`, as
    `propose_columns` proposes from the headers and the entries; a header that is proposed for the vanished column's field is
    its probable new name. Pairs are chosen so that each header has one partner at most (linear assignment).

    >>> layout = SheetLayout(columns={"Date referred": {"field": "enrolments.referral_date"}})
    >>> [(one.kind, one.header, one.likely) for one in changed_headers([layout], ["Referral date", "Shoes"])][:2]
    [('vanished', 'Date referred', 'Referral date'), ('unseen', 'Referral date', 'Date referred')]
    """
    wanted = {header_key(item.header): item for layout in layouts for item in wanted_columns(layout)}
    linked = {header_key(header) for layout in layouts for header in layout.link}
    ignored = [header_key(header) for layout in layouts for header in layout.ignore]
    found = {header_key(name): (position, name) for position, name in reversed(list(enumerate(names))) if name}
    unseen = [held for key, held in found.items() if key not in wanted and key not in linked and not _ignored(key, ignored)]
    vanished = [item for key, item in wanted.items() if key not in found]
    score = np.array([[_pair(item, name, proposals) for _, name in unseen] for item in vanished])
    score = score.reshape(len(vanished), len(unseen))
    rows, places = linear_sum_assignment(np.where(score >= _LIKELY, score, 0.0), maximize=True)
    pairs = {int(row): int(place) for row, place in zip(rows, places, strict=True) if score[row, place] >= _LIKELY}
    back = {place: row for row, place in pairs.items()}
    gone = [_vanished(item, row, pairs, unseen, score) for row, item in enumerate(vanished)]
    new = [
        ChangedHeader(
            "unseen",
            name,
            position,
            vanished[back[place]].header if place in back else "",
            float(score[back[place], place]) if place in back else 0.0,
            proposals.get(name, ""),
        )
        for place, (position, name) in enumerate(unseen)
    ]
    return (*gone, *sorted(new, key=lambda one: one.position))


def _ignored(key: str, ignored: Sequence[str]) -> bool:
    return any(fnmatchcase(key, pattern) for pattern in ignored)


def _vanished(
    item: Wanted, row: int, pairs: Mapping[int, int], unseen: Sequence[tuple[int, str]], score: np.ndarray
) -> ChangedHeader:
    likely = unseen[pairs[row]][1] if row in pairs else ""
    near = float(score[row, pairs[row]]) if row in pairs else 0.0
    field = item.column.field if item.column else ""
    return ChangedHeader("vanished", item.header, -1, likely, near, field, item.required)


def _pair(item: Wanted, name: str, proposals: Mapping[str, str]) -> float:
    near = header_similarity(name, item.header, {"date": 0.5, "of": 0.1, "the": 0.1})
    proposed = proposals.get(name, "")
    if not proposed or item.column is None:
        return near
    field, name = item.column.field, proposed.rpartition(".")[2]
    same = proposed == field or (name in SHARED and name == field.rpartition(".")[2])
    return max(near, _SAME_FIELD) if same else near * 0.8


def renamed_hint(header: str, found: Sequence[str], known: Sequence[str] = ()) -> str:
    """Say to what a missing header was perhaps renamed, for a message; '' where nothing is near.

    found: the sheet's headers. known: those that the layout knows, and that are therefore no new name.

    >>> renamed_hint("Date referred", ["Referral date", "Sex"], ["Sex"])
    "perhaps renamed to 'Referral date'? "
    """
    taken = {header_key(name) for name in known}
    near = {name: header_similarity(name, header, {"date": 0.5}) for name in found if name and header_key(name) not in taken}
    best = max(near, key=lambda name: near[name], default="")
    return f"perhaps renamed to '{best}'? " if best and near[best] >= _LIKELY else ""


def questions_about(changed: Sequence[ChangedHeader], file: str, sheet: str) -> pd.DataFrame:
    """Put the three-way question for each changed header: columns QUESTIONS; options joined by ' | ', the likeliest first.

    A vanished column that a file may lack is asked about only where a new header could be its new name.
    """
    asked = [one for one in changed if one.kind == "unseen" or one.required or one.likely]
    new = [one.header for one in changed if one.kind == "unseen"]
    gone = [one.header for one in changed if one.kind == "vanished"]
    rows = [_question(one, gone if one.kind == "unseen" else new) | {"file": file, "sheet": sheet} for one in asked]
    return pd.DataFrame(rows, columns=list(QUESTIONS)).astype("string")


def _question(one: ChangedHeader, others: Sequence[str]) -> dict[str, str]:
    renamed = [f"renamed: {name}" for name in sorted(others, key=lambda name: name != one.likely)]
    if one.kind == "vanished":
        likely = f" Perhaps it is now called '{one.likely}'." if one.likely else ""
        asked = f"The column '{one.header}' is missing.{likely} Has it been renamed, or is it gone?"
        return {"kind": "missing column", "where": "", "question": asked, "options": _SEPARATOR.join([*renamed, "gone"])}
    likely = f" Perhaps it is the new name of '{one.likely}'." if one.likely else ""
    field = f" It looks like {one.field}." if one.field else ""
    asked = f"The layout does not know the column '{one.header}'.{likely}{field} Renamed, new, or of no use?"
    options = [*renamed, "new", "ignore"]
    return {
        "kind": "new header",
        "where": f"column {column_letters(one.position)}",
        "question": asked,
        "options": _SEPARATOR.join(options),
    }
