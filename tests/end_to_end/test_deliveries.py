"""Monthly cumulative returns: the newest value wins, nothing is lost, and `compare` says what changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from evaltools import pipeline
from evaltools.clean.read_file import read_file
from evaltools.clean.replay import replay
from evaltools.errors import LayoutError, UsageError
from evaltools.provenance import study_schema
from evaltools.schema.read_layouts import read_layouts
from evaltools.study import Study, pseudonym_key
from evaltools.verbs.compare import compare_deliveries, delivery_days

COLUMNS = {
    "ID": "participants.participant_id",
    "Sex": "participants.sex",
    "Referred": {"field": "enrolments.referral_date", "dates": ["dd/mm/yyyy"]},
    "Engaged": {"field": "enrolments.engaged_date", "dates": ["dd/mm/yyyy"]},
    "Started": {"field": "jobs.start_date", "dates": ["dd/mm/yyyy"]},
    "Hours": "jobs.hours_per_week",
}
RULE = {"pattern": "north_{yyyy-mm}.csv"}
HEAD = "ID,Sex,Referred,Engaged,Started,Hours\n"
JANUARY = HEAD + (
    "A1,F,01/02/2023,08/02/2023,01/06/2023,20\n"
    "A2,M,01/03/2023,08/03/2023,,\n"
    "A3,F,01/04/2023,32/04/2023,,\n"
    "A4,M,01/05/2023,08/05/2023,,\n"
)
FEBRUARY = HEAD + (
    "A4,M,01/05/2023,08/05/2023,01/07/2023,16\n"  # a job that January did not know
    "A2,M,11/03/2023,18/03/2023,,\n"  # the referral was wrong
    "A1,F,01/02/2023,08/02/2023,,\n"  # the job was emptied
    "A5,F,01/06/2023,,31/06/2023,\n"  # somebody new, with a fault
)  # and A3 is gone


def _north(**rule: object) -> dict[str, dict[str, object]]:
    sheets = [{"columns": COLUMNS}]
    return {"north": {"files": ["north_*"], "sheets": sheets, "deliveries": RULE | rule}}


@pytest.fixture
def study(small_study: Callable[..., Study]) -> Study:
    return small_study({"north_2024-01.csv": JANUARY, "north_2024-02.csv": FEBRUARY}, _north())


def _read(study: Study, name: str) -> pd.DataFrame:
    folder = "private" if name in ("ledger", "quarantine", "findings", "restatements", "people") else "1_prepared"
    return pd.read_parquet(study.build / folder / f"{name}.parquet")


def test_every_person_is_counted_once_and_every_row_is_accounted_for(study: Study) -> None:
    pipeline.prepare(study)
    accounting = _read(study, "accounting").set_index("file")[["rows", "kept", "merged", "quarantined"]]
    # A1's January row still gives the job, which February leaves out; A3's is all that is left of that person
    assert accounting.loc["north_2024-01.csv"].tolist() == [4, 2, 2, 0]
    assert accounting.loc["north_2024-02.csv"].tolist() == [4, 4, 0, 0]
    assert len(_read(study, "participants")) == len(_read(study, "enrolments")) == 5
    referrals = _read(study, "enrolments")["referral_date"].dt.strftime("%d/%m").tolist()
    assert sorted(referrals) == ["01/02", "01/04", "01/05", "01/06", "11/03"]
    assert len(_read(study, "jobs")) == 2


def test_every_restatement_is_kept_with_its_place(study: Study) -> None:
    pipeline.prepare(study)
    held = _read(study, "restatements")
    said = held[["what", "table", "field", "old", "new", "file", "cell"]].to_numpy().tolist()
    assert ["restated", "enrolments", "referral_date", "2023-03-01", "2023-03-11", "north_2024-02.csv", "C3"] in said
    assert ["restated", "enrolments", "engaged_date", "2023-03-08", "2023-03-18", "north_2024-02.csv", "D3"] in said
    assert sorted(row[1] for row in said if row[0] == "gone") == ["enrolments", "jobs", "participants"]
    assert set(held["key"]) <= set(_read(study, "people")["participant_id"])


def test_findings_of_the_old_file_do_not_stay_for_ever(study: Study) -> None:
    pipeline.prepare(study)
    found = _read(study, "findings")
    assert set(found.loc[found["code"] == "D102", "file"]) == {"north_2024-02.csv"}
    assert found.loc[found["code"] == "D152", ["file", "count"]].to_numpy().tolist() == [["north_2024-01.csv", 2]]
    assert "D112" not in set(found["code"])  # a superseded row is no copy
    ledger = _read(study, "ledger")
    merged = ledger.loc[ledger["rule"] == "merge", ["cells", "new"]].to_numpy().tolist()
    assert merged == [["A3", "row 3 of north_2024-02.csv"], ["A5", "row 2 of north_2024-02.csv"]]


def test_the_ledger_of_several_deliveries_replays(study: Study) -> None:
    folder, schema = pipeline.prepare(study), study_schema(study)
    (layout,) = read_layouts(study.folder / "sites", schema)
    raws = [(read_file(path, path.name, "", ""), layout) for path in sorted(study.raw.iterdir())]
    key, sites = pseudonym_key(study), study.site_table(schema.tables["sites"])
    again = replay(raws, _read(study, "ledger"), _read(study, "quarantine"), schema, key, sites)
    for name in ("participants", "enrolments", "jobs"):
        pd.testing.assert_frame_equal(again[name], pd.read_parquet(folder / f"{name}.parquet").astype(again[name].dtypes))


def test_without_the_declaration_both_files_contradict_each_other(small_study: Callable[..., Study]) -> None:
    layouts = {"north": {"files": ["north_*"], "sheets": [{"columns": COLUMNS}]}}
    study = small_study({"north_2024-01.csv": JANUARY, "north_2024-02.csv": FEBRUARY}, layouts)
    pipeline.prepare(study)
    assert _read(study, "restatements").empty
    assert len(_read(study, "enrolments")) == 6  # A2 twice: which referral is right, nobody has said


def test_a_file_whose_name_gives_no_day_is_refused(small_study: Callable[..., Study]) -> None:
    study = small_study({"north_final.csv": JANUARY}, _north())
    with pytest.raises(LayoutError, match="L208"):
        pipeline.prepare(study)


def test_two_deliveries_of_one_study_are_compared(study: Study) -> None:
    assert sorted(set(delivery_days(study).values())) == [date(2024, 1, 31), date(2024, 2, 29)]
    told: list[str] = []
    compared = compare_deliveries(study, None, told.append)
    fates = compared.findings[compared.findings["code"] == "D102"].set_index("fate")["count"].to_dict()
    assert fates == {"new": 1, "vanished": 1}
    numbers = compared.numbers[compared.numbers["headline"]]
    engaged = numbers[numbers["estimate_id"] == "lcf_mhep.engaged.proportion.programme.all"]
    assert engaged["old"].tolist() == [1.0]  # A3 is not known to have engaged, and is not among the three
    assert engaged["new"].tolist() == [0.75]
    assert compared.inputs.to_numpy().tolist() == [["raw/north_2024-02.csv", "added"]]
    assert not list((study.build / "private").glob(".aside-*"))
    with pytest.raises(UsageError, match="U121"):
        compare_deliveries(study, date(2024, 2, 29), told.append)


def test_the_command_compares_and_writes_files_that_hold_no_person(study: Study, tmp_path: Path) -> None:
    from typer import Typer

    from evaltools.commands.compare import compare

    app = Typer()
    app.command()(compare)
    done = CliRunner().invoke(app, [str(study.folder), "--to", str(tmp_path / "out.json")], catch_exceptions=False)
    assert done.exit_code == 0
    assert "1 vanished" in done.output
    text = (tmp_path / "out.json").read_text(encoding="utf-8")
    assert not [person for person in _read(study, "people")["participant_id"] if person in text + done.output]
    held = json.loads(text)
    assert {row["fate"] for row in held["findings"]} >= {"new", "vanished"}
    assert held["numbers"]
