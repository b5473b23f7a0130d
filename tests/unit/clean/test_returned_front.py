"""The first sheet of the workbook sent back."""

from __future__ import annotations

from openpyxl import Workbook
from returned_case import ACCOUNT, ASIDE, FOUND, SHEETS

from evaltools.clean.returned_front import LISTED, heading, listed_lines, totals_in_words, write_front
from evaltools.clean.returned_lines import fault_lines

TABS = {("haringey.xlsx", "Clients"): "Clients", ("haringey_jobs.csv", ""): "jobs"}


def _front(synthetic: bool = True) -> Workbook:
    book = Workbook()
    write_front(book.active, "Haringey", "5 rows read.", fault_lines(FOUND, ASIDE, SHEETS), TABS, synthetic)
    return book


def test_one_line_of_totals() -> None:
    assert totals_in_words(ACCOUNT, FOUND) == (
        "5 rows read: 3 ready to use, 2 set aside until corrected. Entries: 4 must be fixed, 2 should be checked, "
        "1 was changed for you. 1 other point is about whole files or sheets."
    )


def test_title_totals_and_the_synthetic_notice() -> None:
    texts = [cell.value for cell in _front().active["A"] if cell.value]
    assert texts[:2] == ["Haringey: check of your return", "5 rows read."]
    assert "Synthetic data: nobody in this workbook is real." in texts
    assert not any("Synthetic" in str(cell.value) for cell in _front(synthetic=False).active["A"])
    assert heading("Haringey", synthetic=True).endswith("(synthetic data)")


def test_lines_carry_words_as_well_as_colours_and_a_link_to_the_cell() -> None:
    sheet = _front().active
    head = next(cell.row for cell in sheet["A"] if cell.value == "Priority")
    row = next(row for row in range(head + 1, sheet.max_row + 1) if sheet.cell(row, 3).value == "B3")
    assert [sheet.cell(row, place).value for place in (1, 2, 3, 4)] == ["Must fix", "Clients", "B3", "31/04/2021"]
    assert sheet.cell(row, 1).fill.fgColor.rgb.endswith("F8CBAD")
    assert sheet.cell(row, 3).hyperlink.location == "'Clients'!B3"
    assert sheet.freeze_panes == f"A{head + 1}"


def test_every_row_of_the_table_has_a_height_set_by_hand() -> None:
    sheet = _front().active
    head = next(cell.row for cell in sheet["A"] if cell.value == "Priority")
    assert all(sheet.row_dimensions[row].height for row in range(head, sheet.max_row + 1))


def test_long_findings_are_cut_and_say_how_many_follow() -> None:
    many = FOUND[FOUND["code"] == "D102"].assign(cells="B3:B703", count=701)
    listed = listed_lines(fault_lines(many, ASIDE, SHEETS))
    assert len(listed) == LISTED
    assert listed["more"].tolist() == [0] * (LISTED - 1) + [701 - LISTED]


def test_what_was_changed_gets_one_line_a_finding() -> None:
    many = FOUND[FOUND["code"] == "D117"].assign(cells="C3:C6", count=4)
    assert listed_lines(fault_lines(many, ASIDE, SHEETS))["more"].tolist() == [3]


def test_nothing_to_fix_is_said() -> None:
    book = Workbook()
    write_front(book.active, "Haringey", "", fault_lines(FOUND.iloc[:0], ASIDE, SHEETS), TABS, False)
    assert "Nothing to fix: thank you." in [cell.value for cell in book.active["A"]]
