"""Cox and Fine-Gray fits by ours and by our peers: fifteen covariates, days as whole numbers, Efron ties.

Ours is timed from the arrays to the finished table, formula and design matrix included; peers get their frame, or matrix, of
numbers ready made.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from rust_survival import rust_survival
from side_by_side import Data, Job, Read

COLUMNS, CLUSTERS = 15, 300
FORMULA = " + ".join(f"x{place}" for place in range(COLUMNS))
CATEGORIES = {"arm": 2, "band": 3, "site": 6, "quarter": 4}  # 144 patterns


def made_up(rows: int) -> dict[str, Any]:
    """Days up to 1000, five measures and ten yes-or-no covariates, four categories, clusters, two causes."""
    rng = np.random.default_rng(20261122)
    x = np.column_stack([rng.normal(size=(rows, 5)), rng.integers(0, 2, (rows, COLUMNS - 5))]).astype(float)
    codes = {name: rng.integers(0, levels, rows) for name, levels in CATEGORIES.items()}
    effect = x @ np.linspace(-0.3, 0.3, COLUMNS) + sum(0.1 * code for code in codes.values())
    job, end = np.ceil(rng.exponential(400 * np.exp(-effect)) + 0.01), rng.integers(200, 1000, rows)
    frame = pd.DataFrame(x, columns=[f"x{place}" for place in range(COLUMNS)]).assign(**codes)
    dummies = pd.get_dummies(frame[list(CATEGORIES)].astype("category"), drop_first=True).astype(float)
    days, event = np.minimum(job, end).astype(np.int64), (job <= end).astype(np.int64)
    cause = np.where(event == 1, rng.integers(1, 3, rows), 0)
    frame = frame.assign(cluster=rng.integers(0, CLUSTERS, rows))
    return {"frame": frame, "x": x, "dummies": dummies, "days": days, "event": event, "cause": cause}


def _ours(data: Data, causes: dict[int, str]) -> Any:
    from evaltools.domain.event_times import EventTimes

    status = data["cause"] if len(causes) > 1 else data["event"]
    return EventTimes(data["days"].astype(float), status, causes, np.zeros(len(status)), data["frame"])


def _table(estimates: pd.DataFrame, error: str = "se") -> Read:
    return lambda: estimates[["estimate", error]].to_numpy()


def _cox_evaltools(formula: str = FORMULA, cluster: str | None = None) -> Callable[[Data], Read]:
    def way(data: Data) -> Read:
        from evaltools.estimate.cox import cox

        fit = cox(_ours(data, {1: "event"}), formula, cluster=cluster)
        return _table(fit.estimates, "se" if cluster is None else "robust_se")

    return way


def _cox_lifelines(columns: str = "x", cluster: bool = False) -> Callable[[Data], Read]:
    def way(data: Data) -> Read:
        from lifelines import CoxPHFitter

        frame = pd.DataFrame(data[columns]).assign(days=data["days"], event=data["event"])
        if cluster:
            frame["cluster"] = data["frame"]["cluster"]
        fit = CoxPHFitter().fit(frame, "days", "event", cluster_col="cluster" if cluster else None)
        return lambda: np.column_stack([fit.params_, fit.standard_errors_])

    return way


def _cox_statsmodels(columns: str = "x", cluster: bool = False) -> Callable[[Data], Read]:
    def way(data: Data) -> Read:
        from statsmodels.duration.hazard_regression import PHReg

        model = PHReg(data["days"], np.asarray(data[columns]), data["event"], ties="efron")
        fit = model.fit(groups=data["frame"]["cluster"].to_numpy()) if cluster else model.fit()
        return lambda: np.column_stack([fit.params, fit.bse])

    return way


def _cox_greenwood(columns: str = "x", cluster: bool = False) -> Callable[[Data], Read]:
    def way(data: Data) -> Read:
        import greenwood

        surv = greenwood.Surv(time=data["days"], event=data["event"])
        groups = data["frame"]["cluster"].to_numpy() if cluster else None
        fit = greenwood.CoxPH().fit(surv, np.asarray(data[columns]), cluster=groups)
        return lambda: np.column_stack([fit.coef_, fit.std_error_])

    return way


def _cox_sksurv(data: Data) -> Read:
    """Coefficients alone: scikit-survival gives no standard errors, so its ratio flatters it."""
    from sksurv.linear_model import CoxPHSurvivalAnalysis

    outcome = np.array(list(zip(data["event"] == 1, data["days"], strict=True)), dtype=[("event", bool), ("time", float)])
    fit = CoxPHSurvivalAnalysis(ties="efron").fit(data["x"], outcome)
    return lambda: fit.coef_


def _fine_gray_evaltools(data: Data) -> Read:
    from evaltools.estimate.fine_gray import fine_gray

    fit = fine_gray(_ours(data, {1: "job", 2: "left"}), FORMULA, cause="job")
    return lambda: fit.coefficients


def _fine_gray_comprisk(data: Data) -> Read:
    from comprisk import FineGrayRegression

    fit = FineGrayRegression(cause=1).fit(data["x"], time=data["days"], event=data["cause"])
    return lambda: fit.coef_


def _cox_rust(columns: str = "x", cluster: bool = False) -> Callable[[Data], Read]:
    def way(data: Data) -> Read:
        fits, x = rust_survival().regression, np.asarray(data[columns])
        if cluster:
            groups = data["frame"]["cluster"].to_numpy()
            fit = fits.coxph_fit(data["days"].astype(float), data["event"], x, cluster=groups)
        else:
            fit = fits.coxph_fit_raw(data["days"].astype(float), data["event"].astype(float), x)
        return lambda: np.column_stack([np.ravel(fit.coefficients), np.sqrt(np.diag(np.reshape(fit.var, (x.shape[1], -1))))])

    return way


CATEGORICAL = " + ".join(f"C({name})" for name in CATEGORIES)
JOBS = {
    "cox": Job(
        "Cox, 15 columns",
        {
            "evaltools": _cox_evaltools(),
            "lifelines": _cox_lifelines(),
            "statsmodels": _cox_statsmodels(),
            "scikit-survival, no se": _cox_sksurv,
            "greenwood": _cox_greenwood(),
            "survival (Rust)": _cox_rust(),
        },
        made_up,
        (1e-4, 1e-4),
    ),
    "cox_categorical": Job(
        "Cox, categories, 144 patterns",
        {
            "evaltools": _cox_evaltools(CATEGORICAL),
            "lifelines": _cox_lifelines("dummies"),
            "statsmodels": _cox_statsmodels("dummies"),
            "greenwood": _cox_greenwood("dummies"),
            "survival (Rust)": _cox_rust("dummies"),
        },
        made_up,
        (1e-4, 1e-4),
    ),
    "cox_cluster": Job(
        "Cox, cluster-robust",
        {
            "evaltools": _cox_evaltools(cluster="cluster"),
            "lifelines": _cox_lifelines(cluster=True),
            "statsmodels": _cox_statsmodels(cluster=True),
            "greenwood": _cox_greenwood(cluster=True),
            "survival (Rust)": _cox_rust(cluster=True),
        },
        made_up,
        (1e-4, 1e-2),  # lifelines and statsmodels share tied events among rows in another way
    ),
    "fine_gray": Job(
        "Fine-Gray, 15 columns",
        {"evaltools": _fine_gray_evaltools, "comprisk": _fine_gray_comprisk},
        made_up,
        (1e-4,),
    ),
}
