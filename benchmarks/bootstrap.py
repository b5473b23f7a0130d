"""A thousand cluster-bootstrap replicates by ours, and the first few by loops over peers on the same resamples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from side_by_side import Data, Job, Read

__all__ = ["JOBS", "made_up"]

SITES, SPECIALISTS, DAYS, COLUMNS = 6, 300, 1000, 15
REPLICATES, CURVES, FITS = 1000, 20, 3  # by ours; by loops over curves and over fits
SEED = 20260101
FORMULA = " + ".join(f"x{column}" for column in range(COLUMNS))


def made_up(rows: int) -> dict[str, Any]:
    """Whole days, six sites, 300 specialists, fifteen covariates of which ten are yes or no; and the specialists drawn."""
    from evaltools.domain.event_times import EventTimes
    from evaltools.estimate.multinomial_counts import draw_counts

    rng = np.random.default_rng(1)
    x = np.column_stack([rng.normal(size=(rows, 5)), rng.integers(0, 2, size=(rows, COLUMNS - 5))])
    specialist = rng.integers(0, SPECIALISTS, rows)
    site = specialist % SITES
    hazard = 0.002 * np.exp(x @ np.linspace(-0.3, 0.3, COLUMNS) - site / 10)
    event = np.minimum(rng.exponential(1 / hazard), 5 * DAYS).astype(int) + 1
    end = rng.integers(DAYS // 10, DAYS + 1, rows)
    frame = pd.DataFrame(x, columns=[f"x{column}" for column in range(COLUMNS)])
    frame = frame.assign(days=np.minimum(event, end), status=(event <= end).astype(int), site=site, specialist=specialist)
    times = EventTimes.from_frame(frame, "days", "status")
    codes = times.grouped("specialist").codes
    counts = next(draw_counts(int(codes.max()) + 1, CURVES, SEED)).astype(int)
    members = np.split(np.argsort(codes, kind="stable"), np.cumsum(np.bincount(codes))[:-1])
    drawn = [np.repeat(np.arange(len(counts)), column) for column in counts.T]
    return {"frame": frame, "times": times, "members": members, "drawn": drawn}


def _rows(data: Data, replicates: int) -> Iterator[np.ndarray]:
    """Give the rows of each resample: putting them together is part of the work of a loop."""
    for each in data["drawn"][:replicates]:
        yield np.concatenate([data["members"][specialist] for specialist in each])


def _medians_evaltools(data: Data) -> Read:
    from evaltools.estimate.cluster_bootstrap import cluster_bootstrap

    found = cluster_bootstrap(data["times"], "site", "specialist", replicates=REPLICATES, seed=SEED)
    return lambda: found.draws[:, :CURVES].reshape(-1, 1)


def _medians_statsmodels(data: Data) -> Read:
    """Loop as a user writes it: resample the frame, group it by site."""
    from statsmodels.duration.survfunc import SurvfuncRight

    columns = data["frame"][["days", "status", "site"]]
    found = [
        [SurvfuncRight(part["days"], part["status"]).quantile(0.5) for _, part in columns.iloc[rows].groupby("site")]
        for rows in _rows(data, CURVES)
    ]
    return lambda: np.array(found).T.reshape(-1, 1)


def _medians_arrays(data: Data) -> Read:
    """Loop over bare arrays, the leanest that statsmodels allows."""
    from statsmodels.duration.survfunc import SurvfuncRight

    days, status, site = (data["frame"][name].to_numpy() for name in ("days", "status", "site"))
    found = []
    for rows in _rows(data, CURVES):
        members = [rows[site[rows] == code] for code in range(SITES)]
        found.append([SurvfuncRight(days[each], status[each]).quantile(0.5) for each in members])
    return lambda: np.array(found).T.reshape(-1, 1)


def _medians_lifelines(data: Data) -> Read:
    from lifelines import KaplanMeierFitter

    columns = data["frame"][["days", "status", "site"]]
    found = [
        [KaplanMeierFitter().fit(part["days"], part["status"]).median_survival_time_ for _, part in few.groupby("site")]
        for few in (columns.iloc[rows] for rows in _rows(data, CURVES))
    ]
    return lambda: np.array(found).T.reshape(-1, 1)


def _cox_evaltools(data: Data) -> Read:
    from evaltools.estimate.cox_bootstrap import cox_bootstrap

    found = cox_bootstrap(data["times"], FORMULA, "specialist", replicates=REPLICATES, seed=SEED)
    return lambda: found.draws[:FITS].reshape(-1, 1)


def _cox_lifelines(data: Data) -> Read:
    from lifelines import CoxPHFitter

    columns = [f"x{column}" for column in range(COLUMNS)]
    frame = data["frame"][["days", "status", *columns]]
    found = [CoxPHFitter().fit(frame.iloc[rows], "days", "status").params_[columns] for rows in _rows(data, FITS)]
    return lambda: np.array(found).reshape(-1, 1)


JOBS = {
    "boot_km": Job(
        "1,000 resamples, 6 medians",
        {
            "evaltools": _medians_evaltools,
            "statsmodels, frames": _medians_statsmodels,
            "statsmodels, arrays": _medians_arrays,
            "lifelines, frames": _medians_lifelines,
        },
        made_up,
        (0.0,),
        sizes=(20_000,),
        share={name: CURVES / REPLICATES for name in ("statsmodels, frames", "statsmodels, arrays", "lifelines, frames")},
    ),
    "boot_cox": Job(
        "1,000 resamples, Cox",
        {"evaltools": _cox_evaltools, "lifelines, frames": _cox_lifelines},
        made_up,
        (1e-4,),
        sizes=(20_000,),
        share={"lifelines, frames": FITS / REPLICATES},
    ),
}
