"""A new provider's file, from `evaltools map` to a clean `evaltools check`; and the demo's files against its own layouts."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from evaltools.clean.map_targets import SHARED
from evaltools.clean.match_files import match_files
from evaltools.clean.match_sheets import match_sheets
from evaltools.clean.name_columns import header_key
from evaltools.clean.place_columns import wanted_columns
from evaltools.clean.propose_layout import ProposedColumn, propose_sheet
from evaltools.clean.read_file import read_file
from evaltools.schema.layout import SheetLayout
from evaltools.schema.read import read_schema
from evaltools.schema.read_layouts import read_layouts

ROOT = Path(__file__).parents[2]
STUDY = """
[study]
id = "small"
title = "A small study"
kind = "records"
synthetic = true
data_cut = 2024-12-31
definitions = ["lcf_mhep"]
public_key = "public: nobody is real"
[[sites]]
id = "camden"
name = "Camden"
[release]
profile = "open"
[report]
notebooks = ["overview"]
"""
GROUPS = ["Person", None, None, "Referral", None, "Job 1", None, "Job 2", None, "Other"]
HEADERS = ["Client ID", "DOB", "M/F", "Date", "Source", "Start", "Hrs", "Start", "Hrs", "Notes"]
PEOPLE = [
    ["C-001", "25/03/1985", "F", "25/03/2021", "CMHT", "25/05/2021", "16", "30/09/2021", "20", "seen"],
    ["C-002", "03/04/1990", "M", "03/04/2021", "GP", None, None, None, None, None],
    ["C-003", "13/04/1991", "Non-binary", "13/04/2021", "Vicar", "26/05/2021", "37.5", None, None, None],
]


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    (folder / "raw").mkdir(parents=True)
    (folder / "sites").mkdir()
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Tracker"
    for row in (["Returns of Camden"], [], GROUPS, HEADERS, *PEOPLE):
        sheet.append(row)
    for span in ("A3:C3", "D3:E3", "F3:G3", "H3:I3"):
        sheet.merge_cells(span)
    book.create_sheet("Lists").append(["Choices"])
    book.save(folder / "raw" / "camden_tracker.xlsx")
    return folder


def evaltools(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "evaltools", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


def test_a_new_file_is_mapped_and_then_checked(study: Path, tmp_path: Path) -> None:
    file, answers = study / "raw" / "camden_tracker.xlsx", tmp_path / "answers.yaml"
    refused = evaltools("map", str(file), "--study", str(study))
    assert refused.returncode == 2
    assert "'Person / DOB'" in refused.stderr
    answers.write_text(
        "Person / DOB: participants.birth_year\nReferral / Date: enrolments.referral_date\n", encoding="utf-8"
    )
    done = evaltools("map", str(file), "--study", str(study), "--answers", str(answers), "--yes")
    assert done.returncode == 0, done.stderr
    assert "C-001" not in done.stdout
    text = (study / "sites" / "camden.yaml").read_text(encoding="utf-8")
    assert "header_row: 3\n    header_rows: 2" in text
    assert '"Job {n} / Start": {field: "jobs.start_date", dates: ["dd/mm/yyyy"]}' in text
    assert "ignore_sheets:" in text
    checked = evaltools("check", str(study), "--site", "camden")
    assert "D107" in checked.stdout  # the vicar is on no list, and asked about
    assert re.search(r"camden +1 +3 +3 +0 +0", checked.stdout)  # one file, three rows, all kept
    assert "error[" not in checked.stderr


@pytest.mark.slow
def test_no_column_of_the_demo_is_mapped_wrongly_without_a_question(tmp_path: Path) -> None:
    """Against the layouts that the demo's makers wrote by hand: header rows and fields of every file that they read."""
    from evaltools.synthetic.demo import demo_study

    for name, content in demo_study().items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    schema = read_schema(ROOT / "data_schema")
    layouts = read_layouts(tmp_path / "sites", schema)
    files = sorted(path for path in (tmp_path / "raw").iterdir() if path.is_file())
    columns = right = 0
    for delivery in match_files(files, tmp_path / "raw", layouts):
        assert delivery.layout is not None
        for match in match_sheets(read_file(delivery.path, delivery.name), delivery.layout):
            if match.layouts:
                found = propose_sheet(match.sheet, schema)
                assert found is not None
                first = match.layouts[0]
                assert (found.place.row, found.place.rows) == (first.header_row, first.header_rows)
                fields = _fields(match.layouts)
                wrong = [one.header for one in found.columns if one.proposal.sure != "unsure" and not _right(one, fields)]
                assert wrong == []
                columns += len(found.columns)
                right += sum(_right(one, fields) for one in found.columns)
    assert right >= 0.97 * columns


def _fields(layouts: tuple[SheetLayout, ...]) -> dict[str, str]:
    return {
        header_key(wanted.header): wanted.column.field
        for layout in layouts
        for wanted in wanted_columns(layout)
        if wanted.column is not None
    }


def _right(one: ProposedColumn, fields: dict[str, str]) -> bool:
    field = fields.get(header_key(one.header.replace("{n}", "1")), "")
    name = field.partition(".")[2]
    return one.proposal.target == (name if name in SHARED else field)
