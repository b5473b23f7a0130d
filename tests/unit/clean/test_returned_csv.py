"""The CSV file for case systems."""

from __future__ import annotations

import csv
import io

from returned_case import ASIDE, FOUND, SHEETS

from evaltools.clean.returned_csv import returned_csv


def test_every_cell_has_a_line() -> None:
    content = returned_csv(SHEETS, FOUND, ASIDE)
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["cell"] for row in rows] == ["", "B3", "D5", "A3", "A5", "D5", "D6", "C6"]
    assert rows[1]["what was entered"] == "31/04/2021"
    assert (rows[0]["row"], rows[1]["row"]) == ("", "3")


def test_formulas_are_inert() -> None:
    found = FOUND[FOUND["code"] == "D117"].assign(cells="C4")
    rows = list(csv.DictReader(io.StringIO(returned_csv(SHEETS, found, ASIDE).decode("utf-8-sig"))))
    assert rows[0]["what was entered"] == "'=1+1"
