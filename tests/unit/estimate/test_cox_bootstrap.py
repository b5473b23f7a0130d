from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.cox import cox
from evaltools.estimate.cox_bootstrap import cox_bootstrap
from evaltools.estimate.multinomial_counts import draw_counts


def times_of(n=300, seed=1, **columns):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"x": rng.normal(size=n), "site": rng.choice(["a", "b"], n), "es": rng.integers(10, 40, n)})
    days = rng.geometric(0.03 * np.exp(0.5 * frame["x"]).clip(upper=30)).clip(1, 60)
    return EventTimes.from_frame(
        frame.assign(**{"days": days, "status": (days < 60).astype(int)} | columns), "days", "status"
    )


def test_a_draw_is_the_fit_to_its_rows():
    times = times_of()
    found = cox_bootstrap(times, "x + C(site)", "es", replicates=20, seed=3)
    counts = next(draw_counts(30, 20, seed=3))
    codes = times.grouped("es").codes
    for b in range(3):
        rows = np.repeat(np.arange(300), counts[codes, b].astype(int))
        again = cox(EventTimes.from_frame(times.data.iloc[rows], "days", "status"), "x + C(site)")
        np.testing.assert_allclose(found.draws[b], again.coefficients, atol=1e-8)
    np.testing.assert_allclose(found.estimates["estimate"], cox(times, "x + C(site)").coefficients)


def test_the_error_is_near_that_of_the_sandwich():
    times = times_of(600)
    found = cox_bootstrap(times, "x", "es", replicates=400).estimates.iloc[0]
    assert found["se"] == pytest.approx(cox(times, "x", cluster="es").estimates["robust_se"].iloc[0], rel=0.2)
    assert found["lower"] < found["estimate"] < found["upper"]


def test_resamples_without_an_estimate_are_counted():
    rare = np.zeros(300, dtype=int)
    rare[[0, 1]] = 1
    days = times_of().data["days"].to_numpy().copy()
    days[0], days[1] = 5, 59
    found = cox_bootstrap(times_of(rare=rare, days=days, status=1), "rare", replicates=60)
    assert found.failed > 0
    assert found.estimates["note"].iloc[0] == f"no estimate in {found.failed} resamples"
    assert np.isfinite(found.estimates[["se", "lower", "upper"]].to_numpy()).all()


def test_weights_are_refused():
    times = EventTimes.from_frame(times_of().data.assign(w=2.0), "days", "status", weights="w")
    with pytest.raises(EstimateError, match="weighted rows"):
        cox_bootstrap(times, "x")


def test_only_rows_with_every_covariate_are_drawn_from():
    rng = np.random.default_rng(3)
    frame = pd.DataFrame(
        {"days": rng.integers(1, 40, 60), "status": 1, "x": rng.normal(size=60), "site": np.arange(60) // 10}
    )
    frame.loc[frame["site"] == 0, "x"] = np.nan
    people = cox_bootstrap(EventTimes.from_frame(frame, "days", "status"), "x", replicates=20)
    assert (people.n, people.n_missing, people.clusters) == (50, 10, 50)
    assert people.note == "10 rows without every covariate were set aside"
    sites = cox_bootstrap(EventTimes.from_frame(frame, "days", "status"), "x", cluster="site", replicates=20)
    assert (sites.n, sites.clusters) == (50, 5)
    whole = EventTimes.from_frame(frame.dropna(), "days", "status")
    assert cox_bootstrap(whole, "x", cluster="site", replicates=20).draws.tolist() == sites.draws.tolist()
