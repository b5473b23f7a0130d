from __future__ import annotations

from pathlib import Path

import yaml
from hypothesis import given
from hypothesis import strategies as st

from evaltools.schema.layout import Layout
from evaltools.schema.read_layouts import read_layouts
from evaltools.schema.table import Schema
from evaltools.schema.write_layout import LayoutComments, layout_text

TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
FULL = Layout.model_validate(
    {
        "site": "camden",
        "files": ["camden*.xlsx"],
        "ignore_sheets": ["Lists"],
        "delimiter": ";",
        "sheets": [
            {
                "sheet": "Clients",
                "header_row": 3,
                "header_rows": 2,
                "columns": {
                    "Client \u2019s ID: #": {"field": "participants.participant_id"},
                    "Referred": {"field": "enrolments.referral_date", "dates": ["typed", "dd/mm/yyyy"], "optional": True},
                    "Sex": {
                        "field": "participants.sex",
                        "codes": {"F": "female", "No": "unknown", "1": "male", "": "unknown"},
                    },
                },
                "repeats": [{"table": "jobs", "times": 2, "columns": {"Job {n}": {"field": "jobs.start_date"}}}],
                "constants": {"enrolments.acceptance": "accepted"},
                "ignore": ["Notes", "yes"],
            }
        ],
    }
)


def written(layout: Layout, comments: LayoutComments | None = None) -> object:
    return yaml.safe_load(layout_text(layout, comments))


def test_a_written_layout_reads_as_it_was() -> None:
    assert Layout.model_validate(written(FULL)) == FULL


def test_comments_stand_above_what_they_are_about_and_change_nothing() -> None:
    columns = {("Clients", "Sex"): ("certain", "line\nbreak: [x]"), ("Clients", "Notes"): ("free text",)}
    said = LayoutComments(("heading", ""), {"Clients": "12 records"}, columns)
    lines = layout_text(FULL, said).splitlines()
    assert lines[0] == "# heading"
    at = lines.index('      "Sex":')
    assert lines[at - 2 : at] == ["      # certain", "      # line break: [x]"]
    assert lines[lines.index('      - "Notes"') - 1] == "      # free text"
    assert "  # 12 records" in lines
    assert written(FULL, said) == written(FULL)


def test_the_layouts_reader_takes_it(tmp_path: Path, schema: Schema) -> None:
    (tmp_path / "camden.yaml").write_text(layout_text(FULL), encoding="utf-8")
    assert read_layouts(tmp_path, schema) == (FULL,)


@given(TEXT, TEXT, TEXT)
def test_any_header_code_and_comment_survive(header: str, entry: str, comment: str) -> None:
    sheet = {"columns": {header: {"field": "participants.sex", "codes": {entry: "female"}}}, "ignore": [header + "!"]}
    layout = Layout.model_validate({"site": "camden", "files": ["a"], "sheets": [sheet]})
    said = LayoutComments((comment,), {"*": comment}, {("*", header): (comment,)})
    assert Layout.model_validate(written(layout, said)) == layout
