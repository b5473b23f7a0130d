from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from evaltools.domain.results import ESTIMATES
from evaltools.estimate.bounds import bounds
from evaltools.estimate.finished_rows import bounded, finished_rows
from evaltools.estimate.proportion import proportion
from evaltools.estimate.share_rows import share_row

CUT = date(2019, 9, 30)
GROUP = {"definition": "d", "group_by": "programme", "group": "all"}


def finished(*rows, level=0.9):
    return finished_rows([row | GROUP for row in rows], {"kept": "Who kept it?"}, level, CUT)


def kept(**changes):
    return share_row("kept", 3, 8, 2, "people of known status", "job start") | changes


def test_a_share_has_its_wilson_interval_at_the_level_asked_for():
    row, wanted = finished(kept()).iloc[0], proportion(3, 8, 0.9)
    assert row[["value", "se", "lower", "upper", "level"]].tolist() == [
        wanted.value, wanted.se, wanted.lower, wanted.upper, 0.9,
    ]  # fmt: skip
    assert row[["question", "data_cut"]].tolist() == ["Who kept it?", "2019-09-30"]


def test_the_unknown_are_bounded_over_everybody():
    rows = finished(*bounded(kept(), "everybody"))
    assert rows[["numerator", "denominator", "missing", "n"]].to_numpy().tolist() == [[3, 10, 2, 10]] * 2
    wanted = bounds(3, 10, 2, 0.9)
    assert rows[["lower", "upper"]].to_numpy().tolist() == [[0.3, 0.5], [wanted.lower, wanted.upper]]
    assert rows["value"].isna().all()
    assert set(rows["denominator_name"]) == {"everybody"}


def test_a_share_of_nobody_is_missing_and_says_why():
    row = finished(share_row("kept", 0, 0, 4, "people of known status", "job start")).iloc[0]
    assert pd.isna(row[["value", "lower", "upper"]]).all()
    assert row["note"]
    assert finished(*bounded(share_row("kept", 0, 0, 0, "x", "y"), "nobody"))[["lower", "upper"]].isna().all(axis=None)


def test_a_note_of_its_own_is_kept():
    assert finished(kept(note="as they said"))["note"].tolist() == ["as they said"]


def test_shares_without_people_have_a_value_and_no_interval():
    row = finished(kept(ci_method=pd.NA, unit="day")).iloc[0]
    assert row["value"] == 0.375
    assert pd.isna(row[["lower", "upper"]]).all()


def test_what_is_already_worked_out_stays():
    row = finished(kept(statistic="mean", value=7.5, lower=6.0, upper=9.0)).iloc[0]
    assert row[["value", "lower", "upper"]].tolist() == [7.5, 6.0, 9.0]


def test_ids_say_what_the_row_is_and_are_unique():
    rows = finished(kept(term="starters", horizon=91), kept(horizon=45.5), kept(horizon=45.5))
    assert rows["estimate_id"].tolist() == [
        "d.kept.proportion.starters.programme.all.91d",
        "d.kept.proportion.programme.all.45.5d",
        "d.kept.proportion.programme.all.45.5d.2",
    ]


@pytest.mark.parametrize("rows", [[], [kept() | GROUP]])
def test_the_columns_are_those_of_estimates(rows):
    done = finished_rows(rows, {}, 0.95, CUT)
    assert list(done) == list(ESTIMATES)
    assert done.dtypes.astype(str).to_dict() == ESTIMATES
