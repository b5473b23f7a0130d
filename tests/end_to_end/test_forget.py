"""A person who withdraws is gone from everything that was made, stays gone, and that is proved."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from typer import Typer
from typer.testing import CliRunner

from evaltools import pipeline
from evaltools.clean.ask_codes import NOTHING
from evaltools.clean.ask_pairs import DIFFERENT, SAME
from evaltools.clean.ask_questions import CODE, PERSON
from evaltools.clean.decision_sheet import decision_sheet
from evaltools.clean.decision_status import APPLIED
from evaltools.clean.pseudonymise import hasher
from evaltools.clean.read_decisions import FILE, read_decisions
from evaltools.commands.forget import forget as command
from evaltools.errors import UsageError
from evaltools.private_files import write_private_file
from evaltools.study import Study, pseudonym_key
from evaltools.verbs.find_traces import find_traces
from evaltools.verbs.forget import forget
from evaltools.verbs.return_workbooks import return_checked

CLIENTS = "ID,NHS no,Sex,Referred,Engaged,Notes\n" + (
    "NM-00417,9434765919,Fe male,01/02/2023,32/02/2023,n\n"
    "NM-00418,,F,01/03/2023,08/03/2023,n\n"
    "NM-00419,,M,01/03/2023,08/03/2023,n\n"
)
JOBS = "Client,Started,Hours\nNM-00417,77/06/2023,lots\nNM-00418,01/06/2023,16\n"
SOUTH = "ID,NHS no,Sex,Referred,Engaged\nS-9001,943 476 5919,F,01/08/2023,08/08/2023\nNM-00418,,F,01/08/2023,08/08/2023\n"
DATES = ["dd/mm/yyyy"]
PEOPLE = {
    "ID": "participants.participant_id",
    "Sex": "participants.sex",
    "Referred": {"field": "enrolments.referral_date", "dates": DATES},
    "Engaged": {"field": "enrolments.engaged_date", "dates": DATES},
}
JOB = {
    "Client": "jobs.participant_id",
    "Started": {"field": "jobs.start_date", "dates": DATES},
    "Hours": "jobs.hours_per_week",
}
LINK = {"NHS no": "nhs_number"}
LAYOUTS = {
    "north": {"files": ["clients*"], "sheets": [{"columns": PEOPLE, "link": LINK, "ignore": ["Notes"]}]},
    "north_jobs": {"site": "north", "files": ["jobs*"], "sheets": [{"columns": JOB}]},
    "south": {"files": ["south*"], "sheets": [{"columns": PEOPLE, "link": LINK}]},
}
HERS = ("Fe male", "32/02/2023", "77/06/2023", "lots")  # entries that only her rows hold, each with a fault


@pytest.fixture
def study(small_study: Callable[..., Study]) -> Study:
    study = small_study({"clients.csv": CLIENTS, "jobs.csv": JOBS, "south.csv": SOUTH}, LAYOUTS)
    pipeline.release(study)
    return study


def _pseudonym(study: Study, site: str, identifier: str) -> str:
    return hasher(pseudonym_key(study))("participant_id", site, identifier)


def _cells(study: Study) -> Iterator[tuple[str, str]]:
    """Every text in every table that was made."""
    for path in study.build.rglob("*.parquet"):
        for name, column in pd.read_parquet(path).items():
            for text in column.dropna().astype(str).unique():
                yield f"{path.name}.{name}", text


def test_nothing_of_the_person_is_left_and_the_raw_files_are_as_they_were(study: Study) -> None:
    raw = {path: path.read_bytes() for path in study.raw.iterdir()}
    her, also_her = _pseudonym(study, "north", "NM-00417"), _pseudonym(study, "south", "S-9001")
    assert find_traces(study.build, [her])
    assert {entry for entry in HERS for _, text in _cells(study) if entry in text} == set(HERS)
    done = forget(study, ["NM-00417"], site="north")
    assert (done.people, done.traces, done.unsearched) == (2, (), 0)  # with the person linked to her
    assert done.rows == {"clients.csv": 1, "jobs.csv": 1, "south.csv": 1}
    assert find_traces(study.build, [her, also_her, "NM-00417", "S-9001"]) == []
    assert [place for place, text in _cells(study) for entry in HERS if entry in text] == []
    assert {path: path.read_bytes() for path in study.raw.iterdir()} == raw
    assert (study.folder / "decisions" / "forgotten.csv").read_text() == "\n".join(
        ["pseudonym", *sorted([her, also_her]), ""]
    )


def test_the_records_are_counted_as_withdrawn_without_a_value(study: Study) -> None:
    forget(study, ["NM-00417"])
    accounting = pd.read_parquet(study.build / "1_prepared" / "accounting.parquet").set_index("file")
    assert accounting["quarantined"].to_dict() == {"clients.csv": 1, "jobs.csv": 1, "south.csv": 1}
    assert (accounting["rows"] == accounting[["kept", "merged", "quarantined"]].sum(axis=1)).all()
    quarantine = pd.read_parquet(study.build / "private" / "quarantine.parquet")
    assert quarantine[["code", "row", "raw"]].drop_duplicates().to_numpy().tolist() == [["D154", 2, ""]]
    findings = pd.read_parquet(study.build / "private" / "findings.parquet")
    assert not set(findings["code"]) & {"D102", "D107", "D108", "D110", "D113"}
    assert len(pd.read_parquet(study.build / "1_prepared" / "participants.parquet")) == 3
    assert (study.build / "3_released" / "manifest.json").is_file()  # made again as far as it had been made


def test_later_runs_leave_the_person_out_again_and_a_new_file_does_not_bring_them_back(study: Study) -> None:
    forget(study, ["NM-00417"])
    her = _pseudonym(study, "north", "NM-00417")
    (study.raw / "clients_2.csv").write_text(CLIENTS.replace("Fe male", "F").replace("32/02", "08/02"), encoding="utf-8")
    shutil.rmtree(study.build)
    pipeline.release(study)
    assert find_traces(study.build, [her, "NM-00417"]) == []
    again = forget(study, ["NM-00417"], site="north")
    assert again.traces == ()


def test_the_workbook_that_is_sent_back_leaves_the_rows_empty(study: Study) -> None:
    forget(study, ["NM-00417"])
    return_checked(study, pipeline.check(study).harmonised, lambda words: None)
    words = ["NM-00417", "32/02/2023", "77/06/2023", "lots"]
    assert find_traces(study.build / "private" / "returns", words) == []
    assert find_traces(study.build / "private" / "returns", ["NM-00418"])


def test_nobody_else_is_forgotten_by_mistake(study: Study) -> None:
    with pytest.raises(UsageError, match="U124"):
        forget(study, ["NM-00418"])  # two sites use it
    with pytest.raises(UsageError, match="U123") as fault:
        forget(study, ["NM-00999"])
    assert "00999" not in str(fault.value)
    with pytest.raises(UsageError, match="U105"):
        forget(study, ["NM-00418"], site="west")
    assert not (study.folder / "decisions" / "forgotten.csv").exists()
    forget(study, ["NM-00418"], site="south")
    people = pd.read_parquet(study.build / "1_prepared" / "participants.parquet")["participant_id"]
    assert _pseudonym(study, "north", "NM-00418") in set(people)
    assert _pseudonym(study, "south", "NM-00418") not in set(people)


def test_the_command_takes_no_identifier_as_an_argument_and_says_where_it_still_stands(study: Study, tmp_path: Path) -> None:
    app = Typer()
    app.command()(command)
    names = tmp_path / "who.txt"
    names.write_text("NM-00419\n", encoding="utf-8")
    done = CliRunner().invoke(app, [str(study.folder), "--person-file", str(names)], catch_exceptions=False)
    assert done.exit_code == 0
    assert "clients.csv (1 row(s))" in done.output
    assert "Proved" in done.output
    asked = CliRunner().invoke(app, [str(study.folder)], input="NM-00417\n", catch_exceptions=False)
    assert asked.exit_code == 0
    assert not [word for word in ("NM-00417", "NM-00419") if word in done.output + asked.output]


def test_a_copy_that_still_holds_the_person_is_named(study: Study) -> None:
    shutil.copytree(study.build, study.build.parent / "small-2023")
    app = Typer()
    app.command()(command)
    her = _pseudonym(study, "north", "NM-00417")
    done = CliRunner().invoke(app, [str(study.folder), "--pseudonym", her])
    assert done.exit_code == 1
    assert "build/small-2023/1_prepared/participants.parquet" in done.output.replace("\n", "")


def _answer(study: Study, kind: str, answer: str) -> int:
    """Answer every question of a kind as people do, and give how many there are."""
    rows = read_decisions(study.folder / FILE)
    rows.loc[rows["kind"] == kind, ["decision", "initials", "note"]] = [answer, "AB", "asked them"]
    write_private_file(study.folder / FILE, decision_sheet(rows))
    return int((rows["kind"] == kind).sum())


@pytest.mark.parametrize(("answer", "people"), [(SAME, 2), (DIFFERENT, 1)])
def test_an_answered_question_about_a_pair_goes_with_the_person(
    small_study: Callable[..., Study], answer: str, people: int
) -> None:
    head = "ID,Name,Born,Sex,Referred,Engaged\n"
    line = ",Jane Smith,07/08/1990,F,01/02/2023,08/02/2023\n"
    other = ",Ann Lee,01/01/1970,F,01/02/2023,08/02/2023\n"
    layout = {"sheets": [{"columns": PEOPLE, "link": {"Name": "full_name", "Born": "birth_date"}}]}
    files = {"north.csv": f"{head}NM-00417{line}NM-00418{other}", "south.csv": f"{head}S-9001{line}S-9002{other}"}
    study = small_study(files, {"north": {"files": ["north*"], **layout}, "south": {"files": ["south*"], **layout}})
    pipeline.prepare(study)
    assert _answer(study, PERSON, answer) == 2
    pipeline.prepare(study)
    done = forget(study, ["NM-00417"])
    assert (done.people, done.traces, done.questions) == (people, (), 1)
    left = read_decisions(study.folder / FILE)
    assert left[["decision", "status"]].to_numpy().tolist() == [[answer, APPLIED]]  # the other pair keeps its answer
    assert pipeline.prepare(study)
    assert forget(study, ["NM-00417"]).traces == ()


def test_an_answered_question_about_an_entry_of_hers_alone_goes(study: Study) -> None:
    path = study.raw / "clients.csv"
    path.write_text(path.read_text().replace("Fe male", "Jane Doe").replace(",M,", ",Mann,"), encoding="utf-8")
    pipeline.prepare(study)
    assert _answer(study, CODE, NOTHING) == 2
    pipeline.prepare(study)
    assert find_traces(study.folder / "decisions", ["Jane Doe"]) == ["decisions.xlsx"]
    assert forget(study, ["NM-00417"]).questions == 1
    assert find_traces(study.folder / "decisions", ["Jane Doe"]) == []
    assert read_decisions(study.folder / FILE)[["decision", "status"]].to_numpy().tolist() == [[NOTHING, APPLIED]]


def test_her_identifier_in_cells_of_other_people_is_taken_out_now_and_later(study: Study) -> None:
    path = study.raw / "clients.csv"
    text = path.read_text().replace("NM-00418,,F,01/03/2023,08/03/2023,n", "NM-00418,,NM-00417,01/03/2023,see NM-00417.,n")
    path.write_text(
        text.replace("NM-00419,,M,01/03/2023,08/03/2023,n", "NM-00419,,M,as NM-00417,08/03/2023,a friend of NM-00417")
    )
    (study.raw / "jobs.csv").write_text("Client,Started,Hours\nNM-00418,01/06/2023,for NM-00417\n", encoding="utf-8")
    pipeline.prepare(study)
    return_checked(study, pipeline.check(study).harmonised, lambda words: None)
    found = find_traces(study.build / "private", ["NM-00417"])
    assert {"ledger.parquet", "quarantine.parquet", "returns/north_to_fix.csv", "returns/north_to_fix.xlsx"} <= set(found)
    assert forget(study, ["NM-00417"]).traces == ()
    shutil.rmtree(study.build)
    pipeline.prepare(study)
    return_checked(study, pipeline.check(study).harmonised, lambda words: None)
    assert find_traces(study.build, ["NM-00417"]) == []
    assert find_traces(study.folder / "decisions", ["NM-00417"]) == []
    ledger = pd.read_parquet(study.build / "private" / "ledger.parquet")
    assert {"Sex", "Engaged", "Hours"} <= set(ledger.loc[ledger["raw"] == "(withdrawn)", "column"])
    assert find_traces(study.build / "private" / "returns", ["NM-00418", "NM-00419"])
    quarantine = pd.read_parquet(study.build / "private" / "quarantine.parquet")
    assert "(withdrawn)" in set(quarantine["raw"])  # the referral day of NM-00419, who is set aside as before
    people = pd.read_parquet(study.build / "1_prepared" / "participants.parquet")["participant_id"]
    assert sorted(people) == sorted(_pseudonym(study, site, "NM-00418") for site in ("north", "south"))


def test_an_identifier_too_short_to_search_for_proves_nothing(study: Study, tmp_path: Path) -> None:
    path = study.raw / "clients.csv"
    path.write_text(path.read_text().replace("NM-00419", "0012"), encoding="utf-8")
    app, names = Typer(), tmp_path / "who.txt"
    app.command()(command)
    names.write_text("0012\nNM-00417\n", encoding="utf-8")
    done = CliRunner().invoke(app, [str(study.folder), "--person-file", str(names)], catch_exceptions=False)
    assert done.exit_code == 0
    assert "Not proved for 1 identifier(s) that are too short to search for" in done.output
    assert "Proved" not in done.output
