from __future__ import annotations

import io

import pandas as pd
import pytest
from rich.console import Console

from evaltools import screen
from evaltools.errors import DataError, Problem

PROBLEM = Problem(
    "D104", "a job starts before the person was referred", "a.xlsx, sheet Clients, G15", "column [G]", "correct it"
)


def _shown(problem: Problem, width: int = 200) -> str:
    text = io.StringIO()
    screen.show_problem(problem, Console(file=text, width=width, highlight=False))
    return text.getvalue()


def test_a_problem_has_code_place_detail_and_fix_in_this_order() -> None:
    assert _shown(PROBLEM).splitlines() == [
        "error[D104]: a job starts before the person was referred",
        "  --> a.xlsx, sheet Clients, G15",
        "   |  column [G]",
        "  fix: correct it",
    ]


def test_markup_in_a_name_is_shown_and_not_obeyed() -> None:
    assert "[red]column[/red]" in _shown(Problem("L201", "missing", "[red]column[/red]"))


def test_long_lines_are_not_broken() -> None:
    assert len(_shown(Problem("L201", "missing " * 30), width=40).splitlines()) == 1


def test_every_problem_of_a_fault_is_shown(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    text = io.StringIO()
    monkeypatch.setattr(screen, "err", Console(file=text, width=100))
    screen.show(DataError(PROBLEM, PROBLEM))
    assert text.getvalue().count("D104") == 2


def test_progress_off_a_terminal_is_plain_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    text = io.StringIO()
    monkeypatch.setattr(screen, "err", Console(file=text, width=100))
    with screen.progress(1) as tell:
        tell("reading a file", False)
        tell("demo", True)
    assert text.getvalue() == "  reading a file\n"


def test_progress_on_a_terminal_is_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    text = io.StringIO()
    monkeypatch.setattr(screen, "err", Console(file=text, width=100, force_terminal=True))
    with screen.progress(2) as tell:
        tell("reading a file", False)
        tell("demo", True)
    assert "reading a file" in text.getvalue()


def test_findings_are_shown_in_full_and_what_was_only_tidied_as_one_line() -> None:
    row = {"site": "a", "sheet": "Clients", "cells": "B2", "count": 2, "detail": "", "fix": "Nothing to do."}
    tidied = {**row, "code": "D117", "severity": "changed for you"}
    grave = {**row, "code": "D102", "severity": "must fix", "what": "a date cannot be read", "fix": "correct it"}
    findings = pd.DataFrame(
        [
            {**grave, "file": "a.csv"},
            {**tidied, "file": "a.csv", "what": "an entry was tidied, in column 'Sex' (2 cells)"},
            {**tidied, "file": "b.csv", "what": "an entry was tidied, in column 'Age' (2 cells)"},
        ]
    )
    text = io.StringIO()
    screen.show_findings(findings, Console(file=text, width=200, highlight=False))
    assert text.getvalue().splitlines() == [
        "must fix[D102]: a date cannot be read",
        "  --> a.csv, sheet Clients, B2",
        "  fix: correct it",
        "changed for you[D117]: an entry was tidied (4 in 2 files)",
    ]


def test_the_account_says_what_became_of_every_row_and_what_could_not_be_read() -> None:
    accounting = pd.DataFrame(
        {
            "file": ["a.csv", "b.xlsx"],
            "status": ["read", "refused"],
            "rows": [1200, 0],
            "kept": [1198, 0],
            "merged": [1, 0],
            "quarantined": [1, 0],
        }
    )
    faults = pd.DataFrame({"severity": ["must fix", "please check"], "count": [3, 9]})
    text = io.StringIO()
    screen.show_account({"accounting": accounting, "faults": faults}, "demo", Console(file=text, width=200, highlight=False))
    assert text.getvalue().splitlines() == [
        "  demo: 1,200 rows = 1,198 kept + 1 merged + 1 set aside",
        "  could not be read: b.xlsx",
        "  3 entries must be fixed by the providers: evaltools check demo says which",
    ]
