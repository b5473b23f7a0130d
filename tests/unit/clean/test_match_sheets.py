from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from evaltools.clean.match_sheets import match_sheets, sheet_problems
from evaltools.clean.sheet import RawFile, Sheet
from evaltools.schema.layout import Layout, SheetLayout

PEOPLE, JOBS, ANY = SheetLayout(sheet="Clients"), SheetLayout(sheet="Jobs"), SheetLayout()


def test_a_sheet_is_read_by_its_name_or_else_by_the_star(sheet_of: Callable[..., Sheet]) -> None:
    raw = RawFile("a.xlsx", "xlsx", (sheet_of(["x"], name="clients "), sheet_of(["x"], name="Other")))
    layout = Layout(files=("a.xlsx",), sheets=(PEOPLE, ANY))
    assert [match.layouts for match in match_sheets(raw, layout)] == [(PEOPLE,), (ANY,)]


def test_a_sheet_that_nobody_knows_differs_from_one_to_ignore(sheet_of: Callable[..., Sheet]) -> None:
    sheets = tuple(sheet_of(["x"], name=name) for name in ("Clients", "Lists", "New"))
    layout = Layout(files=("a.xlsx",), sheets=(PEOPLE,), ignore_sheets=("lists",))
    found = match_sheets(RawFile("a.xlsx", "xlsx", sheets), layout)
    assert [(len(match.layouts), match.expected) for match in found] == [(1, False), (0, True), (0, False)]


def test_an_empty_sheet_is_never_read(sheet_of: Callable[..., Sheet]) -> None:
    empty = sheet_of(["x"])
    empty = replace(empty, cells=empty.cells.iloc[:0])
    assert match_sheets(RawFile("a", "xlsx", (empty,)), Layout(files=("a",), sheets=(ANY,)))[0].expected


def test_a_text_file_goes_by_its_name_too(sheet_of: Callable[..., Sheet]) -> None:
    sheet = replace(sheet_of(["x"], name=""), file="2024/jobs.csv")
    layout = Layout(files=("*",), sheets=(SheetLayout(sheet="jobs"), SheetLayout(sheet="clients.csv")))
    assert match_sheets(RawFile("2024/jobs.csv", "text", (sheet,)), layout)[0].layouts == (layout.sheets[0],)


def test_a_sheet_in_no_readable_file_is_a_problem(sheet_of: Callable[..., Sheet]) -> None:
    layout = Layout(files=("a.xlsx",), sheets=(PEOPLE, JOBS, ANY))
    raw = RawFile("a.xlsx", "xlsx", (sheet_of(["x"]),))
    problems = sheet_problems(layout, [raw])
    assert [(problem.code, problem.what, problem.detail) for problem in problems] == [
        ("L204", "there is no sheet 'Jobs'", "sheets found: Clients")
    ]
    refused = RawFile("b.xlsx", "", refused="it is empty")
    assert sheet_problems(layout, [raw, refused]) == problems
    assert sheet_problems(layout, [refused]) == ()
    assert sheet_problems(layout, [raw, RawFile("jobs.csv", "", refused="it is empty")]) == ()
