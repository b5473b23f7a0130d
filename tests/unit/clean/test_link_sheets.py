from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from evaltools.clean.account_lines import SheetLines
from evaltools.clean.coded_cells import coded_cells
from evaltools.clean.issues import Spot
from evaltools.clean.link_sheets import link_sheets
from evaltools.clean.open_sheets import OpenSheet
from evaltools.clean.tidy_text import filled_cells
from evaltools.errors import LayoutError
from evaltools.schema.layout import Layout
from evaltools.schema.linkage import Linkage

CUT = date(2024, 12, 31)
EXACT = Linkage()
PEOPLE = pd.DataFrame({"participant_id": ["A1", "A2", "B1"], "site_id": ["a", "a", "b"]}, dtype="string")


def _sheet(site: str, *numbers: str, link: dict[str, str] | None = None) -> OpenSheet:
    columns = {"ID": {"field": "participants.participant_id"}}
    held = {"columns": columns, "link": {"NHS no": "nhs_number"} if link is None else link}
    layout = Layout.model_validate({"site": site, "files": [f"{site}.csv"], "sheets": [held]})
    cells = coded_cells(pd.DataFrame([["x", number] for number in numbers], index=range(2, 2 + len(numbers))))
    spot, lines = Spot(site, f"{site}.csv", ""), SheetLines(site, f"{site}.csv", "", "read")
    return OpenSheet(layout.sheets, layout, ("ID", "NHS no"), cells, filled_cells(cells), spot, lines)


def _named(*people: str | None) -> pd.Series:
    return pd.Series(people, dtype="string")


def test_people_are_linked_by_the_columns_that_the_layouts_declare() -> None:
    sheets = [_sheet("a", "9434765919", "4010232137"), _sheet("b", "943 476 5919")]
    links = link_sheets(sheets, _named("A1", "A2", "B1"), PEOPLE, EXACT, b"k" * 32, CUT)
    assert links[["left", "right", "rule", "status"]].to_numpy().tolist() == [["A1", "B1", "nhs_number", "linked"]]


@pytest.mark.parametrize(
    ("second", "rule", "link"),
    [
        (None, EXACT, None),  # the record names nobody, or somebody who withdrew
        ("Z9", EXACT, None),  # somebody whose client row was set aside
        ("B1", Linkage(method="none"), None),
        ("B1", EXACT, {}),  # no column is declared
    ],
)
def test_nobody_is_linked_without_a_person_a_rule_and_a_column(second: str | None, rule: Linkage, link: dict | None) -> None:
    sheets = [_sheet("a", "9434765919"), _sheet("b", "9434765919", link=link)]
    assert link_sheets(sheets, _named("A1", second), PEOPLE, rule, b"k" * 32, CUT).empty


def test_records_that_do_not_fit_their_sheets_stop_everything() -> None:
    sheets = [_sheet("a", "9434765919"), _sheet("b", "9434765919")]
    with pytest.raises(AssertionError, match="mixed up"):
        link_sheets(sheets, _named("A1"), PEOPLE, EXACT, b"k" * 32, CUT)


def test_a_missing_column_is_named_with_its_file() -> None:
    sheet = _sheet("a", "9434765919", link={"Surname": "family_name"})
    with pytest.raises(LayoutError, match=r"L209(.|\n)*Surname(.|\n)*a\.csv"):
        link_sheets([sheet], _named("A1"), PEOPLE, EXACT, b"k" * 32, CUT)
