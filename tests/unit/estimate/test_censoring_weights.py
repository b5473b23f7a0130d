from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.at_times import at_times
from evaltools.estimate.censoring_weights import censoring_weights
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.resampled_survival import cluster_days, resampled_survival, survival_on


def informative(n=4000, seed=1):
    """Poor prospects are lost sooner: plain Kaplan-Meier is too hopeful. Truth: half and half of two constant hazards."""
    rng = np.random.default_rng(seed)
    poor = rng.random(n) < 0.5
    event = rng.exponential(np.where(poor, 200.0, 50.0))
    loss = rng.exponential(np.where(poor, 60.0, 600.0))
    days = np.ceil(np.minimum(np.minimum(event, loss), 180.0))
    status = ((event <= loss) & (event <= 180)).astype(int)
    frame = pd.DataFrame({"days": days, "status": status, "lost": (status == 0) & (loss <= 180), "poor": poor.astype(int)})
    return EventTimes.from_frame(frame, "days", "status")


def curve(rows, days):
    table = cluster_days(rows, np.arange(len(rows)), np.zeros(len(rows), dtype=int), 1)
    return survival_on(table.time, resampled_survival(table, np.ones((1, 1)))[0], np.asarray(days, dtype=float))[:, 0]


@pytest.mark.parametrize(
    ("model", "by", "formula"), [("logistic", None, "poor"), ("kaplan-meier", "poor", None), ("cox", None, "poor")]
)
def test_weights_undo_loss_that_depends_on_what_is_known(model, by, formula):
    times = informative()
    made = censoring_weights(times, formula, by, "lost", model=model, trim=(0, 1))
    truth = 0.5 * np.exp(-90 / 200) + 0.5 * np.exp(-90 / 50)
    naive = at_times(kaplan_meier(times), [90])["value"].iloc[0]
    weighted = curve(made.times, [90])[0]
    assert abs(weighted - truth) < 0.025  # three standard errors
    assert abs(weighted - truth) < 0.5 * abs(naive - truth)


def test_weights_that_are_the_same_for_all_change_nothing():
    times = informative(300)
    made = censoring_weights(times, lost="lost", model="kaplan-meier", stabilised=False, trim=(0, 1))
    expected = at_times(kaplan_meier(times), [30, 90])["value"]
    np.testing.assert_allclose(curve(made.times, [30, 90]), expected, atol=1e-12)


def test_stabilised_weights_have_a_mean_near_one_and_trimming_cuts():
    made = censoring_weights(informative(), "poor", lost="lost")
    assert abs(made.summary.mean - 1) < 0.1  # those at risk change, because the groups have events at different rates
    assert made.summary.largest == made.summary.upper_limit
    assert 0 < made.summary.trimmed <= 0.021 * made.summary.rows
    assert made.summary.effective < made.summary.rows
    assert "logistic (poor)" in made.method


def test_everybody_keeps_time_event_and_columns():
    times = informative(200)
    rows = censoring_weights(times, "poor", lost="lost").times
    by_person = pd.DataFrame(
        {"person": rows.data["person_position"], "days": rows.duration - rows.entry, "event": rows.cause}
    )
    total = by_person.groupby("person").sum()
    np.testing.assert_allclose(total["days"], times.duration)
    np.testing.assert_array_equal(total["event"], times.cause)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"model": "magic"}, "no model of loss called 'magic'"),
        ({"trim": (0.9, 0.1)}, "not two centiles"),
        ({"period": -1.0}, "no period"),
    ],
)
def test_bad_arguments_are_worded(arguments, said):
    with pytest.raises(EstimateError, match=said):
        censoring_weights(informative(50), **arguments)


def test_nobody_to_stand_for_somebody_is_said(monkeypatch):
    everybody = lambda periods, group, groups: np.ones(len(periods.person))  # noqa: E731 - a stand-in
    monkeypatch.setattr("evaltools.estimate.censoring_weights.share_lost", everybody)
    with pytest.raises(EstimateError, match="nobody can stand for them"):
        censoring_weights(informative(50), model="kaplan-meier")
