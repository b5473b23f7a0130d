from __future__ import annotations

from pathlib import Path

import pytest

from evaltools.domain.definition import Definition
from evaltools.errors import SchemaError
from evaltools.schema.read_definition import read_definition

DATES = ["engaged_date", "profile_started_date"]
TEXT = """
id = "own"
version = "2"
title = "Our own"
source = "nobody"
description = "For a test."
[engagement]
first_of = ["engaged_date"]
[job_start]
denominator = "engaged_out_of_work"
minimum_paid_hours = 4
competitive_only = true
[sustainment]
weeks = [6, 13]
gap_days = 7
inclusive_days = false
[hours]
threshold = 16
exactly = "neither"
"""


@pytest.fixture
def read(tmp_path):
    """read(old, new): the profile with one place of its text changed."""

    def _read(old: str = "", new: str = "") -> Definition:
        assert old in TEXT
        path = Path(tmp_path / "own.toml")
        path.write_text(TEXT.replace(old, new, 1) if old else TEXT, "utf-8")
        return read_definition(path, iter(DATES))

    return _read


def test_a_profile_is_read(read):
    assert read() == Definition(
        "own", "2", "Our own", "nobody", "For a test.", ("engaged_date",), "engaged_out_of_work", 4.0, True, (6, 13), 7,
        False, 16.0, "neither", "paid_hours",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "code", "what", "fix"),
    [
        ("gap_days", "gap_day", "S105", "unknown key 'gap_day'", "did you mean 'gap_days'?"),
        ("version", "zzz", "S105", "unknown key 'zzz'", "known are: description, engagement, hours, id, job_start, "),
        ("threshold = 16", "", "S106", "the key 'threshold' is missing", "add it"),
        ("[hours]\nthreshold = 16\nexactly = \"neither\"", "", "S106", "the key 'hours' is missing", "add it"),
    ],
)  # fmt: skip
def test_a_key_that_is_unknown_or_missing_is_refused(read, old, new, code, what, fix):
    with pytest.raises(SchemaError) as caught:
        read(old, new)
    problem = caught.value.problems[0]
    assert (problem.code, problem.what) == (code, what)
    assert problem.fix.startswith(fix)
    assert caught.value.exit_code == 12


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('"own"', '"other"', "id"),
        ('"2"', "2", "version"),
        ('["engaged_date"]', '["enjoyed_date"]', "first_of"),
        ('["engaged_date"]', "[]", "first_of"),
        ('["engaged_date"]', '"engaged_date"', "first_of"),
        ('"engaged_out_of_work"', '"everybody"', "denominator"),
        ("minimum_paid_hours = 4", 'minimum_paid_hours = "four"', "minimum_paid_hours"),
        ("minimum_paid_hours = 4", "minimum_paid_hours = -1", "minimum_paid_hours"),
        ("minimum_paid_hours = 4", "minimum_paid_hours = 169", "minimum_paid_hours"),
        ("threshold = 16", "threshold = inf", "threshold"),
        ("[6, 13]", "[13, 13]", "weeks"),
        ("competitive_only = true", 'competitive_only = "no"', "competitive_only"),
        ("[6, 13]", '"13"', "weeks"),
        ("[6, 13]", "[0]", "weeks"),
        ("[6, 13]", "[6.5]", "weeks"),
        ("gap_days = 7", "gap_days = 7.5", "gap_days"),
        ("gap_days = 7", "gap_days = true", "gap_days"),
        ("inclusive_days = false", "inclusive_days = 0", "inclusive_days"),
        ("threshold = 16", "threshold = true", "threshold"),
        ('"neither"', '"both"', "exactly"),
    ],
)
def test_a_value_that_does_not_fit_its_key_is_refused(read, old, new, key):
    with pytest.raises(SchemaError) as caught:
        read(old, new)
    assert [problem.what for problem in caught.value.problems] == [f"'{key}' is not understood"]
    assert caught.value.problems[0].code == "S107"
    assert caught.value.problems[0].detail.startswith("it needs ")


