"""Regressions of counts and yes-or-no outcomes against their peers: `python benchmarks/regressions.py`.

    --rows 2000 200000   other numbers of rows        --jobs poisson nb   some of the jobs

Fifteen covariates, five of them measures and ten yes or no; 300 clusters. Ours is timed from the data frame to the finished
table: formula, design matrix, fit and CR1S errors by cluster. Peers get their frame, or matrix, of numbers ready made, and
their own cluster-robust errors where they have them. Times, ratios and agreement as in `survival.py`; peers that are not
installed are named and left out. In 'patterns' all covariates are categories and ours is also timed on the rows as they are
(collapsing switched off by a measure of no effect).
"""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from importlib.util import find_spec
from typing import Any

import numpy as np
import pandas as pd
from side_by_side import OURS, Data, Job, Read, Timing, Way, compare, report

COLUMNS, CLUSTERS = 15, 300
FORMULA = " + ".join(f"x{place}" for place in range(COLUMNS))
CATEGORIES = {"site": 6, "age_band": 5, "sex": 2, "referral": 4, "benefit": 3}  # 720 patterns
GOALS = (
    ("poisson", 1_000_000, "glum", 4),
    ("logit", 1_000_000, "statsmodels", 1.5),
    ("nb", 200_000, "statsmodels", 8),
    ("patterns", 200_000, "statsmodels", 20),
)
_PEERS = ("statsmodels", "glum", "pyfixest")


