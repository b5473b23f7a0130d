from __future__ import annotations

from pathlib import Path

import pytest

from evaltools.clean.read_file import read_file
from evaltools.schema.read import read_schema
from evaltools.verbs.changed_since_layout import changed_since_layout

ROOT = Path(__file__).parents[3]
LAYOUT = """
site: camden
files: ["camden*.csv"]
sheets:
  - columns:
      "Client ID": participants.participant_id
      "Received": {field: enrolments.referral_date, dates: ["dd/mm/yyyy"]}
"""


@pytest.fixture
def asked(tmp_path: Path):
    def ask(header: str) -> list[tuple[str, str]]:
        (tmp_path / "camden.yaml").write_text(LAYOUT, encoding="utf-8")
        (tmp_path / "a.csv").write_text(f"{header}\nAB1,25/03/2021\nAB2,03/04/2021\n", encoding="utf-8")
        raw = read_file(tmp_path / "a.csv", "camden_may.csv")
        found = changed_since_layout(tmp_path / "camden.yaml", raw, read_schema(ROOT / "data_schema"))
        return [(problem.what, problem.fix) for problem in found]

    return ask


def test_a_renamed_column_is_told_by_its_entries_too(asked) -> None:
    gone, new = asked("Client ID,Date of referral")
    assert "'Received' is missing. Perhaps it is now called 'Date of referral'" in gone[0]
    assert "It looks like enrolments.referral_date" in new[0]
    assert new[1] == "answer in sites/camden.yaml: renamed: Received; new; ignore"


def test_a_delivery_that_fits_raises_no_question(asked) -> None:
    assert asked("Client ID,Received") == []
