from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.cox import cox
from evaltools.estimate.multinomial_counts import draw_counts
from evaltools.estimate.standardised_cox import StandardisedCox


def people(n=200, seed=1):
    rng = np.random.default_rng(seed)
    age = rng.normal(40, 10, n)
    site = np.where(rng.random(n) < 1 / (1 + np.exp(-(age - 40) / 10)), "b", "a")
    days = np.ceil(rng.exponential(np.exp(5 - 0.03 * age - 0.4 * (site == "b")))).clip(1, 60)
    return pd.DataFrame({"days": days, "status": (days < 60).astype(int), "site": site, "age": age})


def predicted(frame, day):
    fit = cox(EventTimes.from_frame(frame, "days", "status"), "C(site) + age")
    return [fit.survival(frame.assign(site=site), [day])["survival"].mean() for site in ("a", "b")]


def test_every_resample_is_fitted_and_averaged_again():
    frame = people()
    times = EventTimes.from_frame(frame, "days", "status")
    made = StandardisedCox.from_people(times, "site", times.grouped("site"), "age", None)
    asked = np.array([20.0])
    np.testing.assert_allclose(made.survival(np.ones((200, 1)), asked)[:, 0, 0], predicted(frame, 20), rtol=1e-7)
    counts = next(draw_counts(200, 2, seed=3))
    found = made.survival(counts, asked)
    for b in range(2):
        rows = frame.loc[np.repeat(np.arange(200), counts[:, b].astype(int))].reset_index(drop=True)
        np.testing.assert_allclose(found[:, 0, b], predicted(rows, 20), rtol=1e-7)


def test_beyond_follow_up_has_a_reason():
    times = EventTimes.from_frame(people(), "days", "status")
    made = StandardisedCox.from_people(times, "site", times.grouped("site"), "age", None)
    assert made.reasons(np.array([20.0, 90.0]))[0] == ["", "not estimable: nobody is followed beyond day 60"]