def test_the_further_rules_are_read(read):
    plain = read()
    assert (plain.start_rule, plain.kept_rule, plain.window_weeks, plain.targets) == ("paid_hours", "any_job", 0, ())
    assert read("minimum_paid_hours = 4", "minimum_paid_hours = 0").start_rule == "any_day"
    full_day = read("minimum_paid_hours = 4", 'minimum_paid_hours = 4\nrule = "full_day"\nfull_time_hours = 35')
    assert (full_day.start_rule, full_day.full_time_hours) == ("full_day", 35)
    window = read("weeks = [6, 13]", 'rule = "weeks_in_window"\nweeks = [13]\nwindow_weeks = 16\nhours = 7')
    assert (window.kept_rule, window.window_weeks, window.kept_hours) == ("weeks_in_window", 16, 7)
    wanted = read("weeks = [6, 13]", "weeks = [6, 13]\ntargets = [0.7, 0.5]\nloss_limit = 0.1")
    assert (wanted.targets, wanted.loss_limit) == ((0.7, 0.5), 0.1)
    assert read("weeks = [6, 13]", "weeks = []").sustained_weeks == ()


@pytest.mark.parametrize(
    ("old", "new", "keys"),
    [
        ("minimum_paid_hours = 4", 'minimum_paid_hours = 4\nrule = "some_day"', ["rule"]),
        ("minimum_paid_hours = 4", 'minimum_paid_hours = 4\nrule = "any_day"', ["minimum_paid_hours"]),
        ("minimum_paid_hours = 4", 'minimum_paid_hours = 0\nrule = "full_day"', ["minimum_paid_hours"]),
        ("minimum_paid_hours = 4", "minimum_paid_hours = 4\nfull_time_hours = 30", ["full_time_hours"]),
        ("gap_days = 7", 'gap_days = 7\nrule = "same_job"', ["gap_days"]),
        ("gap_days = 7", 'gap_days = 7\nrule = "another_job"', ["rule"]),
        ("gap_days = 7", "gap_days = 7\nwindow_weeks = 16", ["window_weeks"]),
        ("gap_days = 7", "gap_days = 7\nhours = 7", ["hours"]),
        ("gap_days = 7", 'gap_days = 7\nrule = "weeks_in_window"', ["window_weeks", "hours"]),
        ("gap_days = 7", 'gap_days = 7\nrule = "weeks_in_window"\nwindow_weeks = 12\nhours = 7', ["window_weeks"]),
        ("gap_days = 7", "gap_days = 7\ntargets = [0.5]", ["targets"]),
        ("gap_days = 7", "gap_days = 7\ntargets = [0.5, 50]", ["targets"]),
        ("gap_days = 7", "gap_days = 7\nloss_limit = 20", ["loss_limit"]),
    ],
)
def test_rules_that_do_not_go_together_are_refused(read, old, new, keys):
    with pytest.raises(SchemaError) as caught:
        read(old, new)
    assert [problem.what for problem in caught.value.problems] == [f"'{key}' is not understood" for key in keys]


def test_a_section_written_as_a_value_is_refused(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text("hours = 16\n" + TEXT.split("[hours]")[0], "utf-8")
    with pytest.raises(SchemaError) as caught:
        read_definition(path, DATES)
    assert [problem.what for problem in caught.value.problems] == ["'hours' is not understood"]


def test_every_fault_is_told_at_once(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(TEXT.replace("gap_days", "gap_day").replace("threshold", "treshold"), "utf-8")
    with pytest.raises(SchemaError) as caught:
        read_definition(path, DATES)
    assert [problem.code for problem in caught.value.problems] == ["S105", "S106", "S105", "S106"]


@pytest.mark.parametrize("content", [b"id = \n", b'id = "caf\xe9"\n'])
def test_a_file_that_is_not_toml_is_refused(tmp_path, content):
    path = tmp_path / "own.toml"
    path.write_bytes(content)
    with pytest.raises(SchemaError, match="cannot be read as TOML"):
        read_definition(path, DATES)
