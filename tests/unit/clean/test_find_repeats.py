from __future__ import annotations

from evaltools.clean.find_repeats import find_repeats, repeated_name


def test_numbers_that_run_from_1_make_a_repeat() -> None:
    names = ["ID", "Job 1 start", "JOB 2 Start", "Job 3 start", "Job 1 / Hrs", "Job 2 / Hrs"]
    assert [(one.template, one.positions) for one in find_repeats(names)] == [
        ("Job {n} start", (1, 2, 3)),
        ("Job {n} / Hrs", (4, 5)),
    ]


def test_a_single_number_a_gap_or_an_ordinal_makes_none() -> None:
    assert find_repeats(["Appt 3", "Job 1 start", "Job 3 start", "1st contact", "2nd contact", "Week 13"]) == ()


def test_the_name_without_its_number() -> None:
    assert repeated_name("Job_{n}_start") == "Job_ _start"
    assert repeated_name("Start ({n})") == "Start ( )"
