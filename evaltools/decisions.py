"""Decisions of people: read before a run, applied during it, and written back with what became of them and what is asked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from evaltools.clean.ask_codes import ask_codes
from evaltools.clean.ask_columns import Headers, ask_columns
from evaltools.clean.ask_questions import COLUMN, HEADER, QUESTIONS, answers, questions_frame
from evaltools.clean.decided_layouts import decided_layouts, mark_decided
from evaltools.clean.decision_sheet import decision_sheet
from evaltools.clean.decision_status import APPLIED, CHANGED, NO_INITIALS, OPEN, WRONG, decision_status
from evaltools.clean.match_files import match_files
from evaltools.clean.match_sheets import match_sheets
from evaltools.clean.name_columns import header_names
from evaltools.clean.read_decisions import FILE, read_decisions
from evaltools.clean.read_file import read_file
from evaltools.clean.withdraw_questions import withdraw_questions
from evaltools.domain.harmonised import Harmonised
from evaltools.errors import LayoutError, Problem, StudyError
from evaltools.private_files import write_private_file
from evaltools.schema.layout import Layout
from evaltools.schema.table import Schema
from evaltools.study import Study, pseudonym_key

__all__ = ["answers_hash", "current_questions", "forget_questions", "harmonise_decided", "open_questions"]

_NEW_COLUMN = "D115"
_COLUMNS = (HEADER, COLUMN)

Harmonise = Callable[[Sequence[Layout], pd.DataFrame], Harmonised]
"""Cleans a study's files by these layouts and decisions."""


def answers_hash(study: Study) -> str:
    """Hash what people decided, for telling whether a stage is stale: what we write ourselves does not count."""
    said = sorted(answers(read_decisions(study.folder / FILE)).items())
    return hashlib.sha256(repr(said).encode()).hexdigest()


def open_questions(study: Study) -> int:
    """Count the questions of the decision sheet that wait for somebody."""
    return int(read_decisions(study.folder / FILE)["status"].isin([OPEN, NO_INITIALS, WRONG, CHANGED]).sum())


def current_questions(study: Study) -> frozenset[str]:
    """Give the ids of the questions that the data of the last run raise or to which an answer is applied."""
    held = read_decisions(study.folder / FILE)
    return frozenset(held.loc[held["status"] != CHANGED, "id"])


def forget_questions(study: Study, asked_before: Collection[str], words: Collection[str], rows: pd.DataFrame) -> int:
    """Write the decision sheet without what concerns people who have withdrawn, and give how many questions went.

    asked_before: of `current_questions` before they withdrew. words: their pseudonyms and identifiers. rows: of their
    records, columns file, sheet and row.
    """
    before = read_decisions(study.folder / FILE)
    left = withdraw_questions(before, asked_before, words, rows)
    if not left.equals(before):
        _save(study, left)
    return len(before) - len(left)


def harmonise_decided(
    study: Study, schema: Schema, layouts: Sequence[Layout], files: Sequence[Path], harmonise: Harmonise
) -> Harmonised:
    """Clean a study's files with the decisions of its decision sheet, and write the sheet anew.

    A decision that is applied is in the ledger with the rule 'decision'. Where the layouts do not fit the files
    (LayoutError), the sheet asks about their headers before the error is raised; other questions stay as they were.
    """
    key = pseudonym_key(study)
    before = read_decisions(study.folder / FILE)
    decided = decided_layouts(layouts, before, key)
    try:
        done = harmonise(decided.layouts, before)
    except LayoutError:
        asked = questions_frame(ask_columns(_headers(study, decided.layouts, files), key))
        others = before[~before["kind"].isin(_COLUMNS)]
        held = set(before.loc[before["status"] == APPLIED, "id"]) | set(decided.headers)
        _write(study, before, pd.concat([asked, others[list(QUESTIONS)]], ignore_index=True), held)
        raise
    ledger, met = mark_decided(done.ledger, decided.layouts, decided.codes)
    headers = _headers(study, decided.layouts, files) if (done.findings["code"] == _NEW_COLUMN).any() else []
    early = questions_frame([*ask_codes(ledger, decided.layouts, schema, key), *ask_columns(headers, key)])
    applied = {*met, *decided.headers, *done.questions["id"][done.questions["applied"]]}
    _write(study, before, pd.concat([done.questions[list(QUESTIONS)], early], ignore_index=True), applied)
    return replace(done, ledger=ledger)


def _write(study: Study, before: pd.DataFrame, asked: pd.DataFrame, applied: Collection[str]) -> None:
    rows = decision_status(before, asked, applied)
    if len(rows) or (study.folder / FILE).is_file():
        _save(study, rows)


def _save(study: Study, rows: pd.DataFrame) -> None:
    try:
        write_private_file(study.folder / FILE, decision_sheet(rows, study.study.title, study.study.synthetic))
    except PermissionError as fault:
        fix = "close it where it is open, and see that the folder may be written to"
        place = f"{study.folder.name}/{FILE}"
        raise StudyError(Problem("S115", "the decision sheet cannot be written", place, fix=fix)) from fault


def _headers(study: Study, layouts: Sequence[Layout], files: Sequence[Path]) -> list[Headers]:
    """Read the headers of every sheet that a layout reads."""
    headers = []
    for delivery in match_files(files, study.raw, layouts):
        if delivery.layout is None:
            continue
        raw = read_file(delivery.path, delivery.name, delivery.layout.encoding, delivery.layout.delimiter)
        for match in match_sheets(raw, delivery.layout):
            if match.layouts:
                names = header_names(match.sheet, match.layouts[0])
                headers.append(Headers(match.sheet.file, match.sheet.name, names, delivery.layout, match.layouts))
    return headers
