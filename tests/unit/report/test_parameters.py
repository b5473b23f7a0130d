from __future__ import annotations

import pytest

from evaltools.errors import ReportError
from evaltools.report.parameters import check_parameters

DECLARED = {
    "release": {"default": '"../build"'},
    "months": {"default": "12"},
    "share": {"default": "0.5"},
    "brief": {"default": "True"},
    "site": {"default": "None"},
    "odd": {"default": "some_call()"},
}


def test_parameters_of_the_right_name_and_type_pass():
    given = {"release": "x", "months": 6, "share": 1, "brief": False, "site": 3, "odd": "anything"}
    check_parameters("overview", DECLARED, given)


def test_a_misspelt_parameter_is_refused_with_a_suggestion():
    with pytest.raises(ReportError) as refused:
        check_parameters("overview", DECLARED, {"relase": "x"})
    (problem,) = refused.value.problems
    assert problem.code == "R201"
    assert problem.fix == "did you mean 'release'?"


def test_a_name_like_no_other_lists_what_there_is():
    with pytest.raises(ReportError, match="its parameters: brief, months, odd, release, share, site"):
        check_parameters("overview", DECLARED, {"zzz": 1})


def test_a_notebook_without_parameters_says_so():
    with pytest.raises(ReportError, match="no cell of the notebook is tagged 'parameters'"):
        check_parameters("overview", {}, {"zzz": 1})


@pytest.mark.parametrize(("name", "value"), [("months", "12"), ("brief", 1), ("months", True), ("release", 3)])
def test_the_wrong_type_is_refused(name, value):
    with pytest.raises(ReportError, match="wrong type"):
        check_parameters("overview", DECLARED, {name: value})


def test_everything_wrong_is_said_at_once():
    with pytest.raises(ReportError) as refused:
        check_parameters("overview", DECLARED, {"relase": "x", "months": "12"})
    assert len(refused.value.problems) == 2
