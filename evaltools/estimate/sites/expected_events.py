"""Expected events of each site from a Cox model without site: what everybody's own follow-up would have brought."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.baseline_hazard import baseline_hazard
from evaltools.estimate.cox import cox
from evaltools.estimate.formula_terms import closest_name

__all__ = ["expected_events"]


def expected_events(times: EventTimes, formula: str, site: str, cause: str | None = None) -> pd.DataFrame:
    """Add up observed and expected events by site.

    Parameters
    ----------
    times : EventTimes
        Days from a person's start to the event or the end of follow-up.
    formula : str
        Baseline covariates, without site.
    site : str
        Column of `times.data`.
    cause : str, optional
        Whose events; the only one by default.

    Returns
    -------
    pandas.DataFrame
        site, people, observed, expected: each person's cumulative hazard over their own follow-up, so that sites with
        windows of different length can be held against each other. Expected events add up to those observed, and are the
        variance of the difference. For `funnel(..., basis="ratio")` or `standardise(..., expected="expected")`.

    References
    ----------
    Breslow (1975), International Statistical Review 43, 45-57; Berry (1983), Biometrics 39, 173-184.

    Examples
    --------
    >>> rng = np.random.default_rng(2)
    >>> frame = pd.DataFrame({"days": rng.exponential(90, 80) + 1, "job": 1, "age": rng.normal(40, 9, 80)})
    >>> frame["site"] = ["a", "b"] * 40
    >>> found = expected_events(EventTimes.from_frame(frame, "days", "job"), "age", "site")
    >>> round(float(found["expected"].sum()), 6), int(found["observed"].sum())
    (80.0, 80)
    """
    if site not in times.data:
        raise EstimateError(Problem("E230", f"there is no column '{site}'", fix=closest_name(site, times.data.columns)))
    fit = cox(times, formula, cause=cause) if cause is not None else cox(times, formula)
    model, beta = fit.model, fit.coefficients
    table = baseline_hazard(fit, hazard="breslow")
    at = table["time"].to_numpy(dtype=float)
    hazard = np.concatenate([[0.0], table["cumulative_hazard"].to_numpy(dtype=float)]) * np.exp(model.design.centre @ beta)
    stop, entry = (hazard[np.searchsorted(at, days, side="right")] for days in (model.duration, model.entry))
    expected = np.exp(model.linear_predictor(beta)) * (stop - entry)
    weight = np.ones(len(expected)) if model.weight is None else model.weight
    frame = pd.DataFrame(
        {"site": times.data[site].to_numpy()[model.design.used], "people": weight, "observed": model.event * weight,
         "expected": expected * weight}
    )  # fmt: skip
    return frame.groupby("site", sort=False, as_index=False).sum()
