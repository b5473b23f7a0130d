"""Whatever happens to a file: it is read or refused in words, nothing breaks, and every line and cell is accounted for."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from case_reading import read_case
from cases import Case
from corpus_files import CASES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from independent_count import UNSEEN
from mutations import NAMES, WAYS, Mutation, mutated

from evaltools.domain.harmonised import Harmonised
from evaltools.errors import LayoutError
from evaltools.schema.read import read_schema
from evaltools.schema.table import Schema

SHARE = st.floats(0, 1, exclude_max=True, allow_nan=False)
STEPS = st.lists(st.tuples(st.sampled_from(NAMES), SHARE, SHARE, st.integers(0, 255)), min_size=1, max_size=4)
BY_NAME = {case.name: case for case in CASES if len(case.content) < 50_000}
FILES = st.sampled_from(sorted(BY_NAME))
STATUS = {"read", "refused", "not used"}
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
ENCODINGS = {"UTF-8": "utf-8", "UTF-8 with mark": "utf-8-sig", "UTF-16": "utf-16", "cp1252": "cp1252"}


@cache
def _schema() -> Schema:
    return read_schema(Path(__file__).parents[2] / "data_schema")


def _run(case: Case, steps: list[Mutation]) -> None:
    content = mutated(case.content, steps)
    try:
        done = read_case(case, _schema(), content)
    except LayoutError as stop:  # a header or a sheet's name was changed, and the run stops
        _assert_named(stop, case)
        return
    assert_conserved(done)
    assert_counted(done, content)


def _assert_named(stop: LayoutError, case: Case) -> None:
    assert {problem.code for problem in stop.problems} <= {"L201", "L203", "L204"}
    assert all(case.file in problem.place and problem.fix for problem in stop.problems)


def assert_conserved(done: Harmonised) -> None:
    """Both laws: of lines and records, and of cells. What is set aside stands in the quarantine."""
    held = done.accounting
    assert set(held["status"]) <= STATUS
    assert held["lines"].eq(held[["title", "header", "blank", "total", "rows"]].sum(axis=1)).all()
    assert held["rows"].eq(held[["kept", "merged", "quarantined"]].sum(axis=1)).all()
    assert held["cells"].eq(held[["mapped", "ignored", "unmapped"]].sum(axis=1)).all()
    rows = done.quarantine[done.quarantine["level"] == "row"]
    assert len(rows.drop_duplicates(["sheet", "row"])) == held["quarantined"].sum()
    refused = held[held["status"] == "refused"]
    assert refused["note"].ne("").all()
    assert set(refused["file"]) <= set(done.findings.loc[done.findings["code"] == "D101", "file"])


def assert_counted(done: Harmonised, content: bytes) -> None:
    """The lines of a text table without quotation marks, counted by hand."""
    line = done.accounting.iloc[0]
    kind, _, rest = line["note"].partition(", ")
    encoding, _, delimiter = rest.partition(", ")
    if line["status"] != "read" or kind != "text" or encoding not in ENCODINGS:
        return
    text = content.decode(ENCODINGS[encoding])
    if '"' not in text:
        entries = text.replace(DELIMITERS.get(delimiter, delimiter), " ")
        filled = [one for one in re.split("\r\n|\r|\n", entries) if UNSEEN.sub("", one)]
        assert line["lines"] - line["blank"] == len(filled)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(name=FILES, steps=STEPS)
def test_a_hundred_mutated_files(name: str, steps: list[Mutation]) -> None:
    _run(BY_NAME[name], steps)


@pytest.mark.slow
@settings(max_examples=2_000, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(name=FILES, steps=STEPS)
def test_two_thousand_mutated_files(name: str, steps: list[Mutation]) -> None:
    _run(BY_NAME[name], steps)


@pytest.mark.parametrize("name", NAMES)
def test_every_way_changes_a_file(name: str) -> None:
    case = next(case for case in CASES if case.name == ("xlsx" if name.startswith("inside") else "plain"))
    tried = [mutated(case.content, [(name, first, second, 65)]) for first, second in ((0.3, 0.6), (0.7, 0.1), (0.5, 0.9))]
    assert any(content != case.content for content in tried)
    assert set(WAYS) <= set(NAMES)
