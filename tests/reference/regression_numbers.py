"""What R (survival 3.5-3, cmprsk 2.2-11) makes of regressions on public data, and how near to it we must come.

Tolerances are relative and those of the specification. R stops iterating at a relative change of 1e-9 in the log-likelihood,
which leaves about seven digits in a coefficient; where it stops later, we agree to twelve. A coefficient near 0 is held
against its standard error as well.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from numpy.testing import assert_allclose

COX, LOGLIK, PH, ROBUST = 1e-4, 1e-8, 1e-3, 5e-3
FINE_GRAY, FINE_GRAY_SE, AFT, GLM = 1e-3, 5e-2, 1e-3, 1e-6


def expected(name: str) -> dict[str, Any]:
    return json.loads((Path(__file__).parent / f"{name}_regression.json").read_text(encoding="utf-8"))


def assert_coefficients(fit, block, rtol, se_rtol=None, names=None, column="se"):
    """Estimates and standard errors of the terms that R names, some by another name."""
    found = fit.estimates.set_index("term")
    for term, (coef, se) in block["coef"].items():
        row = found.loc[(names or {}).get(term, term)]
        assert_allclose(row["estimate"], coef, rtol=rtol, err_msg=term)
        assert_allclose(row[column], se, rtol=se_rtol or rtol, err_msg=term)


def assert_cox(fit, block):
    assert (fit.n, fit.events) == (block["n"], block["events"])
    assert_coefficients(fit, block, COX)
    assert_allclose([fit.loglik, fit.loglik_null], [block["loglik"], block["loglik_null"]], rtol=LOGLIK)
    assert_allclose(fit.concordance, block["concordance"], rtol=LOGLIK)
    robust = fit.estimates.set_index("term")["robust_se"]
    for term, se in block.get("robust_se", {}).items():
        assert_allclose(robust[term], se, rtol=ROBUST)
    for transform, rows in block.get("zph", {}).items():
        test = fit.proportional_hazards(transform).set_index("term")
        for term, (statistic, df, p) in rows.items():
            assert test.loc[term, "df"] == df
            assert_allclose(test.loc[term, ["statistic", "p"]].astype(float), [statistic, p], rtol=PH)


def assert_fine_gray(fit, block):
    assert fit.n == block["n"]
    assert_coefficients(fit, block, FINE_GRAY, FINE_GRAY_SE)
    assert_allclose(fit.loglik, block["loglik"], rtol=LOGLIK)


def assert_aft(fit, block):
    assert_coefficients(fit, block, AFT, names={"(Intercept)": "Intercept"})
    assert_allclose([fit.loglik, fit.scale], [block["loglik"], block["scale"]], rtol=1e-6)
    if block["log_scale_se"] is not None:
        assert_allclose(fit.log_scale_se, block["log_scale_se"], rtol=AFT)


def assert_royston_parmar(fit, block):
    assert_coefficients(fit, block, 5e-3)
    assert_allclose(fit.knots, block["knots"], rtol=1e-12)
    assert_allclose(fit.loglik, block["loglik"], rtol=1e-6)
