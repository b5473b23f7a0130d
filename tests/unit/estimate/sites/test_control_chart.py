from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools import control_chart
from evaltools.errors import EstimateError


def months(values, size=None):
    return pd.DataFrame({"starts": values} | ({} if size is None else {"clients": size}))


STEADY = months([8, 9, 10, 9, 8, 10, 9, 8, 10, 9, 8, 10, 9, 10, 8, 9] + [19, 21] * 4, 100.0)


def test_a_frozen_baseline_is_not_moved_by_what_comes_after():
    frozen, moved = (control_chart(STEADY, "starts", "clients", baseline=many) for many in (16, None))
    assert frozen.centre == pytest.approx(145 / 1600, rel=0.02)
    assert frozen.table["signal"].iloc[16:].all()
    assert moved.centre > frozen.centre
    assert frozen.table["baseline"].sum() == 16


def test_a_new_phase_begins_only_where_it_is_asked_for():
    longer = months([*STEADY["starts"], 19, 21, 19, 21], 100.0)
    found = control_chart(longer, "starts", "clients", phases=[16])
    assert found.table["phase"].tolist() == [1] * 16 + [2] * 12
    assert found.phases["centre"].tolist() == pytest.approx([0.0906, 0.2], abs=0.001)
    assert not found.table["signal"].any()
    assert control_chart(longer, "starts", "clients").table["phase"].max() == 1


def test_immature_months_are_shown_and_never_judged():
    falling = months([9, 10] * 8 + [0, 0], 100.0)
    ripe, green = (control_chart(falling, "starts", "clients", immature=many) for many in (0, 2))
    assert ripe.table["signal"].iloc[-1]
    assert not green.table["signal"].any()
    assert green.table["immature"].tolist()[-2:] == [True, True]
    assert green.centre == pytest.approx(0.095)
    assert green.table["value"].iloc[-1] == 0


@pytest.mark.parametrize(
    ("value", "size", "note"), [(5, 0, "denominator is 0"), (None, 10, "not known"), (12, 10, "more events than people")]
)
def test_a_month_without_a_share_stays_with_its_reason(value, size, note):
    frame = months([4, 5] * 7 + [value], [10.0] * 14 + [size])
    found = control_chart(frame, "starts", "clients")
    assert note in found.table["note"].iloc[-1]
    assert pd.isna(found.table["value"].iloc[-1])
    assert found.phases["points"].iloc[0] == 14


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ({"phases": [5, 3]}, "E243"),
        ({"phases": [99]}, "E243"),
        ({"phases": [20]}, "E242"),
        ({"baseline": 6}, "E242"),
        ({"baseline": 30}, "E242"),
        ({"immature": 14}, "E242"),
        ({"kind": "c"}, "E244"),
        ({"rules": ["luck"]}, "E241"),
    ],
)
def test_choices_that_make_no_chart(choices, code):
    with pytest.raises(EstimateError, match=code):
        control_chart(STEADY, "starts", "clients", **choices)


def test_short_and_odd_series_are_refused():
    with pytest.raises(EstimateError, match=r"E242.*11 points"):
        control_chart(STEADY.head(11), "starts", "clients")
    with pytest.raises(EstimateError, match="E242"):
        control_chart(STEADY.head(0), "starts", "clients")
    with pytest.raises(EstimateError, match="E231"):
        control_chart(months([-1] * 12, 5), "starts", "clients")
    with pytest.raises(EstimateError, match="E230"):
        control_chart(STEADY, "starts", "people")
    with pytest.raises(EstimateError, match="E244"):
        control_chart(STEADY, "starts", kind="p")


def test_a_series_that_never_moves_has_no_signals_and_its_end_has():
    flat = months([5.0] * 13)
    assert not control_chart(flat, "starts").table["signal"].any()
    jump = control_chart(months([5.0] * 12 + [6.0]), "starts", baseline=12).table
    assert jump["signal"].tolist() == [False] * 12 + [True]
    assert np.isfinite(jump["z"]).all()


def test_how_often_rules_err_is_told():
    found = control_chart(STEADY, "starts", "clients", rules=["outside"])
    assert found.false_alarms["rule"].tolist() == ["outside", "any"]
    assert found.false_alarms["per_series"].iloc[-1] == pytest.approx(1 - 0.9973**24, abs=0.015)
