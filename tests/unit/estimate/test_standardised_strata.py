from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.at_times import at_times
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.multinomial_counts import draw_counts
from evaltools.estimate.standardised_strata import StandardisedStrata


def people(n=160, seed=1):
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "days": rng.integers(5, 60, n),
            "status": rng.integers(0, 2, n),
            "site": rng.choice(["a", "b"], n),
            "sex": rng.choice(["f", "m"], n, p=[0.7, 0.3]),
        }
    )


def by_hand(frame, day):
    share = frame["sex"].value_counts(normalize=True)
    return [
        sum(
            share[sex]
            * at_times(
                kaplan_meier(
                    EventTimes.from_frame(frame[(frame["site"] == site) & (frame["sex"] == sex)], "days", "status")
                ),
                [day],
            )["value"].iloc[0]
            for sex in ("f", "m")
        )
        for site in ("a", "b")
    ]


def test_every_resample_is_the_weighted_mean_of_its_strata():
    frame = people()
    times = EventTimes.from_frame(frame, "days", "status")
    made = StandardisedStrata.from_people(times, times.grouped("site"), times.grouped("sex"), np.arange(160), 160)
    np.testing.assert_allclose(made.survival(np.ones((160, 1)), np.array([20.0]))[:, 0, 0], by_hand(frame, 20))
    counts = next(draw_counts(160, 3, seed=4))
    found = made.survival(counts, np.array([20.0]))
    for b in range(3):
        np.testing.assert_allclose(
            found[:, 0, b], by_hand(frame.loc[np.repeat(np.arange(160), counts[:, b].astype(int))], 20)
        )


def test_a_cell_without_people_has_a_reason():
    frame = people()
    frame = frame[(frame["site"] == "a") | (frame["sex"] == "f")]
    times = EventTimes.from_frame(frame, "days", "status")
    made = StandardisedStrata.from_people(
        times, times.grouped("site"), times.grouped("sex"), np.arange(len(times)), len(times)
    )
    asked = np.array([20.0, 500.0])
    assert np.isnan(made.survival(np.ones((len(times), 1)), asked)[1]).all()
    assert made.reasons(asked)[1][0] == "not estimable: nobody of the group in 'm' (no overlap)"
