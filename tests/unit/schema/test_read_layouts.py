from __future__ import annotations

import pytest

from evaltools.errors import LayoutError
from evaltools.schema.read_layouts import read_layouts


@pytest.fixture
def read(tmp_path, schema):
    """read(north="...", ...): the layouts of a folder with one file for each."""
    folder = tmp_path / "sites"
    folder.mkdir()

    def _read(**texts: str):
        for name, text in texts.items():
            (folder / f"{name}.yaml").write_text(text, "utf-8")
        return read_layouts(folder, schema)

    return _read


def _sheet(lines: str) -> str:
    return f"site: north\nfiles: [a.csv]\nsheets:\n  - columns:\n      {lines}\n"


def test_a_column_may_be_written_short_or_long(read):
    (layout,) = read(
        north=_sheet("Client ID: participants.participant_id\n      Sex: {field: participants.sex, codes: {M: male}}")
    )
    columns = layout.sheets[0].columns
    assert columns["Client ID"].field == "participants.participant_id"
    assert dict(columns["Sex"].codes) == {"M": "male"}


def test_repeated_columns_may_be_short_too(read):
    text = "files: [a.csv]\nsheets:\n  - repeats:\n      - {table: jobs, times: 2, columns: {'Job {n}': jobs.start_date}}\n"
    (layout,) = read(north=text)
    assert layout.sheets[0].repeats[0].columns["Job {n}"].field == "jobs.start_date"


def test_layouts_come_in_the_order_of_their_names(read):
    south, north = (_sheet("A: participants.sex").replace("north", site) for site in ("south", "north"))
    assert [layout.site for layout in read(south=south, north=north)] == ["north", "south"]


def test_no_layouts_are_no_layouts(read):
    assert read() == ()


@pytest.mark.parametrize(
    ("lines", "code", "what", "fix"),
    [
        ("A: participants.sexx", "L102", "there is no field 'participants.sexx'", "did you mean 'participants.sex'?"),
        ("A: nothing.whatever", "L102", "there is no field 'nothing.whatever'", "see data_schema/README.md for the fields"),
        ("A: {field: participants.sex, codes: {M: man}}", "L103", "a code map leads nowhere", "use a listed code"),
        ("A: {field: participants.sex, code: {M: male}}", "L101", "unknown key 'code'", "did you mean 'codes'?"),
        (
            "A: participants",
            "L101",
            "'field' is not understood",
            "give words in quotation marks; an id has lower-case letters, digits and '_' only",
        ),
    ],
)
def test_what_leads_nowhere_is_refused(read, lines, code, what, fix):
    with pytest.raises(LayoutError) as caught:
        read(north=_sheet(lines))
    problem = caught.value.problems[0]
    assert (problem.code, problem.what, problem.fix) == (code, what, fix)
    assert "north.yaml" in problem.place
    assert caught.value.exit_code == 11


def test_constants_and_repeats_must_lead_somewhere(read):
    text = (
        "files: [a.csv]\nsheets:\n  - constants: {enrolments.referal_date: '2000-01-01'}\n"
        "    repeats: [{table: jobs, times: 2, columns: {'Job {n}': jobs.start}}]\n"
    )
    with pytest.raises(LayoutError) as caught:
        read(north=text)
    assert [problem.what for problem in caught.value.problems] == [
        "there is no field 'jobs.start'",
        "there is no field 'enrolments.referal_date'",
    ]


def test_every_fault_of_every_file_is_told_at_once(read):
    with pytest.raises(LayoutError) as caught:
        read(north="sheet: []\n", south=_sheet("A: participants.sexx"), west=_sheet("A: jobs.start_date"))
    assert [problem.code for problem in caught.value.problems] == ["L101", "L101", "L101", "L102"]
    assert [problem.place.split(",")[0] for problem in caught.value.problems[2:]] == ["sites/north.yaml", "sites/south.yaml"]


def test_an_empty_file_is_said_to_hold_no_settings(read):
    with pytest.raises(LayoutError, match="the file holds no settings"):
        read(north="")


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("A: {field: participants.sex, codes: {M: male, ' m': female}}", "L104"),
        ("A: participants.sex\n      B: participants.sex", "L105"),
    ],
)
def test_what_says_two_things_is_refused(read, lines, code):
    with pytest.raises(LayoutError) as caught:
        read(north=_sheet(lines))
    assert [problem.code for problem in caught.value.problems] == [code]


@pytest.mark.parametrize(
    ("setting", "what"),
    [("delimiter: ';;'", "a delimiter is one character"), ("encoding: utf-99", "there is no encoding 'utf-99'")],
)
def test_a_setting_that_no_text_file_can_have_is_refused(read, setting, what):
    with pytest.raises(LayoutError) as caught:
        read(north=f"{setting}\n{_sheet('A: participants.sex')}")
    (problem,) = caught.value.problems
    assert problem.code == "L101"
    assert problem.what.startswith(what)


def test_a_layout_with_another_ending_is_not_passed_over(read, tmp_path):
    (tmp_path / "sites" / "south.yml").write_text("site: south\n")
    with pytest.raises(LayoutError, match=r"rename it to .yaml"):
        read()
