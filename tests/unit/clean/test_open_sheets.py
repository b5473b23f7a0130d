from __future__ import annotations

from pathlib import Path

import pytest

from evaltools.clean.match_files import Delivery
from evaltools.clean.open_sheets import open_sheets
from evaltools.clean.read_file import read_file
from evaltools.errors import LayoutError
from evaltools.schema.layout import Column, Layout, SheetLayout
from evaltools.synthetic.workbook_grid import GridBook, GridSheet
from evaltools.synthetic.xlsx_bytes import xlsx_bytes

LAYOUT = Layout(
    site="camden",
    files=("*",),
    sheets=(SheetLayout(sheet="Clients", columns={"ID": Column(field="participants.participant_id")}),),
    ignore_sheets=("Lists",),
)
CLIENTS = GridSheet("Clients", (("ID", "Ward"), ("A1", "x")), hidden_rows=frozenset({2}))


def _deliver(folder: Path, files: dict[str, bytes], layout: Layout | None = LAYOUT) -> tuple[list, list]:
    deliveries = []
    for name, content in files.items():
        (folder / name).write_bytes(content)
        deliveries.append(Delivery(folder / name, name, layout))
    return deliveries, [read_file(one.path, one.name) for one in deliveries]


def test_what_is_read_refused_and_not_used(tmp_path: Path) -> None:
    lists, new = GridSheet("Lists", (("x",),)), GridSheet("New", (("x",),), hidden=True)
    files = {"a.xls": xlsx_bytes(GridBook((CLIENTS, lists, new))), "b.xlsx": b"%PDF"}
    opened = open_sheets(*_deliver(tmp_path, files))
    assert [sheet.lines.sheet for sheet in opened.sheets] == ["Clients"]
    assert opened.sheets[0].lines.note == "xlsx; hidden: row 2"
    assert [(line.file, line.sheet, line.status) for line in opened.others] == [
        ("a.xls", "Lists", "not used"),
        ("a.xls", "New", "not used"),
        ("b.xlsx", "", "refused"),
    ]
    flags = [(flag.code, flag.spot.sheet) for flag in opened.issues.flags]
    assert flags == [("D120", ""), ("D115", "Clients"), ("D116", "Clients"), ("D119", "New"), ("D101", "")]
    (aside,) = opened.issues.quarantine
    assert aside[["level", "code", "file"]].to_numpy().tolist() == [["file", "D101", "b.xlsx"]]
    assert aside["why"].str.startswith("it is a PDF").all()
    assert opened.sheets[0].lines.cells == {"cells": 2, "mapped": 1, "ignored": 0, "unmapped": 1}


def test_a_refusal_has_its_own_remedy(tmp_path: Path) -> None:
    opened = open_sheets(*_deliver(tmp_path, {"b.csv": b"ID;x,1\n"}))
    (flag,) = [flag for flag in opened.issues.flags if flag.code == "D101"]
    assert flag.fix == "Say so under 'delimiter' in the layout."


def test_a_file_that_no_layout_names_is_said(tmp_path: Path) -> None:
    opened = open_sheets(*_deliver(tmp_path, {"a.csv": b"x"}, None))
    assert [line.status for line in opened.others] == ["not used"]
    assert [flag.code for flag in opened.issues.flags] == ["D119"]


def test_missing_columns_and_sheets_of_all_files_stop_the_run_at_once(tmp_path: Path) -> None:
    wrong = xlsx_bytes(GridBook((GridSheet("Clients", (("Ident", "x"),)),)))
    other = xlsx_bytes(GridBook((GridSheet("People", (("ID",),)),)))
    with pytest.raises(LayoutError) as caught:
        open_sheets(*_deliver(tmp_path, {"a.xlsx": wrong, "c.xlsx": wrong, "d.xlsx": other}))
    assert [(problem.code, problem.place.split(",")[0]) for problem in caught.value.problems] == [
        ("L201", "a.xlsx"),
        ("L201", "c.xlsx"),
    ]
    with pytest.raises(LayoutError, match="there is no sheet 'Clients'"):
        open_sheets(*_deliver(tmp_path, {"d.xlsx": other}))


def test_many_hidden_rows_are_cut_short(tmp_path: Path) -> None:
    sheet = GridSheet("Clients", (("ID",), *[(f"A{n}",) for n in range(15)]), hidden_rows=frozenset(range(2, 16)))
    opened = open_sheets(*_deliver(tmp_path, {"a.xlsx": xlsx_bytes(GridBook((sheet,)))}))
    assert opened.sheets[0].lines.note.endswith("row 11 and 4 more")
