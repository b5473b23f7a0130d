"""A clean set of files trips no check; one changed entry, or one more line, trips the check that it should."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from spec_table import SCHEMA, spec_table

from evaltools.clean.harmonise import harmonise
from evaltools.clean.judge_rules import JUDGED, judge_rules, judge_tables
from evaltools.schema.layout import Layout
from evaltools.schema.thresholds import Thresholds

CUT = date(2024, 12, 31)
DAY = {"dates": ["dd/mm/yyyy"]}
COLUMNS = {
    "clients": {
        "Client ID": {"field": "participants.participant_id"},
        "Age": {"field": "participants.age_at_referral"},
        "Referred": {"field": "enrolments.referral_date", **DAY},
        "Seen": {"field": "enrolments.first_contact_date", **DAY},
        "VP started": {"field": "enrolments.profile_started_date", **DAY},
        "VP completed": {"field": "enrolments.profile_completed_date", **DAY},
        "Engaged": {"field": "enrolments.engaged_date", **DAY},
        "Status": {"field": "enrolments.employment_at_referral"},
        "Months out": {"field": "enrolments.months_out_of_work"},
        "Benefit": {"field": "enrolments.benefit_at_entry"},
        "Last contact": {"field": "enrolments.last_contact_date", **DAY},
        "Closed": {"field": "enrolments.discharge_date", **DAY},
    },
    "jobs": {
        "Client ID": {"field": "jobs.participant_id"},
        "Job": {"field": "jobs.job_number"},
        "Start": {"field": "jobs.start_date", **DAY},
        "End": {"field": "jobs.end_date", **DAY},
        "Hours": {"field": "jobs.hours_per_week"},
    },
    "evidence": {
        "Client ID": {"field": "evidence.participant_id"},
        "Milestone": {"field": "evidence.milestone"},
        "Dated": {"field": "evidence.evidence_date", **DAY},
    },
    "contacts": {
        "Client ID": {"field": "contacts.participant_id"},
        "Met": {"field": "contacts.contact_date", **DAY},
        "How": {"field": "contacts.contact_type"},
    },
}
CLEAN = {
    "clients": [
        "A1,36,01/02/2020,05/02/2020,06/02/2020,13/02/2020,20/02/2020,unemployed,9,UC,20/11/2020,01/12/2020",
        "A2,41,01/02/2020,05/02/2020,06/02/2020,13/02/2020,20/02/2020,unemployed,9,UC,20/11/2020,01/12/2020",
    ],
    "jobs": ["A1,1,02/03/2020,30/09/2020,20"],
    "evidence": ["A1,job_start,09/03/2020"],
    "contacts": ["A1,01/06/2020,face_to_face"],
}
CASES = """
check | what is wrong                       | file     | change
D104  | a job before the referral           | jobs     | Start = 01/01/2020
D105  | an end before its start             | jobs     | End = 01/03/2020
D106  | a future date                       | jobs     | End = 01/01/2025
D107  | a benefit in no code                | clients  | Benefit = Dole
D118  | a job after the exit                | jobs     | + A1,2,01/02/2021,,20
D122  | a contact before the referral       | clients  | Seen = 01/01/2020
D123  | a discharge before the referral     | clients  | Closed = 01/01/2020
D125  | a profile completed before it began | clients  | VP completed = 05/02/2020
D126  | a job before engagement             | jobs     | Start = 10/02/2020
D127  | jobs that overlap                   | jobs     | + A1,2,01/06/2020,30/09/2020,20
D129  | 52 hours a week                     | jobs     | Hours = 52
D130  | 65 hours a week in two jobs         | jobs     | + A1,2,01/06/2020,30/09/2020,45
D131  | aged 15                             | clients  | Age = 15
D132  | in work, and out of it for 9 months | clients  | Status = employed
D133  | a job held at referral              | jobs     | + A2,1,01/01/2020,01/03/2020,20
D134  | last contact after the discharge    | clients  | Last contact = 02/12/2020
D135  | a meeting after the discharge       | contacts | Met = 02/12/2020
D136  | evidence without a job              | evidence | + A2,job_start,09/03/2020
D137  | kept 13 weeks before 13 weeks       | evidence | Milestone = sustained_13
D138  | two first jobs on one day           | jobs     | + A1,2,02/03/2020,02/03/2020,10
D139  | twelve jobs of 16 hours             | jobs     | + twelve
D140  | 01/01/1900                          | clients  | Seen = 01/01/1900
D141  | evidence after a year               | evidence | Dated = 09/03/2021
D142  | an end that is missing              | jobs     | End = ; + A1,2,01/10/2020,30/11/2020,20
"""


def _changed(name: str, change: str) -> list[str]:
    """The lines of a file with an entry of its first line changed, or with a line more."""
    lines, columns = [line.split(",") for line in CLEAN[name]], list(COLUMNS[name])
    for part in change.split("; "):
        if part == "+ twelve":
            lines += [["A2", str(at), f"{at:02}/03/2020", f"{at:02}/03/2020", "16"] for at in range(1, 13)]
        elif part.startswith("+ "):
            lines.append(part[2:].split(","))
        elif part:
            column, _, value = part.partition(" =")
            lines[0][columns.index(column)] = value.strip()
    return [",".join(line) for line in lines]


def _found(folder: Path, changed: str = "", change: str = "") -> set[str]:
    folder.mkdir(exist_ok=True)
    for name in CLEAN:
        lines = [",".join(COLUMNS[name]), *(_changed(name, change) if name == changed else CLEAN[name])]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    layouts = [
        Layout.model_validate({"site": "camden", "files": [f"{name}.csv"], "sheets": [{"columns": columns}]})
        for name, columns in COLUMNS.items()
    ]
    done = harmonise(sorted(folder.iterdir()), folder, layouts, SCHEMA, b"key", CUT)
    judged = judge_rules(judge_tables(done.tables, Thresholds(), CUT), done.places, done.spots, SCHEMA)
    assert set(judged["file"]) <= {f"{name}.csv" for name in CLEAN}
    assert (judged["cells"] != "").all()
    return {*done.findings["code"], *judged["code"]}


def test_clean_files_trip_no_check(tmp_path: Path) -> None:
    assert _found(tmp_path / "raw") == set()


@pytest.mark.parametrize("line", range(len(spec_table(CASES))))
def test_a_changed_file_trips_the_check_that_it_should(line: int, tmp_path: Path) -> None:
    case = spec_table(CASES).iloc[line]
    assert case["check"] in _found(tmp_path / "raw", case["file"], case["change"]), case["what is wrong"]


def test_every_judged_check_has_a_file_that_trips_it() -> None:
    assert set(spec_table(CASES)["check"]) >= JUDGED
