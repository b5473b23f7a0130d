from __future__ import annotations

import pandas as pd
import pytest

from evaltools.clean.refuse_must_fix import refuse_must_fix
from evaltools.errors import DataError
from evaltools.schema.table import Check

CHECKS = {code: Check(code, f"title {code}", "must fix", "", f"fix {code}") for code in ("D102", "D107")}


def _faults(*rows: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["code", "severity", "count"])


def test_each_kind_of_grave_fault_is_one_problem_with_its_count_over_all_sites() -> None:
    with pytest.raises(DataError) as caught:
        refuse_must_fix(_faults(("D102", "must fix", 2), ("D102", "must fix", 3), ("D107", "must fix", 1)), CHECKS, "demo")
    assert [(problem.code, problem.what, problem.fix) for problem in caught.value.problems] == [
        ("D102", "title D102 (5)", "fix D102"),
        ("D107", "title D107 (1)", "fix D107"),
    ]
    assert caught.value.exit_code == 1


def test_what_should_only_be_checked_is_let_through() -> None:
    refuse_must_fix(_faults(("D102", "please check", 2)), CHECKS, "demo")
    refuse_must_fix(_faults(), CHECKS, "demo")
