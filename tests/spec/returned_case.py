"""A small provider whose return has a bit of everything, for the tests of the workbook that is sent back."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from evaltools.clean.returned_sheet import ReturnedSheet
from evaltools.domain.harmonised import ACCOUNTING, FINDINGS, QUARANTINE

CLIENTS = [
    ["Haringey IPS", "", "", ""],
    ["Client ID", "Referred", "Sex", "Hours"],
    ["H1", "31/04/2021", "F", "16"],
    ["H2", datetime(2021, 4, 3), "=1+1", "37.5"],
    ["H1", datetime(2021, 4, 3), "M", "sixteen"],
    ["H3", "01/02/2021", "F ", "300"],
]
JOBS = [["Client ID", "Start"], ["H1", "2021-05-01"]]


def cells(rows: list[list[object]]) -> pd.DataFrame:
    return pd.DataFrame(rows, index=pd.RangeIndex(1, len(rows) + 1), dtype=object)


def frame(columns: dict[str, str], rows: list[dict[str, object]]) -> pd.DataFrame:
    held = pd.DataFrame(rows, columns=list(columns)).astype(columns)
    return held.fillna({name: "" for name, kind in columns.items() if kind == "string"})


SHEETS = (
    ReturnedSheet("haringey.xlsx", "Clients", cells(CLIENTS), header_row=2),
    ReturnedSheet("haringey_jobs.csv", "", cells(JOBS)),
)


def _finding(
    code: str, severity: str, listed: str, count: int, what: str, detail: str = "", **place: str
) -> dict[str, object]:
    where = {"site": "haringey", "file": "haringey.xlsx", "sheet": "Clients"} | place
    return {"code": code, "severity": severity, "cells": listed, "count": count, "what": what, "detail": detail, **where}


FOUND = frame(
    FINDINGS,
    [
        _finding("D101", "must fix", "", 1, "a file cannot be read", "it is cut short", file="late.xlsx", sheet=""),
        _finding("D102", "must fix", "B3", 1, "a date cannot be read, in column 'Referred' (1 cell)")
        | {"fix": "Correct it."},
        _finding("D108", "must fix", "D5", 1, "a number cannot be read, in column 'Hours' (1 cell)"),
        _finding("D111", "must fix", "A3, ...", 2, "two rows contradict each other, in column 'Client ID' (2 rows)"),
        _finding("D109", "please check", "D5:D6", 2, "a number is outside its range, in column 'Hours' (2 cells)"),
        _finding("D117", "changed for you", "C6", 1, "an entry was tidied, in column 'Sex' (1 cell)"),
    ],
)
ASIDE = frame(
    QUARANTINE,
    [
        {"code": code, "file": "haringey.xlsx", "sheet": "Clients", "row": row, "cell": cell, "why": why}
        for code, row, cell, why in [
            ("D102", 3, "B3", "no day"),
            ("D111", 3, "A3", "the rows differ in: Sex"),
            ("D111", 5, "A5", "the rows differ in: Sex"),
        ]
    ],
)
ACCOUNT = frame(
    ACCOUNTING,
    [
        {"site": "haringey", "status": "read", "lines": lines, "rows": rows, "kept": kept, "merged": 0, "quarantined": aside}
        | {"file": file, "sheet": sheet, "title": 0, "header": 1, "blank": 0, "total": 0, "note": "xlsx"}
        for file, sheet, lines, rows, kept, aside in [
            ("haringey.xlsx", "Clients", 6, 4, 2, 2),
            ("haringey_jobs.csv", "", 2, 1, 1, 0),
        ]
    ],
)
SHADED = {"A3", "A5", "B3", "C6", "D5", "D6"}
