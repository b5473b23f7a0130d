"""Each provider gets its own files back, with the cells to fix."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from small_study import write_study

from evaltools.clean.read_forgotten import add_forgotten
from evaltools.clean.returned_cells import cells_in
from evaltools.clean.sheet import cell_name
from evaltools.intake import harmonise_study
from evaltools.provenance import study_schema
from evaltools.study import Study, read_study
from evaltools.verbs.return_workbooks import return_checked


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return read_study(write_study(tmp_path / "small"))


def _return(study: Study, only: str = "") -> list[Path]:
    done = harmonise_study(study, study_schema(study), lambda words: None)
    return return_checked(study, done, lambda words: None, only)


def test_a_workbook_and_a_csv_file_for_each_site(study: Study) -> None:
    paths = _return(study)
    assert paths == [study.build / "private" / "returns" / "camden_to_fix.xlsx"]
    assert oct(paths[0].stat().st_mode)[-3:] == "600"
    assert oct(paths[0].parent.stat().st_mode)[-3:] == "700"
    rows = list(csv.DictReader(io.StringIO(paths[0].with_suffix(".csv").read_text("utf-8-sig"))))
    assert "31/02/2021" in [row["what was entered"] for row in rows]


def test_the_shaded_cells_are_those_of_the_findings(study: Study) -> None:
    done = harmonise_study(study, study_schema(study), lambda words: None)
    (path,) = return_checked(study, done, lambda words: None)
    sheet = load_workbook(path)["clients"]
    shaded = {cell.coordinate for row in sheet.iter_rows(min_row=2) for cell in row if cell.fill.fill_type}
    found = [cells_in(cells) for cells in done.findings["cells"]]
    expected = {cell_name(position, row) for cells in found for position, row in cells.itertuples(index=False)}
    assert shaded == expected
    assert {"B4", "C5", "A2", "A3"} <= shaded


def test_formulas_come_back_as_text(study: Study) -> None:
    sheet = load_workbook(_return(study)[0])["clients"]
    assert (sheet["E2"].value, sheet["E2"].data_type) == ("=1+1", "s")


def test_the_same_again_is_the_same_bytes_and_the_original_is_untouched(study: Study) -> None:
    raw = study.folder / "raw" / "clients.csv"
    before = (hashlib.sha256(raw.read_bytes()).hexdigest(), raw.stat().st_mtime_ns)
    first = _return(study)[0].read_bytes()
    assert _return(study)[0].read_bytes() == first
    assert (hashlib.sha256(raw.read_bytes()).hexdigest(), raw.stat().st_mtime_ns) == before


def test_one_site_alone_leaves_the_others_and_old_ones_go(study: Study) -> None:
    folder = _return(study)[0].parent
    (folder / "closed_to_fix.xlsx").write_bytes(b"old")
    assert _return(study, only="north") == []
    assert (folder / "closed_to_fix.xlsx").exists()
    _return(study)
    assert sorted(path.name for path in folder.iterdir()) == ["camden_to_fix.csv", "camden_to_fix.xlsx"]


def test_the_rows_of_somebody_who_has_withdrawn_are_empty(study: Study) -> None:
    before = load_workbook(_return(study)[0])["clients"]
    assert [cell.value for cell in before[6]][:2] == ["C4", "F"]
    people = harmonise_study(study, study_schema(study), lambda words: None).tables["participants"]
    add_forgotten(study.folder / "decisions", people["participant_id"])
    after = load_workbook(_return(study)[0])["clients"]
    assert {cell.value for cell in after[6]} == {None}
    assert after["A1"].value == "Client ID"
    assert "C4" not in _return(study)[0].with_suffix(".csv").read_text("utf-8-sig")
