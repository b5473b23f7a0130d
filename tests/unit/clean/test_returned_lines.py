"""The lines of 'What to fix' say what was entered, what is wrong and where."""

from __future__ import annotations

import pandas as pd
from returned_case import ASIDE, FOUND, SHEETS

from evaltools.clean.returned_lines import fault_lines


def _lines() -> pd.DataFrame:
    return fault_lines(FOUND, ASIDE, SHEETS)


def test_each_cell_has_a_line_and_the_gravest_come_first() -> None:
    lines = _lines()
    assert lines["cell"].tolist() == ["", "B3", "D5", "A3", "A5", "D5", "D6", "C6"]
    assert lines["severity"].tolist() == ["must fix"] * 5 + ["please check"] * 2 + ["changed for you"]


def test_the_entry_is_shown_as_its_provider_sees_it() -> None:
    assert _lines()["entered"].tolist() == ["", "31/04/2021", "sixteen", "H1", "H1", "sixteen", "300", "F "]


def test_the_problem_is_a_sentence_without_counts() -> None:
    problems = _lines()["problem"].tolist()
    assert problems[0] == "A file cannot be read. It is cut short."
    assert problems[1] == "A date cannot be read, in column 'Referred'."


def test_contradicting_rows_name_each_other() -> None:
    problems = _lines().set_index("cell")["problem"]
    assert problems["A3"].endswith("Compare row 5. The rows differ in: Sex.")
    assert problems["A5"].endswith("Compare row 3. The rows differ in: Sex.")


def test_without_findings_there_are_no_lines() -> None:
    assert fault_lines(FOUND.iloc[:0], ASIDE, SHEETS).empty


def test_a_cell_of_a_sheet_that_is_not_at_hand_has_no_entry() -> None:
    assert set(fault_lines(FOUND, ASIDE, ())["entered"]) == {""}


def test_the_readings_of_a_date_are_in_words() -> None:
    readings = "dd/mm/yyyy reads 2017-12-06; mm/dd/yyyy reads 2017-06-12"
    aside = ASIDE.assign(
        why=ASIDE["why"].mask(ASIDE["code"] == "D102", readings), code=ASIDE["code"].replace("D102", "D103")
    )
    lines = fault_lines(FOUND.assign(code=FOUND["code"].replace("D102", "D103")), aside, SHEETS).set_index("cell")
    assert lines["problem"]["B3"].endswith(" It may be 6 December 2017 or 12 June 2017.")
