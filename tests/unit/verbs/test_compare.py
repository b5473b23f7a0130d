from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from evaltools.errors import UsageError
from evaltools.verbs.compare import Comparison, as_json, as_table, build_folder
from evaltools.verbs.compared_findings import COMPARED
from evaltools.verbs.compared_numbers import MOVED


def _comparison() -> Comparison:
    finding = {"fate": "new", "code": "D102", "count": 3}
    number = {"estimate_id": "a", "old": 0.1, "new": None}
    return Comparison(
        pd.DataFrame([finding], columns=list(COMPARED)).astype(COMPARED),
        pd.DataFrame([number], columns=list(MOVED)).astype(MOVED),
        pd.DataFrame({"input": ["code"], "change": ["changed"]}, dtype="string"),
    )


def test_the_three_parts_are_written_as_one_table_and_as_one_object() -> None:
    table = as_table(_comparison())
    assert table["part"].tolist() == ["finding", "number", "input"]
    assert table.loc[0, "code"] == "D102"
    held = json.loads(as_json(_comparison()))
    assert held["findings"][0]["count"] == 3
    assert (held["numbers"][0]["old"], held["numbers"][0]["new"]) == (0.1, None)
    assert held["inputs"] == [{"input": "code", "change": "changed"}]


def test_two_equal_runs_give_an_empty_table() -> None:
    whole = _comparison()
    empty = Comparison(whole.findings.head(0), whole.numbers.head(0), whole.inputs.head(0))
    assert as_table(empty).empty


def test_a_folder_that_holds_no_complete_run_is_refused(tmp_path: Path) -> None:
    (tmp_path / "old" / "3_released").mkdir(parents=True)
    with pytest.raises(UsageError, match="U120"):
        build_folder(str(tmp_path / "old"))
    with pytest.raises(UsageError, match="U101"):
        build_folder(str(tmp_path / "nowhere"))
