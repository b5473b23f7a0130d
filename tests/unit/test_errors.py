from __future__ import annotations

import pytest

from evaltools import errors
from evaltools.errors import EvaltoolsError, Problem


def test_a_problem_reads_from_code_to_fix():
    problem = Problem("D104", "7 people", "Clients, G15", "column G lies before column B", "correct the dates")
    assert str(problem).splitlines() == [
        "error[D104]: 7 people",
        "  --> Clients, G15",
        "   |  column G lies before column B",
        "  fix: correct the dates",
    ]


def test_parts_that_are_not_given_leave_no_line():
    assert str(Problem("U101", "nothing here", severity="warning")) == "warning[U101]: nothing here"


def test_an_error_holds_every_problem_in_order():
    first, second = Problem("S101", "one"), Problem("S102", "two")
    error = EvaltoolsError(first, second)
    assert error.problems == (first, second)
    assert str(error) == "error[S101]: one\nerror[S102]: two"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("DataError", 1),
        ("UsageError", 2),
        ("StudyError", 10),
        ("LayoutError", 11),
        ("SchemaError", 12),
        ("EstimateError", 13),
        ("ReportError", 14),
    ],
)
def test_each_kind_has_its_exit_code(name, code):
    kind = getattr(errors, name)
    assert issubclass(kind, EvaltoolsError)
    assert kind.exit_code == code


def test_every_public_error_has_a_code_of_its_own():
    kinds = [getattr(errors, name) for name in errors.__all__ if name not in ("Problem", "EvaltoolsError")]
    assert len(kinds) == len({kind.exit_code for kind in kinds})
