from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from evaltools.clean.harmonise import harmonise
from evaltools.domain.harmonised import ACCOUNTING, FINDINGS, LEDGER, QUARANTINE, Harmonised
from evaltools.errors import LayoutError
from evaltools.schema.layout import Layout
from evaltools.schema.table import Schema

RUN = Callable[..., Harmonised]
TEXT = "Client ID,Sex,Referred\nA01,f,3/2/2020\nA02,Fem,31/02/2020\nA03 ,M,01/02/2020\n"


def test_everything_comes_back_in_its_fixed_columns(run: RUN, people_layout: dict, schema: Schema) -> None:
    done = run({"clients.csv": TEXT}, people_layout)
    assert set(done.tables) == set(schema.tables)
    for name, table in schema.tables.items():
        assert done.tables[name].dtypes.astype(str).to_dict() == table.types()
    for frame, columns in (
        (done.ledger, LEDGER),
        (done.quarantine, QUARANTINE),
        (done.findings, FINDINGS),
        (done.accounting, ACCOUNTING),
    ):
        assert frame.dtypes.astype(str).to_dict() == columns


def test_no_identifier_is_shown_anywhere(run: RUN, people_layout: dict) -> None:
    done = run({"clients.csv": TEXT}, people_layout)
    shown = "".join(frame.to_csv() for frame in (done.ledger, done.quarantine, done.findings, *done.tables.values()))
    assert not any(identifier in shown for identifier in ("A01", "A02", "A03"))


def test_the_same_files_give_the_same_tables(run: RUN, people_layout: dict) -> None:
    first, second = (run({"clients.csv": TEXT}, people_layout) for _ in range(2))
    for name in first.tables:
        pd.testing.assert_frame_equal(first.tables[name], second.tables[name])
    pd.testing.assert_frame_equal(first.ledger, second.ledger)


def test_two_layouts_of_one_sheet_are_both_read_and_said_once(run: RUN) -> None:
    shared = {"Site": {"field": "counts.site_id"}, "Month": {"field": "counts.period_start"}}
    sheets = [
        {"columns": shared | {"Engaged": {"field": "counts.count"}}, "constants": {"counts.measure": "engaged"}},
        {"columns": shared | {"Starts": {"field": "counts.count"}}, "constants": {"counts.measure": "job_starts"}},
    ]
    text = "Site,Month,Engaged,Starts\n camden,2020-01,10,4\ncamden,2020-02,12,x\n"
    done = run({"c.csv": text}, {"files": ["c.csv"], "sheets": sheets})
    assert done.tables["counts"]["count"].fillna(-1).tolist() == [10.0, 12.0, 4.0, -1.0]
    assert done.accounting[["rows", "kept"]].to_numpy().tolist() == [[2, 2]]
    assert done.ledger["rule"].tolist().count("trim") == 1


def test_jobs_take_their_site_from_the_person(run: RUN) -> None:
    people = {
        "ID": {"field": "participants.participant_id"},
        "Site": {"field": "participants.site_id"},
        "Ref": {"field": "enrolments.referral_date", "dates": ["dd/mm/yyyy"]},
    }
    jobs = {"ID": {"field": "jobs.participant_id"}, "Start": {"field": "jobs.start_date", "dates": ["dd/mm/yyyy"]}}
    layout = {"files": ["*.csv"], "sheets": [{"sheet": "people", "columns": people}, {"sheet": "jobs", "columns": jobs}]}
    done = run({"people.csv": "ID,Site,Ref\n1,north,01/02/2020\n", "jobs.csv": "ID,Start\n1,01/03/2020\n"}, layout)
    assert done.tables["jobs"]["site_id"].tolist() == ["north"]


def test_a_row_without_entries_is_kept_only_for_a_known_person(run: RUN, people_layout: dict) -> None:
    repeat = {"table": "jobs", "times": 1, "columns": {"Start {n}": {"field": "jobs.start_date", "dates": ["dd/mm/yyyy"]}}}
    columns = {"ID": {"field": "jobs.participant_id"}}
    layout = {
        "site": "camden",
        "files": ["jobs.csv"],
        "sheets": [{"columns": columns, "repeats": [repeat], "ignore": ["Note"]}],
    }
    done = run(
        {
            "clients.csv": "Client ID,Sex,Referred\nA1,F,01/02/2020\n",
            "jobs.csv": "ID,Start 1,Note\nA1,,none\nA9,,none\n,,none\n",
        },
        people_layout,
        layout,
    )
    jobs = done.accounting.set_index("file").loc["jobs.csv"]
    assert jobs[["kept", "quarantined"]].tolist() == [1, 2]
    assert done.quarantine["code"].tolist() == ["D113", "D110"]


def test_a_missing_column_stops_before_anything_is_cleaned(run: RUN, people_layout: dict) -> None:
    with pytest.raises(LayoutError, match="the column 'Referred' is missing") as caught:
        run({"clients.csv": "Client ID,Sex\nA1,F\n"}, people_layout)
    assert caught.value.exit_code == 11


def test_progress_and_sites(tmp_path: Path, schema: Schema, people_layout: dict) -> None:
    (tmp_path / "clients.csv").write_text(TEXT)
    (tmp_path / "notes.txt").write_text("x")
    told: list[str] = []
    sites = pd.DataFrame({"site_id": ["camden"], "name": ["Camden"]})
    layouts = [Layout.model_validate(people_layout)]
    files = [tmp_path / "clients.csv", tmp_path / "notes.txt"]
    done = harmonise(files, tmp_path, layouts, schema, b"key", date(2024, 12, 31), sites, told.append)
    assert told == ["reading clients.csv", "cleaning clients.csv"]
    assert done.tables["sites"]["name"].tolist() == ["Camden"]
    assert done.accounting["status"].tolist() == ["read", "not used"]


def test_no_files_at_all(run: RUN, people_layout: dict) -> None:
    assert run({}, people_layout).accounting.empty


def test_a_line_with_too_few_entries_is_said(run: RUN, people_layout: dict) -> None:
    done = run({"clients.csv": "Client ID,Sex,Referred\nA01,f,3/2/2020\nA02\n"}, people_layout)
    finding = done.findings[done.findings["code"] == "D124"].iloc[0]
    assert (finding["cells"], finding["count"], finding["severity"]) == ("A3", 1, "please check")
    assert finding["what"].endswith("(1 row)")


def test_the_ledger_names_every_cell_and_every_line_that_is_no_record(run: RUN, people_layout: dict) -> None:
    lines = [f"A{number},{'f' if number % 3 else 'm'},3/2/2020" for number in range(30)]
    done = run({"clients.csv": "\n".join(["Client ID,Sex,Referred", *lines, ",,", ""])}, people_layout)
    female = done.ledger[(done.ledger["field"] == "sex") & (done.ledger["raw"] == "f")].iloc[0]
    assert female["cells"] == ", ".join(f"B{row}:B{row + 1}" for row in range(3, 32, 3))
    assert female["count"] == 20
    listed = done.ledger[done.ledger["rule"].str.endswith(" row")]
    assert listed[["rule", "cells"]].to_numpy().tolist() == [["header row", "A1"], ["blank row", "A32"]]
