"""The decision sheet can be filled in, and comes back as it was written."""

from __future__ import annotations

import io

from decided_case import answered
from openpyxl import Workbook, load_workbook

from evaltools.clean.ask_questions import CODE, Question, questions_frame
from evaltools.clean.decision_sheet import COLUMNS, HEAD, SHEET, decision_sheet
from evaltools.clean.decision_status import decision_status
from evaltools.clean.read_decisions import parse_decisions

LONG = tuple(f"code_{number}: {'long label ' * 5}!" for number in range(30))
ASKED = questions_frame(
    [
        Question("Q1", CODE, "camden", "a.csv", "", "B2", "=1+1 what is 'é|_x0041_'?", ("x", "y"), '["camden", "=x"]'),
        Question("Q2", CODE, "camden", "a.csv", "S", "B2", "What?", LONG),
        Question("Q3", CODE, "camden", "b.csv", "S", "B2", "What?", ("x", "y")),
    ]
)
ROWS = decision_status(answered(ASKED, note="a note\nin two lines"), ASKED, ["Q1"])


def _book() -> Workbook:
    return load_workbook(io.BytesIO(decision_sheet(ROWS, "Camden", synthetic=True)))


def test_what_is_written_is_read_again() -> None:
    assert parse_decisions(decision_sheet(ROWS)).equals(ROWS)


def test_the_same_again_is_the_same_bytes() -> None:
    content = decision_sheet(ROWS)
    assert decision_sheet(parse_decisions(content)) == content


def test_decisions_are_chosen_from_a_list_however_long() -> None:
    book = _book()
    lists = {str(each.sqref): each.formula1 for each in book[SHEET].data_validations.dataValidation}
    place = list(COLUMNS).index("Decision") + 1
    letter = book[SHEET].cell(HEAD, place).column_letter
    rows = {row["id"]: f"{letter}{HEAD + 1 + number}" for number, row in enumerate(ROWS.to_dict("records"))}
    offered = {}
    for places, formula in lists.items():
        cells = book["Options"][formula.partition("!")[2].replace("$", "")]
        offered |= dict.fromkeys(places.split(), tuple(cell.value for (cell,) in cells))
    assert offered[rows["Q1"]] == offered[rows["Q3"]] == ("x", "y")
    assert offered[rows["Q2"]] == LONG


def test_it_says_what_to_do_and_holds_no_formula() -> None:
    sheet = _book()[SHEET]
    texts = [cell.value for cell in sheet["A"] if cell.value]
    assert texts[0] == "Decisions: Camden"
    assert texts[1].startswith("0 to be decided, 1 applied, 2 not applied")
    assert any("initials" in text for text in texts)
    assert any("Synthetic" in text for text in texts)
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert sheet.freeze_panes == f"B{HEAD + 1}"


def test_an_empty_sheet_can_be_written_too() -> None:
    assert parse_decisions(decision_sheet(ROWS.iloc[:0])).empty
