"""A small made-up study on the disk, with something to fix, something to decide and a formula that must not run."""

from __future__ import annotations

from pathlib import Path

STUDY = """
[study]
id = "small"
title = "A small study (synthetic)"
kind = "records"
synthetic = true
data_cut = 2024-12-31
definitions = ["bit_cbo"]
public_key = "nobody here is real"

[[sites]]
id = "camden"
name = "Camden"
"""
LAYOUT = """
site: camden
files: ["clients*"]
sheets:
  - columns:
      "Client ID": {field: participants.participant_id}
      "Sex": {field: participants.sex, optional: true}
      "Referred": {field: enrolments.referral_date, dates: ["dd/mm/yyyy"]}
      "First seen": {field: enrolments.first_contact_date, dates: ["dd/mm/yyyy"]}
    ignore: ["Comment"]
"""
CLIENTS = (
    "Client ID,Sex,Referred,First seen,Comment\n"
    "C1,F,01/04/2021,08/04/2021,=1+1\n"
    "C1,M,01/04/2021,08/04/2021,\n"
    "C2,Wmn,02/04/2021,01/01/1900,\n"
    "C3,M,31/02/2021,09/04/2021,\n"
    "C4,F,05/04/2021,,\n"
)


def write_study(folder: Path, clients: str = CLIENTS) -> Path:
    for name, text in {"study.toml": STUDY, "sites/camden.yaml": LAYOUT, "raw/clients.csv": clients}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
