"""Bad input, through the command line: a message with code, place, fault and fix, the right exit code, and nothing lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

STUDY = """
[study]
id = "small"
title = "A small study"
kind = "records"
synthetic = true
data_cut = 2024-12-31
definitions = ["lcf_mhep"]
public_key = "public: nobody is real"
[[sites]]
id = "camden"
name = "Camden"
[release]
profile = "open"
[report]
notebooks = ["overview"]
"""
LAYOUT = """
site: camden
files: ["clients*"]
sheets:
  - columns:
      Client ID: participants.participant_id
      Sex: {field: participants.sex, codes: {Woman: female}}
      Referred: {field: enrolments.referral_date, dates: [dd/mm/yyyy]}
      First seen: {field: enrolments.first_contact_date, dates: [dd/mm/yyyy, mm/dd/yyyy]}
"""
CLIENTS = """Client ID,Sex,Referred,First seen
QX-0001,Woman,01/02/2023,13/02/2023
QX-0002,Femal,01/02/2023,03/04/2023
QX-0003,M,31/02/2023,
QX-0001,Woman,01/02/2023,13/02/2023
QX-0004,F,02/02/2023,31/04/2023
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    for name, text in (("study.toml", STUDY), ("sites/camden.yaml", LAYOUT), ("raw/clients.csv", CLIENTS)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "raw" / "clients_locked.xlsx").write_bytes(b"PK\x03\x04 cut short")
    return folder


def _run(verb: str, study: Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "evaltools", verb, str(study)], capture_output=True, text=True, cwd=study.parent, check=False
    )
    assert "Traceback" not in done.stdout + done.stderr
    assert "QX-000" not in done.stdout + done.stderr
    return done


def _unwrapped(text: str) -> str:
    return " ".join(text.split())


def test_check_names_code_cell_fault_and_fix_of_everything_at_once(study: Path) -> None:
    done = _run("check", study)
    assert done.returncode == 1
    said = _unwrapped(done.stdout)
    for message in (
        "must fix[D101]: a file cannot be read --> clients_locked.xlsx",
        "must fix[D107]: a code is not known, in column 'Sex' (1 cell) --> clients.csv, B3 | 'Femal'",
        "must fix[D102]: a date cannot be read, in column 'Referred' (1 cell) --> clients.csv, C4",
        "must fix[D102]: a date cannot be read, in column 'First seen' (1 cell) --> clients.csv, D6",
        "must fix[D103]: a date can be read in two ways, in column 'First seen' (1 cell) --> clients.csv, D3",
        "changed for you[D112]: a row stands twice (1 row) --> clients.csv, A5",
    ):
        assert message in said
    assert "[D110]" not in said  # what C4 lacks is said already
    assert said.count("fix:") >= 6
    assert "31/02/2023" not in said


def test_prepare_sets_aside_and_goes_on_and_loses_nothing(study: Path) -> None:
    done = _run("prepare", study)
    assert done.returncode == 0, done.stderr
    build = next(study.parent.rglob("1_prepared")).parent
    frames = {path.stem: pd.read_parquet(path) for path in build.rglob("*.parquet")}
    aside = frames["quarantine"]
    assert sorted(aside["code"]) == ["D101", "D102", "D102", "D103", "D110"]
    kept = len(frames["participants"])
    merged = int(frames["ledger"]["rule"].eq("merge").sum())
    assert kept + merged + int(aside["level"].eq("row").sum()) == len(CLIENTS.splitlines()) - 1


def test_a_missing_column_ends_with_11_and_a_guess(study: Path) -> None:
    raw = study / "raw" / "clients.csv"
    raw.write_text(CLIENTS.replace("Referred", "Refered"), encoding="utf-8")
    done = _run("prepare", study)
    assert done.returncode == 11
    said = _unwrapped(done.stderr)
    assert "error[L201]: the column 'Referred' is missing --> clients.csv, header row 1" in said
    assert "headers found: Client ID, Sex, Refered, First seen" in said
    assert "perhaps renamed to 'Refered'?" in said
    assert not list(study.parent.rglob("1_prepared"))


def test_an_unknown_key_of_the_study_file_ends_with_10_and_a_guess(study: Path) -> None:
    (study / "study.toml").write_text(STUDY.replace("data_cut", "datacut"), encoding="utf-8")
    done = _run("prepare", study)
    assert done.returncode == 10
    assert "unknown key 'datacut'" in _unwrapped(done.stderr)
    assert "did you mean 'data_cut'?" in _unwrapped(done.stderr)