def made_up(rows: int) -> dict[str, Any]:
    """Make counts with and without extra variation, yes-or-no outcomes, covariates, categories and clusters."""
    rng = np.random.default_rng(20261124)
    x = np.column_stack([rng.normal(size=(rows, 5)), rng.integers(0, 2, (rows, COLUMNS - 5))]).astype(float)
    frame = pd.DataFrame(x, columns=[f"x{place}" for place in range(COLUMNS)])
    eta = x @ np.linspace(-0.2, 0.2, COLUMNS)
    codes = {name: rng.integers(0, levels, rows) for name, levels in CATEGORIES.items()}
    effect = sum(0.1 * code for code in codes.values())
    group = rng.integers(0, max(rows // 50, 10), rows)
    own = rng.normal(0, 0.4, int(group.max()) + 1)[group]
    frame = frame.assign(
        **codes,
        cluster=np.arange(rows) % CLUSTERS,
        count=rng.poisson(np.exp(eta - 0.5)),
        spread=rng.poisson(np.exp(eta - 0.5) * rng.gamma(2, 0.5, rows)),
        started=(rng.random(rows) < 1 / (1 + np.exp(0.8 - eta))).astype(int),
        few=rng.poisson(np.exp(effect - 2)),
        noise=rng.normal(size=rows),
        group=group,
        joined=(rng.random(rows) < 1 / (1 + np.exp(0.8 - eta - own))).astype(int),
    )
    dummies = pd.get_dummies(frame[list(CATEGORIES)].astype("category"), drop_first=True).to_numpy(dtype=float)
    ones = np.ones(rows)
    return {"frame": frame, "x": x, "with_one": np.column_stack([ones, x]), "dummies": np.column_stack([ones, dummies])}


def _ours(outcome: str, family: str, formula: str = FORMULA, first: int | None = None) -> Way:
    def way(data: Data) -> Read:
        from evaltools.estimate.regression.count_model import count_model

        fit = count_model(data["frame"], f"{outcome} ~ {formula}", None, family, "cluster", "cr1s")  # type: ignore[arg-type]
        return lambda: fit.estimates[["estimate", "se"]].to_numpy()[:first]

    return way


def _statsmodels(outcome: str, family: str, columns: str = "with_one") -> Way:
    def way(data: Data) -> Read:
        import statsmodels.api as sm

        groups = {"groups": data["frame"]["cluster"].to_numpy()}
        y = data["frame"][outcome].to_numpy()
        if family == "nb":
            start = sm.NegativeBinomial(y, data["with_one"])
            fit = start.fit(method="newton", disp=0, cov_type="cluster", cov_kwds=groups)
            return lambda: np.column_stack([fit.params, fit.bse])[:-1]
        model = sm.GLM(y, data[columns], family=getattr(sm.families, family)())
        if family == "Binomial":
            fit = sm.Logit(y, data["with_one"]).fit(disp=0, cov_type="cluster", cov_kwds=groups)
        else:
            fit = model.fit(cov_type="cluster", cov_kwds=groups)
        return lambda: np.column_stack([fit.params, fit.bse])

    return way


def _glum(outcome: str, family: str) -> Way:
    def way(data: Data) -> Read:
        from glum import GeneralizedLinearRegressor

        y = data["frame"][outcome].to_numpy().astype(float)
        model = GeneralizedLinearRegressor(family=family, alpha=0, gradient_tol=1e-8).fit(data["x"], y)
        spread = model.covariance_matrix(data["x"], y, clusters=data["frame"]["cluster"].to_numpy())
        return lambda: np.column_stack([np.append(model.intercept_, model.coef_), np.sqrt(np.diag(spread))])

    return way


def _pyfixest(outcome: str) -> Way:
    def way(data: Data) -> Read:
        import pyfixest

        fit = pyfixest.fepois(f"{outcome} ~ {FORMULA}", data["frame"], vcov={"CRV1": "cluster"})
        return lambda: np.column_stack([fit.coef(), fit.se()])

    return way


def _mixed(data: Data) -> Read:
    from evaltools.estimate.regression.mixed_model import mixed_model

    fit = mixed_model(data["frame"], f"joined ~ {FORMULA}", "group", points=9)
    return lambda: fit.estimates[["estimate", "se"]].to_numpy()


def _statsmodels_mixed(data: Data) -> Read:
    """Its approximate posterior mean: not maximum likelihood, so the answers are not called the same."""
    from statsmodels.genmod.bayes_mixed_glm import BinomialBayesMixedGLM

    frame = data["frame"]
    model = BinomialBayesMixedGLM.from_formula(f"joined ~ {FORMULA}", {"group": "0 + C(group)"}, frame)
    fit = model.fit_vb()
    return lambda: np.column_stack([fit.fe_mean, fit.fe_sd])


def _installed(ways: dict[str, Way]) -> dict[str, Way]:
    return {name: way for name, way in ways.items() if name.split(",")[0] not in _PEERS or find_spec(name.split(",")[0])}


def _job(title: str, ways: dict[str, Way], **choices: Any) -> Job:
    return Job(title, _installed(ways), made_up, (1e-3, 2e-2), **choices)


_CATEGORICAL = " + ".join(f"C({name})" for name in CATEGORIES)
_TERMS = 1 + sum(CATEGORIES.values()) - len(CATEGORIES)
JOBS: dict[str, Job] = {
    "poisson": _job(
        "Poisson, cluster errors",
        {
            OURS: _ours("count", "poisson"),
            "statsmodels": _statsmodels("count", "Poisson"),
            "glum": _glum("count", "poisson"),
            "pyfixest": _pyfixest("count"),
        },
    ),
    "logit": _job(
        "logit, cluster errors",
        {
            OURS: _ours("started", "binomial"),
            "statsmodels": _statsmodels("started", "Binomial"),
            "glum": _glum("started", "binomial"),
        },
    ),
    "nb": _job(
        "negative binomial, cluster",
        {OURS: _ours("spread", "negative_binomial"), "statsmodels": _statsmodels("spread", "nb")},
        most_rows={"statsmodels": 200_000},
    ),
    "patterns": _job(
        "Poisson, categories",
        {
            OURS: _ours("few", "poisson", _CATEGORICAL),
            "statsmodels": _statsmodels("few", "Poisson", "dummies"),
            "evaltools, row by row": _ours("few", "poisson", f"{_CATEGORICAL} + noise", _TERMS),
        },
    ),
    "mixed": _job(
        "mixed logit", {OURS: _mixed, "statsmodels, VB": _statsmodels_mixed}, most_rows={"statsmodels, VB": 2_000}
    ),
}


def main() -> None:
    """Read what is asked, run it, print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[2_000, 20_000, 200_000, 1_000_000])
    parser.add_argument("--jobs", nargs="+", choices=list(JOBS), default=list(JOBS))
    asked = parser.parse_args()
    warnings.simplefilter("ignore")  # peers say at length what they assume
    print(__doc__)
    print(f"Python {sys.version.split()[0]}, numpy {np.__version__}, pandas {pd.__version__}; {os.cpu_count()} processors")
    print(f"not installed: {', '.join(name for name in _PEERS if not find_spec(name)) or 'none'}")
    print(
        f"{'job':<30}{'rows':>9}  {'library':<20}{'CPU ms':>11}{'wall ms':>11}{'calls':>6}{'CPU x':>9}{'wall x':>8}  apart"
    )
    found: dict[tuple[str, int], dict[str, Timing]] = {}
    for name in asked.jobs:
        before = None
        for rows in sorted(asked.rows):
            before = compare(JOBS[name], rows, before)
            report(JOBS[name], rows, before)
            found[name, rows] = before
    for name, rows, peer, times in GOALS:
        timings = found.get((name, rows), {})
        if peer in timings and not timings[peer].failed:
            ratio = timings[peer].cpu / timings[OURS].cpu
            print(
                f"goal: {name} at {rows}, {times} times {peer}: {ratio:.1f} times ({'met' if ratio >= times else 'NOT met'})"
            )


if __name__ == "__main__":
    main()
