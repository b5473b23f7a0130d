"""Every line and cell of the corpus is accounted for, as counted by a program that shares nothing with the reader."""

from __future__ import annotations

import ast
from pathlib import Path

import pandas as pd
import pytest
from case_reading import read_once
from cases import NASTINESS, Case
from corpus_files import CASES
from independent_count import Count, count_text, count_workbook

from evaltools.schema.table import Schema

DELIMITERS = {"semicolon": ";", "tab": "\t", "bar": "|"}
READ = [case for case in CASES if not case.refused and not case.stopped]
# openpyxl does not say which formulas have no value; it cannot read parts in UTF-16
TEXTS = [case for case in READ if not case.content.startswith((b"PK", b"\xd0\xcf"))]
BOOKS = [
    case
    for case in READ
    if case.content.startswith(b"PK")
    and case.file.endswith((".xlsx", ".csv", "named.xls"))
    and "formula" not in case.holds
    and case.name != "a_part_in_utf16"
]


def test_each_nastiness_stands_in_two_files_at_least() -> None:
    held = pd.Series([word for case in CASES for word in case.holds]).value_counts()
    assert set(held.index) == set(NASTINESS)
    assert held.min() >= 2
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


def test_builders_and_counter_share_nothing_with_the_package() -> None:
    for path in Path(__file__).parent.glob("*.py"):
        if path.name.startswith("test_") or path.name in ("conftest.py", "case_reading.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.split(".")[0] in ("evaltools", "pandas") for name in names), path.name
            assert path.name == "independent_count.py" or "openpyxl" not in names, path.name


def _headers(case: Case) -> list[int]:
    """Numbers of the header lines among those that hold anything, which the truth says by hand."""
    title = max(int(line.split()[0]) for line in case.lines.values())
    rows = case.layout["sheets"][0].get("header_rows", 1)
    return [title + 1 + number for number in range(rows)]


def _assert_same(counted: Count, accounted: pd.Series) -> None:
    assert counted.filled == accounted["lines"] - accounted["blank"]
    assert counted.records == accounted["rows"] == accounted[["kept", "merged", "quarantined"]].sum()
    assert counted.cells == accounted["cells"] == accounted[["mapped", "ignored", "unmapped"]].sum()


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case.name)
def test_text_tables_are_conserved(case: Case, schema: Schema) -> None:
    accounted = read_once(case, schema).accounting.iloc[0]
    delimiter = next((DELIMITERS[word] for word in case.holds if word in DELIMITERS), ",")
    _assert_same(count_text(case.content, delimiter, _headers(case)), accounted)


@pytest.mark.parametrize("case", BOOKS, ids=lambda case: case.name)
def test_workbooks_are_conserved(case: Case, schema: Schema) -> None:
    accounting = read_once(case, schema).accounting
    counted = count_workbook(case.content, _headers(case))
    assert set(counted) == set(accounting["sheet"])
    for _, accounted in accounting[accounting["status"] == "read"].iterrows():
        _assert_same(counted[accounted["sheet"]], accounted)
