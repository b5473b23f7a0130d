"""Curves, tests and restricted means by ours and by our peers. Each way does the job and returns how to read its answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from rust_survival import rust_survival
from side_by_side import Data, Job, Read

GROUPS, HORIZON = 6, 365
_Z = 1.959963984540054


def made_up(rows: int) -> dict[str, Any]:
    """Days 0 to 1000 of a programme with six sites, two causes and much censoring; no missing values."""
    rng = np.random.default_rng(20261122)
    group = rng.integers(0, GROUPS, rows)
    job, left = rng.exponential(400 + 40 * group), rng.exponential(700, rows)
    end = rng.uniform(100, 1000, rows)
    days = np.floor(np.minimum(np.minimum(job, left), end)).astype(np.int64)
    cause = np.where(end <= np.minimum(job, left), 0, np.where(job < left, 1, 2))
    data = {"days": days, "cause": cause, "event": (cause > 0).astype(np.int64), "group": group}
    return data | {"frame": pd.DataFrame(data)}


def _times(data: Data, event: str, causes: Mapping[int, str]) -> Any:
    from evaltools.domain.event_times import EventTimes

    frame = pd.DataFrame({"group": data["group"]}, copy=False)
    return EventTimes(data["days"], data[event], causes, np.broadcast_to(0.0, len(frame)), frame)


def _by_group(data: Data) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    for group in range(GROUPS):
        mine = data["group"] == group
        yield data["days"][mine], data["event"][mine], data["cause"][mine]


def _steps(survival: np.ndarray) -> np.ndarray:
    """Return survival at the days on which it falls."""
    return survival[np.flatnonzero(np.diff(np.append(1.0, survival)))]


def _km_evaltools(data: Data) -> Read:
    from evaltools.estimate.kaplan_meier import kaplan_meier

    curve = kaplan_meier(_times(data, "event", {1: "event"}))
    return lambda: _steps(curve["survival"].to_numpy())


def _km_lifelines(data: Data) -> Read:
    from lifelines import KaplanMeierFitter

    fit = KaplanMeierFitter().fit(data["days"], data["event"])
    return lambda: _steps(fit.survival_function_.iloc[:, 0].to_numpy())


def _km_statsmodels(data: Data) -> Read:
    from statsmodels.duration.survfunc import SurvfuncRight

    fit = SurvfuncRight(data["days"], data["event"])
    return lambda: fit.surv_prob


def _km_sksurv(data: Data) -> Read:
    from sksurv.nonparametric import kaplan_meier_estimator

    curve = kaplan_meier_estimator(data["event"].astype(bool), data["days"], conf_type="log-log")
    return lambda: _steps(curve[1])


def _km_greenwood(data: Data) -> Read:
    import greenwood

    fit = greenwood.KaplanMeier(conf_type="log-log").fit(greenwood.Surv(data["days"], data["event"]))
    return lambda: _steps(np.asarray(fit.survival_))


def _km_rust(data: Data) -> Read:
    fit = rust_survival().surv_analysis.survfitkm(data["days"], data["event"], conf_type="log-log")
    return lambda: _steps(np.asarray(fit.surv))


def _logrank_evaltools(data: Data) -> Read:
    from evaltools.estimate.logrank import logrank

    result = logrank(_times(data, "event", {1: "event"}), "group")
    return lambda: result.statistic


def _logrank_lifelines(data: Data) -> Read:
    from lifelines.statistics import multivariate_logrank_test

    result = multivariate_logrank_test(data["days"], data["group"], data["event"])
    return lambda: result.test_statistic


def _logrank_statsmodels(data: Data) -> Read:
    from statsmodels.duration.survfunc import survdiff

    result = survdiff(data["days"], data["event"], data["group"])
    return lambda: result[0]


def _logrank_sksurv(data: Data) -> Read:
    from sksurv.compare import compare_survival
    from sksurv.util import Surv

    result = compare_survival(Surv.from_arrays(data["event"].astype(bool), data["days"]), data["group"])
    return lambda: result[0]


def _logrank_greenwood(data: Data) -> Read:
    import greenwood

    result = greenwood.logrank_test(greenwood.Surv(data["days"], data["event"]), data["group"])
    return lambda: result.statistic


def _logrank_rust(data: Data) -> Read:
    result = rust_survival().surv_analysis.survdiff(data["days"], data["event"], data["group"])
    return lambda: result.chisq


def _aj_evaltools(data: Data) -> Read:
    from evaltools.estimate.at_times import at_times
    from evaltools.estimate.cumulative_incidence import cumulative_incidence

    curve = cumulative_incidence(_times(data, "cause", {1: "job", 2: "left"}), "group")
    return lambda: at_times(curve, [HORIZON])[["value", "se"]].to_numpy()


def _aj_statsmodels(data: Data) -> Read:
    from statsmodels.duration.survfunc import CumIncidenceRight

    fits = [CumIncidenceRight(days, cause) for days, _, cause in _by_group(data)]
    last = [np.searchsorted(fit.times, HORIZON, side="right") - 1 for fit in fits]
    return lambda: [(fit.cinc[k][at], fit.cinc_se[k][at]) for fit, at in zip(fits, last, strict=True) for k in (0, 1)]


def _aj_sksurv(data: Data) -> Read:
    from sksurv.nonparametric import cumulative_incidence_competing_risks

    fits = [
        cumulative_incidence_competing_risks(cause, days, conf_type="log-log", var_type="Aalen")
        for days, _, cause in _by_group(data)
    ]

    def read() -> Any:
        rows = []
        for days, incidence, limits in fits:
            last = np.searchsorted(days, HORIZON, side="right") - 1
            low, high = (np.log(-np.log(limits[1:, side, last])) for side in (0, 1))
            value = incidence[1:, last]
            rows += [*np.column_stack([value, (low - high) / 2 / _Z * value * -np.log(value)])]
        return rows

    return read


def _aj_lifelines(data: Data) -> Read:
    from lifelines import AalenJohansenFitter

    fits = [
        AalenJohansenFitter(seed=1).fit(days, cause, event_of_interest=code)
        for days, _, cause in _by_group(data)
        for code in (1, 2)
    ]

    def read() -> Any:
        last = [np.searchsorted(fit.cumulative_density_.index, HORIZON + 0.5) - 1 for fit in fits]
        found = zip(fits, last, strict=True)
        return [(fit.cumulative_density_.iloc[at, 0], np.sqrt(np.ravel(fit.variance_)[at])) for fit, at in found]

    return read


def _aj_greenwood(data: Data) -> Read:
    import greenwood

    names = ["censored", "job", "left"]
    fits = [
        greenwood.AalenJohansen(conf_type="log-log").fit(greenwood.Surv(days, pd.Categorical.from_codes(cause, names)))
        for days, _, cause in _by_group(data)
    ]

    def read() -> Any:
        rows = []
        for fit in fits:
            frame = fit.to_frame()
            for name in names[1:]:
                held = frame[frame["cause"].astype(str) == name]
                last = np.searchsorted(held["time"], HORIZON, side="right") - 1
                rows.append(held[["estimate", "std_error"]].iloc[last].to_numpy())
        return rows

    return read


def _aj_rust(data: Data) -> Read:
    fit = rust_survival().surv_analysis.survfitaj(data["days"], data["cause"], ["job", "left"], strata=data["group"])

    def read() -> Any:
        value, se, days = np.asarray(fit.pstate), np.asarray(fit.std_err), np.asarray(fit.time)
        ends = np.cumsum(fit.strata)
        last = [first + np.searchsorted(days[first:end], HORIZON, side="right") - 1
                for first, end in zip(ends - fit.strata, ends, strict=True)]  # fmt: skip
        return [(value[at, cause], se[at, cause]) for at in last for cause in (1, 2)]

    return read


def _rmst_evaltools(data: Data) -> Read:
    from evaltools.estimate.restricted_mean import restricted_mean

    rows = restricted_mean(_times(data, "event", {1: "event"}), HORIZON, "group")
    return lambda: rows[["value", "se"]].to_numpy()[:GROUPS]


def _rmst_lifelines(data: Data) -> Read:
    """Without standard errors: what lifelines calls the variance is that of a lifetime, not of its mean."""
    from lifelines import KaplanMeierFitter
    from lifelines.utils import restricted_mean_survival_time

    fits = (KaplanMeierFitter().fit(days, event) for days, event, _ in _by_group(data))
    means = [restricted_mean_survival_time(fit, t=HORIZON) for fit in fits]
    return lambda: means


def _rmst_greenwood(data: Data) -> Read:
    import greenwood

    fits = (greenwood.KaplanMeier().fit(greenwood.Surv(days, event)) for days, event, _ in _by_group(data))
    means = [fit.rmst(HORIZON) for fit in fits]
    return lambda: [np.ravel(mean[0] if isinstance(mean, tuple) else mean)[0] for mean in means]


def _rmst_rust(data: Data) -> Read:
    fits = rust_survival().surv_analysis
    table = fits.survmean(fits.survfitkm(data["days"], data["event"], strata=data["group"]), rmean=str(HORIZON))
    return lambda: np.column_stack([table.rmean, table.se_rmean])


def _from_frame(data: Data) -> Read:
    from evaltools.domain.event_times import EventTimes

    times = EventTimes.from_frame(data["frame"], "days", "cause", {1: "job", 2: "left"})
    return lambda: len(times)


JOBS = {
    "km": Job(
        "Kaplan-Meier",
        {
            "evaltools": _km_evaltools,
            "lifelines": _km_lifelines,
            "statsmodels": _km_statsmodels,
            "scikit-survival": _km_sksurv,
            "greenwood": _km_greenwood,
            "survival (Rust)": _km_rust,
        },
        made_up,
        (1e-8,),
    ),
    "logrank": Job(
        "log-rank, 6 groups",
        {
            "evaltools": _logrank_evaltools,
            "lifelines": _logrank_lifelines,
            "statsmodels": _logrank_statsmodels,
            "scikit-survival": _logrank_sksurv,
            "greenwood": _logrank_greenwood,
            "survival (Rust)": _logrank_rust,
        },
        made_up,
        (1e-6,),
    ),
    "aj": Job(
        "incidence with se, 6 groups",
        {
            "evaltools": _aj_evaltools,
            "lifelines": _aj_lifelines,
            "statsmodels": _aj_statsmodels,
            "scikit-survival": _aj_sksurv,
            "greenwood": _aj_greenwood,
            "survival (Rust)": _aj_rust,
        },
        made_up,
        (1e-8, 2e-2),  # of the incidences, and of their errors, which follow two conventions
        {"lifelines": 200_000},
    ),
    "rmst": Job(
        "restricted mean with se, 6 gr.",
        {
            "evaltools": _rmst_evaltools,
            "lifelines, no se": _rmst_lifelines,
            "greenwood, no se": _rmst_greenwood,
            "survival (Rust)": _rmst_rust,
        },
        made_up,
        (1e-8, 1e-8),
    ),
    "from_frame": Job("from_frame alone", {"evaltools": _from_frame}, made_up, (0.0,)),
}
