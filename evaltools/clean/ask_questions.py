"""Questions that only people can answer: what is asked, and how a question is known again on the next run."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd

__all__ = [
    "CODE",
    "COLUMN",
    "CONTRADICTION",
    "DECISIONS",
    "HEADER",
    "PERSON",
    "QUESTIONS",
    "SENTINEL",
    "SEPARATOR",
    "Question",
    "answers",
    "no_decisions",
    "question_id",
    "questions_frame",
]

CONTRADICTION = "contradicting rows"
PERSON = "same person"
SENTINEL = "stands for unknown?"
CODE = "new code"
HEADER = "new header"
COLUMN = "missing column"

SEPARATOR = " | "  # between the options of a question

QUESTIONS = {
    "id": "string",  # keyed hash of what is asked
    "kind": "string",
    "site": "string",
    "file": "string",
    "sheet": "string",
    "cells": "string",
    "question": "string",
    "options": "string",
    "about": "string",  # JSON, for questions whose answer is needed before the files are read; else empty
}
DECISIONS = QUESTIONS | {"decision": "string", "initials": "string", "note": "string", "status": "string"}


@dataclass(frozen=True)
class Question:
    """One question. options: the only answers. about: what the question is about, where an answer must be found from it.

    rows: what the answer acts on, for `apply_decisions` (columns table, _source, _part, field and option).
    """

    id: str
    kind: str
    site: str
    file: str
    sheet: str
    cells: str
    question: str
    options: tuple[str, ...]
    about: str = ""
    rows: pd.DataFrame = field(default_factory=pd.DataFrame, compare=False)


def question_id(key: bytes, kind: str, parts: Sequence[str]) -> str:
    """Give the id of a question: a keyed hash of what is asked, so that the same question finds its answer again.

    It tells nothing of its parts to anybody without the study's key.

    >>> question_id(b"key", "new code", ["camden", "F?"]) == question_id(b"key", "new code", ["camden", "F?"])
    True
    """
    message = json.dumps([kind, *parts], ensure_ascii=True).encode()
    return "Q" + hmac.digest(key, message, "sha256").hex()[:12]


def questions_frame(questions: Iterable[Question]) -> pd.DataFrame:
    """Put questions into a table with the columns of QUESTIONS, each id once."""
    rows = [{name: getattr(one, name) for name in QUESTIONS} | {"options": SEPARATOR.join(one.options)} for one in questions]
    frame = pd.DataFrame(rows, columns=list(QUESTIONS)).astype(QUESTIONS)
    return frame.drop_duplicates("id", ignore_index=True)


def no_decisions() -> pd.DataFrame:
    """Make an empty table of decisions."""
    return pd.DataFrame({name: pd.Series([], dtype=kind) for name, kind in DECISIONS.items()})


def answers(decisions: pd.DataFrame) -> dict[str, str]:
    """Give the decision of each question that may be applied: one of its options, with somebody's initials.

    decisions: columns of DECISIONS.
    """
    return {
        row["id"]: row["decision"]
        for row in decisions.to_dict("records")
        if row["initials"] and row["decision"] in row["options"].split(SEPARATOR)
    }
