"""Raw + ledger + quarantine = canonical, byte for byte."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd
from pandas.testing import assert_frame_equal

from evaltools.clean.harmonise import harmonise
from evaltools.clean.match_files import match_files
from evaltools.clean.read_file import read_file
from evaltools.clean.replay import replay
from evaltools.domain.harmonised import Harmonised
from evaltools.schema.layout import Layout
from evaltools.schema.table import Schema

KEY, CUT = b"key", date(2024, 12, 31)
PEOPLE = {
    "files": ["people*"],
    "site": "camden",
    "sheets": [
        {
            "header_row": 2,
            "columns": {
                "ID": {"field": "participants.participant_id", "codes": {"tbc": ""}},
                "Sex": {"field": "participants.sex"},
                "Age": {"field": "participants.age_at_referral"},
                "Ref": {"field": "enrolments.referral_date", "dates": ["dd/mm/yyyy", "mm/dd/yyyy"]},
                "Months out": {"field": "enrolments.months_out_of_work"},
            },
            "repeats": [
                {
                    "table": "jobs",
                    "times": 2,
                    "columns": {
                        "Start {n}": {"field": "jobs.start_date", "dates": ["dd/mm/yyyy", "serial 1900"]},
                        "End {n}": {"field": "jobs.end_date", "dates": ["dd/mm/yyyy"]},
                        "Told {n}": {"field": "jobs.disclosed"},
                        "Pay {n}": {"field": "jobs.wage_per_hour"},
                    },
                }
            ],
            "ignore": ["Notes"],
        }
    ],
}
HEADER = "ID,Sex,Age,Ref,Months out,Start 1,End 1,Told 1,Pay 1,Start 2,End 2,Told 2,Pay 2,Notes"
LINES = [
    "Return for April" + "," * 13,
    HEADER,
    "A1,f,30,13/02/2020,1e1,01/03/2020,01/02/2020,y,£12.50,44000,,,,x",  # ends before it starts
    'A2 ,M,300,14/02/2020,6.25,,,,,01/05/2020,,no,"£1,200",',  # too old; a wage beyond its limit
    "A2,M,,14/02/2020,6.25,,,,,01/05/2020,,no,,",  # a copy of the person and the job
    "A3,Q,40,03/04/2020,,01/05/2020,,,,,,,,",  # a date of two readings takes the record with it
    "tbc,F,41,13/03/2020,,,,,,,,,,",
    "#N/A,F,41,13/03/2020,,,,,,,,,,",
    "," * 13,
    "A4,Female,50,13/03/2020,,soon,,,,01/06/2020,,,,",  # the first job has no day, the second has
    "A5,F,50,13/03/2020,,01/06/2020,,y,,01/06/2020,,n,,",
    "A7,F,50,13/03/2020,,01/06/2020,,y,,01/07/2020,,n,,",  # two rows of one first job: which is right?
    "A7,F,50,13/03/2020,,01/06/2020,,n,,,,,,",
    "A6,F,50,13/03/2020,,01/06/2020,,y,,,,,,",
    "A6,F,50,13/03/2020,,01/06/2020,,y,,01/08/2020,,,,",  # the person is a copy, the second job is new
    "Total,,,,,,,,,,,,,",
]


def _again(files: Sequence[Path], root: Path, layouts: Sequence[Layout], done: Harmonised, schema: Schema) -> dict:
    deliveries = [one for one in match_files(files, root, layouts) if one.layout]
    raws = [
        (read_file(one.path, one.name, one.layout.encoding, one.layout.delimiter), one.layout)
        for one in deliveries
        if one.layout
    ]
    return replay(raws, done.ledger, done.quarantine, schema, KEY)


def _bytes(table: pd.DataFrame) -> str:
    buffer = io.BytesIO()
    table.to_parquet(buffer)
    return hashlib.sha256(buffer.getvalue()).hexdigest()


def _same(again: dict[str, pd.DataFrame], done: Harmonised) -> None:
    assert set(again) == set(done.tables)
    for name, table in done.tables.items():
        assert_frame_equal(again[name], table)
        assert _bytes(again[name]) == _bytes(table)


def test_every_kind_of_change_is_replayed(tmp_path: Path, schema: Schema) -> None:
    (tmp_path / "people.csv").write_text("\n".join(LINES) + "\n", encoding="utf-8")
    layouts = [Layout.model_validate(PEOPLE)]
    files = sorted(tmp_path.iterdir())
    done = harmonise(files, tmp_path, layouts, schema, KEY, CUT)
    rules = set(done.ledger["rule"])
    assert {"title row", "header row", "blank row", "total row", "trim", "set aside", "merge", "merge rows"} <= rules
    assert {"code", "number", "yes or no", "pseudonym", "date serial 1900", "date dd/mm/yyyy"} <= rules
    assert len(done.tables["jobs"]) == 9
    assert done.quarantine["part"].dropna().tolist() == [2, 2, 2]
    _same(_again(files, tmp_path, layouts, done, schema), done)


def test_a_ledger_that_lacks_one_row_gives_other_tables(tmp_path: Path, schema: Schema) -> None:
    (tmp_path / "people.csv").write_text("\n".join(LINES) + "\n", encoding="utf-8")
    layouts = [Layout.model_validate(PEOPLE)]
    files = sorted(tmp_path.iterdir())
    done = harmonise(files, tmp_path, layouts, schema, KEY, CUT)
    lacking = done.ledger[~((done.ledger["field"] == "sex") & (done.ledger["raw"] == "M"))]
    altered = Harmonised(done.tables, lacking, done.quarantine, done.findings, done.accounting)
    again = _again(files, tmp_path, layouts, altered, schema)
    assert again["participants"]["sex"].tolist() != done.tables["participants"]["sex"].tolist()
