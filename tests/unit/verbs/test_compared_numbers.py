from __future__ import annotations

import pandas as pd

from evaltools.domain.results import ESTIMATES, tidy
from evaltools.verbs.compared_numbers import MOVED, changed_inputs, moved_numbers


def _released(*rows: tuple[str, float | None, str]) -> pd.DataFrame:
    return tidy(
        [
            {
                "estimate_id": name, "value": value, "note": "not shown: fewer than 10" if value is None else "",
                "question": f"What is {name}?", "group_by": by, "group": "all", "statistic": "proportion",
            }
            for name, value, by in rows
        ],
        ESTIMATES,
    )  # fmt: skip


def test_only_numbers_that_moved_are_shown() -> None:
    old = _released(("a", 0.4, "programme"), ("b", 0.5, "programme"), ("c", None, "site"), ("gone", 0.1, "site"))
    new = _released(("b", 0.45, "programme"), ("a", 0.4, "programme"), ("c", 0.2, "site"), ("come", 0.3, "programme"))
    moved = moved_numbers(old, new)
    assert moved.dtypes.astype(str).to_dict() == MOVED
    assert moved["estimate_id"].tolist() == ["b", "c", "come", "gone"]
    assert moved["difference"].round(9).fillna(-9).tolist() == [-0.05, -9, -9, -9]
    assert moved["old_note"].fillna("").tolist() == ["", "not shown: fewer than 10", "not in this run", ""]
    assert moved["new_note"].fillna("").tolist() == ["", "", "", "not in this run"]
    assert moved["headline"].tolist() == [True, False, True, False]


def test_equal_runs_and_hidden_numbers_do_not_move() -> None:
    same = _released(("a", 0.4, "programme"), ("b", None, "programme"))
    assert moved_numbers(same, same).empty


def test_what_differs_between_two_runs_is_named() -> None:
    found = changed_inputs({"raw/a.csv": "1", "code": "x", "lock": "l"}, {"raw/b.csv": "1", "code": "y", "lock": "l"})
    assert found.to_numpy().tolist() == [["code", "changed"], ["raw/a.csv", "removed"], ["raw/b.csv", "added"]]
