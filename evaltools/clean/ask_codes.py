"""Ask what an unseen entry means: another word for a known code, a new code, or nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

import pandas as pd

from evaltools.clean.ask_questions import CODE, Question, question_id
from evaltools.clean.named_elsewhere import TAKEN_OUT
from evaltools.clean.place_columns import wanted_columns
from evaltools.clean.tidy_text import tidy
from evaltools.schema.layout import Layout
from evaltools.schema.table import Codelist, Schema

__all__ = ["LEAVE", "NEW_CODE", "NOTHING", "ask_codes", "chosen_code"]

NOTHING = "it says nothing (unknown)"
NEW_CODE = "a new code (the codelist must grow)"
LEAVE = "the provider must correct it"
_RULE = "code"


def chosen_code(decision: str) -> str:
    """Give the code that an option stands for; '' for unknown.

    >>> chosen_code("female: Female"), chosen_code(NOTHING)
    ('female', '')
    """
    return "" if decision == NOTHING else decision.partition(": ")[0]


def _listed(codelist: Codelist) -> tuple[str, ...]:
    labels = {code: label.replace("|", "/") for code, label in codelist.labels.items() if code != "unknown"}
    return tuple(f"{code}: {label}" for code, label in labels.items())


def ask_codes(ledger: pd.DataFrame, layouts: Sequence[Layout], schema: Schema, key: bytes) -> list[Question]:
    """Ask one question for each site, field and entry that became unknown because nothing knows it.

    ledger: columns of `domain.harmonised.LEDGER`. The three-way question: renamed (which code?), new, or gone (nothing)?
    """
    questions: dict[str, Question] = {}
    coded = ledger[(ledger["rule"] == _RULE) & ledger["new"].isin(["", "unknown"])]
    for row in coded.drop_duplicates(["file", "sheet", "table", "field", "raw"]).to_dict("records"):
        field = schema.tables[row["table"]].fields.get(row["field"]) if row["table"] in schema.tables else None
        layout = next((one for one in layouts if _names(one, row["file"])), None)
        if field is None or layout is None or not field.codelist:
            continue
        entry = tidy(row["raw"])
        codelist = schema.codelists[field.codelist]
        if entry not in ("", TAKEN_OUT) and not _known(entry, codelist, layout, f"{row['table']}.{row['field']}"):
            about = json.dumps([layout.site or "|".join(layout.files), row["table"], row["field"], entry.casefold()])
            asked = _question(row, entry, codelist, field.title, layout.site, about, key)
            questions.setdefault(asked.id, asked)
    return list(questions.values())


def _names(layout: Layout, file: str) -> bool:
    return any(fnmatchcase(file.casefold(), pattern.casefold()) for pattern in layout.files)


def _known(entry: str, codelist: Codelist, layout: Layout, field: str) -> bool:
    mapped = {
        tidy(word).casefold()
        for sheet in layout.sheets
        for wanted in wanted_columns(sheet)
        if wanted.column is not None and wanted.column.field == field
        for word in wanted.column.codes
    }
    return entry.casefold() in mapped or entry.casefold() in codelist.synonyms


def _question(  # noqa: PLR0913 - all that the question names
    row: Mapping[Any, Any], entry: str, codelist: Codelist, title: str, site: str, about: str, key: bytes
) -> Question:
    many = "" if int(row["count"]) == 1 else "s"
    shown = entry if len(entry) <= 60 else entry[:57] + "..."
    return Question(
        question_id(key, CODE, [about]),
        CODE,
        site,
        row["file"],
        row["sheet"],
        row["cells"],
        f"'{shown}' stands in {int(row['count']):,} cell{many} of the column '{row['column']}' ({title}); no list knows it. "
        "Is it another word for one of the codes, a new code, or nothing?",
        (*_listed(codelist), NOTHING, NEW_CODE, LEAVE),
        about,
    )
