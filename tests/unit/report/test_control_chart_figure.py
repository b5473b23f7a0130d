from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.report.control_chart_figure import RULE_WORDS, ChartWords, control_chart_figure

RULES = ("outside", "run_of_8")


def points(signal_at=(), immature=0, phases=(), missing=()):
    many = 24
    frame = pd.DataFrame({"label": pd.period_range("2022-01", periods=many, freq="M").strftime("%b %Y")})
    at = np.arange(many)
    frame["value"] = np.where(np.isin(at, missing), np.nan, np.where(np.isin(at, signal_at), 0.3, 0.1 + 0.01 * (at % 3)))
    frame["phase"] = np.searchsorted([0, *phases], at, side="right")
    frame = frame.assign(centre=0.11, lower=0.02, upper=0.2, signal_run_of_8=False, note="")
    frame["signal_outside"] = np.isin(at, signal_at)
    frame["signal"] = frame["signal_outside"]
    frame["immature"] = at >= many - immature
    return frame


def draw(frame, **more):
    return control_chart_figure("chart", frame, ChartWords("jobs started for each client", **more), RULES, synthetic=True)


def test_no_signal_is_said():
    figure = draw(points())
    assert figure.headline == "Jobs started for each client: no signal of change beyond chance"
    assert "No signals." in figure.alt
    assert "24 months" in figure.alt


def test_signals_name_the_rule_and_the_months():
    figure = draw(points(signal_at=(20, 22)))
    assert "signal of change in Sep 2022" not in figure.headline
    assert "signal of change in Sep 2023 and 1 later month (a point outside the limits)" in figure.headline
    assert "Signals: Sep 2023, Nov 2023." in figure.alt
    assert figure.data.body[20][-1] == RULE_WORDS["outside"]


def test_immature_months_phases_gaps_and_false_alarms_are_told():
    figure = draw(points(immature=3, phases=(12,), missing=(5,)), false_alarm=0.23, method="P' chart")
    assert "The last 3 months (open grey dots) are not complete yet" in figure.note
    assert "begin anew in two phases" in figure.note
    assert "one month without a value" in figure.note
    assert "23% of series as long" in figure.note
    assert figure.data.body[-1][-1] == "not complete yet"
    assert figure.data.body[5][1] == "–"
    assert "Synthetic data" in figure.picture.narrow


def test_values_that_are_no_shares():
    assert "from 0.1 in Jan 2022" in draw(points(), shares=False).alt


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_words(rule):
    assert RULE_WORDS[rule] in draw(points()).note
