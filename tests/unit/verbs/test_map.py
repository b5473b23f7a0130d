from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from evaltools.errors import DataError, UsageError
from evaltools.study import Study, read_study
from evaltools.verbs.map import (
    MappedFile,
    details_of,
    map_file,
    read_answers,
    read_answers_for,
    settle,
    write_settled,
)

TODAY = date(2024, 5, 6)
CLIENTS = (
    "Returns of May\n"
    "Client ID,Sex,Date of referral,Postcode,Shoe size,Notes\n"
    "AB001,F,25/03/2021,SW1A 1AA,9,seen\n"
    "AB002,M,03/04/2021,E8 4RP,7,\n"
)


@pytest.fixture
def study(perkins: Path) -> Study:
    for path in (perkins / "sites").iterdir():
        path.unlink()
    return read_study(str(perkins))


@pytest.fixture
def file(study: Study) -> Path:
    path = study.raw / "camden_2021.csv"
    path.write_text(CLIENTS, encoding="utf-8")
    return path


def site_of(study: Study) -> str:
    return study.sites[0].id if study.sites else "camden"


def mapped_of(study: Study, file: Path, force: bool = False) -> MappedFile:
    return map_file(study, file, site_of(study), force)


def code(fault: pytest.ExceptionInfo[UsageError] | pytest.ExceptionInfo[DataError]) -> str:
    return fault.value.problems[0].code


def test_a_file_is_read_and_proposed_and_nothing_is_written(study: Study, file: Path) -> None:
    mapped = mapped_of(study, file)
    (sheet,) = mapped.sheets
    assert (mapped.name, mapped.elsewhere, sheet.place.row, sheet.records) == ("camden_2021.csv", False, 2, 2)
    assert not mapped.path.exists()


def test_the_written_layout_says_why_and_is_not_written_over(study: Study, file: Path) -> None:
    mapped = mapped_of(study, file)
    done = write_settled(mapped, settle(mapped, {}, accept=True), TODAY)
    text = done.path.read_text(encoding="utf-8")
    assert "06/05/2024" in text
    assert '"Date of referral": {field: "enrolments.referral_date", dates: ["dd/mm/yyyy"]}' in text
    assert "could hold a direct identifier (postcode)" in text
    assert "unsure, so not read" in text
    assert "AB001" not in text
    assert done.lacking == ()
    with pytest.raises(UsageError) as fault:
        mapped_of(study, file)
    assert code(fault) == "U135"
    assert mapped_of(study, file, force=True).path == done.path


def test_what_a_layout_lacks_is_said_and_stands_in_it(study: Study, file: Path) -> None:
    mapped = mapped_of(study, file)
    answers = read_answers_for(mapped, {"Client ID": "ignore"}, "answers")
    done = write_settled(mapped, settle(mapped, answers, accept=True), TODAY)
    assert {problem.code for problem in done.lacking} == {"L206"}
    assert "Still lacking" in done.path.read_text(encoding="utf-8")


def test_answers_may_be_short_or_full(study: Study, file: Path, tmp_path: Path) -> None:
    mapped = mapped_of(study, file)
    path = tmp_path / "answers.yaml"
    path.write_text("Sex: {field: participants.sex, codes: {M: male}}\nShoe size: jobs.hours_per_week\n", encoding="utf-8")
    found = read_answers(mapped, path)
    assert found["Sex"].codes == {"M": "male"}
    assert found["Shoe size"].target == "jobs.hours_per_week"


@pytest.mark.parametrize("raw", [["a"], "text", {"Sex": "participants.gender"}, {"Sex": {"codes": {}}}, {"Sex": None}])
def test_answers_that_are_none_are_refused(raw: object, study: Study, file: Path) -> None:
    with pytest.raises(UsageError) as fault:
        read_answers_for(mapped_of(study, file), raw, "answers")
    assert code(fault) == "U131"


def test_files_that_are_not_there_or_cannot_be_mapped(study: Study, file: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as absent:
        mapped_of(study, tmp_path / "none.csv")
    file.write_bytes(b"\x00\x01\x02")
    with pytest.raises(DataError) as unread:
        mapped_of(study, file)
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(DataError) as strange:
        mapped_of(study, file)
    file.write_text(CLIENTS, encoding="utf-8")
    mapped = mapped_of(study, file)
    with pytest.raises(UsageError) as answers:
        read_answers(mapped, tmp_path / "none.yaml")
    assert [code(one) for one in (absent, unread, strange, answers)] == ["U130", "D101", "U133", "U130"]


def test_a_site_that_nobody_knows_is_refused(study: Study, file: Path) -> None:
    with pytest.raises(UsageError) as fault:
        map_file(study, file, "No Such Site")
    assert code(fault) == "U134"
    if study.sites:
        with pytest.raises(UsageError) as other:
            map_file(study, file, "nowhere")
        assert code(other) == "U105"


def test_a_file_elsewhere_is_said_to_be(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "camden.csv"
    path.write_text(CLIENTS, encoding="utf-8")
    assert mapped_of(study, path).elsewhere


def test_details_of_a_column_are_masked(study: Study, file: Path) -> None:
    mapped = mapped_of(study, file)
    shown = {one.column.header: details_of(mapped, one).examples for one in settle(mapped, {}, accept=False)}
    assert shown["Client ID"] == ("AA999",)
    assert shown["Sex"] == ("F", "M")
    assert shown["Date of referral"] == ("dd/mm/yyyy",)
    assert shown["Postcode"] == ("AA9A 9AA", "A9 9AA")
