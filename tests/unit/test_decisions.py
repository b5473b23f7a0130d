"""Decisions are read, applied and written back on every run of a study."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest
from small_study import CLIENTS, LAYOUT, write_study

from evaltools.clean.ask_questions import COLUMN, HEADER, SEPARATOR
from evaltools.clean.decision_sheet import decision_sheet
from evaltools.clean.decision_status import APPLIED, CHANGED, OPEN
from evaltools.clean.read_decisions import FILE, read_decisions
from evaltools.clean.read_file import read_file
from evaltools.clean.replay import replay
from evaltools.decisions import answers_hash, open_questions
from evaltools.domain.harmonised import Harmonised
from evaltools.errors import LayoutError
from evaltools.intake import harmonise_study
from evaltools.private_files import write_private_file
from evaltools.provenance import study_schema
from evaltools.schema.read_layouts import read_layouts
from evaltools.study import Study, pseudonym_key, read_study

RENAMED = CLIENTS.replace("Client ID,Sex,", "Client ID,Gender,")


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return read_study(write_study(tmp_path / "small"))


def _run(study: Study) -> Harmonised:
    return harmonise_study(study, study_schema(study), lambda words: None)


def _sheet(study: Study) -> pd.DataFrame:
    return read_decisions(study.folder / FILE)


def _answer(study: Study, kinds: Sequence[str] = (), option: int = 0) -> None:
    rows = _sheet(study)
    mine = rows["kind"].isin(kinds) | (not kinds)
    rows.loc[mine, "decision"] = rows["options"].str.split(SEPARATOR, regex=False).str[option]
    rows.loc[mine, "initials"] = "AB"
    write_private_file(study.folder / FILE, decision_sheet(rows))


def test_questions_are_asked_once_and_the_same_again_is_the_same_bytes(study: Study) -> None:
    _run(study)
    assert sorted(_sheet(study)["kind"]) == ["contradicting rows", "new code", "stands for unknown?"]
    assert set(_sheet(study)["status"]) == {OPEN}
    assert open_questions(study) == 3
    before = (study.folder / FILE).read_bytes()
    _run(study)
    assert (study.folder / FILE).read_bytes() == before


def test_answers_are_applied_and_marked_and_ledgered(study: Study) -> None:
    _run(study)
    _answer(study)
    done = _run(study)
    assert set(_sheet(study)["status"]) == {APPLIED}
    assert open_questions(study) == 0
    assert (done.ledger["rule"] == "decision").sum() == 3
    assert sorted(done.tables["participants"]["sex"]) == sorted(
        ["female", "female", _sheet(study).set_index("kind")["decision"]["contradicting rows"][8:-1]]
    )
    assert done.tables["enrolments"]["first_contact_date"].isna().sum() == 2
    assert not done.findings["code"].isin(["D107", "D111"]).any()


def test_every_row_is_still_accounted_for(study: Study) -> None:
    _run(study)
    _answer(study)
    accounting = _run(study).accounting
    assert (accounting["rows"] == accounting["kept"] + accounting["merged"] + accounting["quarantined"]).all()


def test_a_decision_about_changed_data_is_reported_and_not_applied(study: Study) -> None:
    _run(study)
    _answer(study)
    write_study(study.folder, CLIENTS.replace("C1,M,", "C1,Other,").replace("Wmn", "F"))
    done = _run(study)
    status = _sheet(study).set_index("kind")["status"]
    assert list(status["contradicting rows"]) == [OPEN, CHANGED]
    assert status["new code"] == CHANGED
    assert status["stands for unknown?"] == APPLIED
    assert (done.ledger["rule"] == "decision").sum() == 1
    assert "D111" in done.findings["code"].tolist()


def test_a_stage_is_stale_when_an_answer_changes_and_not_when_we_write(study: Study) -> None:
    before = answers_hash(study)
    _run(study)
    assert answers_hash(study) == before
    _answer(study)
    after = answers_hash(study)
    assert after != before
    _run(study)
    assert answers_hash(study) == after


def test_a_renamed_column_is_asked_about_and_read_once_decided(study: Study) -> None:
    write_study(study.folder, RENAMED)
    assert _run(study).tables["participants"]["sex"].isna().all()
    _answer(study, [HEADER])
    done = _run(study)
    assert _sheet(study).set_index("kind")["status"][HEADER] == APPLIED
    assert done.tables["participants"]["sex"].notna().any()
    assert "D115" not in done.findings["code"].tolist()


def test_a_missing_required_column_stops_the_run_and_is_asked_about(study: Study) -> None:
    _run(study)
    (study.folder / "sites" / "camden.yaml").write_text(LAYOUT.replace(", optional: true", ""), encoding="utf-8")
    (study.folder / "raw" / "clients.csv").write_text(RENAMED, encoding="utf-8")
    with pytest.raises(LayoutError):
        _run(study)
    asked = _sheet(study).set_index("kind")
    assert {HEADER, COLUMN} <= set(asked.index)
    assert len(asked) == 5, "the other questions stay"
    _answer(study, [COLUMN])
    assert _run(study).tables["participants"]["sex"].notna().any()


def test_a_study_without_questions_gets_no_sheet(tmp_path: Path) -> None:
    clean = "Client ID,Sex,Referred,First seen,Comment\nC1,F,01/04/2021,08/04/2021,\n"
    study = read_study(write_study(tmp_path / "clean", clean))
    _run(study)
    assert not (study.folder / FILE).exists()


def test_the_ledger_replays_with_the_decisions_in_it(study: Study) -> None:
    _run(study)
    _answer(study)
    done, schema = _run(study), study_schema(study)
    (layout,) = read_layouts(study.folder / "sites", schema)
    raws = [(read_file(study.raw / "clients.csv", "clients.csv"), layout)]
    sites = study.site_table(schema.tables["sites"])
    again = replay(raws, done.ledger, done.quarantine, schema, pseudonym_key(study), sites)
    for name, table in done.tables.items():
        pd.testing.assert_frame_equal(again[name], table.reset_index(drop=True))
