"""The case-mix model: what each person's outcome would be expected to be, whichever site they came to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit
from scipy.stats import rankdata

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.formula_terms import closest_name
from evaltools.estimate.regression.count_likelihood import canonical_fit
from evaltools.estimate.regression.model_rows import model_rows

__all__ = ["CaseMix", "case_mix", "overlap_of_risk"]

Floats = NDArray[np.float64]
_BINS = 10


@dataclass(frozen=True)
class CaseMix:
    """Expected outcomes of people.

    expected: probability of each row used; used: their positions; outcome: 0 or 1; site:
    label of each. coefficients: of the model of all sites. auc, brier: how well it tells people apart. calibration: frame of
    people, observed, expected by tenth of expected risk. missing: frame of site, people, without_covariates.
    """

    expected: Floats
    used: NDArray[np.int64]
    outcome: Floats
    site: NDArray[np.object_]
    coefficients: pd.DataFrame
    auc: float
    brier: float
    calibration: pd.DataFrame
    missing: pd.DataFrame


def case_mix(people: pd.DataFrame, outcome: str, site: str, formula: str, leave_site_out: bool = False) -> CaseMix:
    """Fit a logit of baseline covariates, without site, and predict everybody.

    Parameters
    ----------
    people : pandas.DataFrame
        One row a person.
    outcome : str
        Column of 0 and 1.
    site : str
        Column of sites, in no term of the formula.
    formula : str
        Baseline covariates only: what happens after engagement (contacts, caseload) is the site's own doing.
    leave_site_out : bool
        Predict each site from the others; expected events then do not add up to those observed.

    Returns
    -------
    CaseMix
        EstimateError E230 for a missing column, E248 when the formula holds the site, E130 to E139 and E200 to E205 from
        the model.

    References
    ----------
    Spiegelhalter (2005), section 3; DeLong, DeLong and Clarke-Pearson (1988), Biometrics 44, 837-845 (AUC).

    Examples
    --------
    >>> rng = np.random.default_rng(4)
    >>> people = pd.DataFrame({"job": rng.integers(0, 2, 90), "age": rng.normal(40, 9, 90), "site": list("abc") * 30})
    >>> found = case_mix(people, "job", "site", "age")
    >>> bool(abs(found.expected.sum() - people["job"].sum()) < 1e-6)
    True
    """
    if site not in people:
        raise EstimateError(Problem("E230", f"there is no column '{site}'", fix=closest_name(site, people.columns)))
    known = people[site].notna().to_numpy()
    if outcome in people:
        known = known & people[outcome].notna().to_numpy()
    held = people[known]
    whole = model_rows(held, f"{outcome} ~ {formula}", "binomial", groups=(site,), collapse=False)
    if whole.made is not None and site in whole.made.formula.replace("(", " ").replace(")", " ").split():
        fix = "leave it out: expected outcomes are those of the programme"
        raise EstimateError(Problem("E248", f"the case-mix model holds the site ('{site}')", fix=fix))
    found, _ = canonical_fit(whole, "binomial")
    codes, y = whole.groups[site], whole.outcome
    labels = np.asarray(whole.labels[site], dtype=object)
    expected = expit(whole.expanded() @ found.point)
    if leave_site_out:
        expected = _from_others(held.iloc[whole.used], f"{outcome} ~ {formula}", codes)
    used = np.flatnonzero(known)
    coefficients = pd.DataFrame(
        {"term": whole.terms, "estimate": whole.back @ found.point,
         "se": np.sqrt(np.diag(whole.back @ found.covariance @ whole.back.T))}
    )  # fmt: skip
    asked = people[site].astype("object")
    present = asked.iloc[used[whole.used]].value_counts()
    missing = asked.value_counts(sort=False).rename_axis("site").rename("people").reset_index()
    missing["without_covariates"] = missing["people"] - missing["site"].map(present).fillna(0).astype(int)
    return CaseMix(
        expected, used[whole.used], y, labels[codes], coefficients, _auc(y, expected),
        float(np.mean((y - expected) ** 2)), _calibration(y, expected), missing,
    )  # fmt: skip


def _from_others(people: pd.DataFrame, formula: str, codes: NDArray[np.int64]) -> Floats:
    expected = np.zeros(len(codes))
    for place in range(int(codes.max()) + 1):
        own = codes == place
        others = model_rows(people[~own], formula, "binomial", collapse=False)
        found, _ = canonical_fit(others, "binomial")
        rows = np.zeros((int(own.sum()), 0)) if others.made is None else others.made.rows(people[own])
        expected[own] = expit(found.point[0] + rows @ found.point[1:])
    return expected


def _auc(y: Floats, expected: Floats) -> float:
    ones = float(y.sum())
    return float((rankdata(expected)[y == 1].sum() - ones * (ones + 1) / 2) / (ones * (len(y) - ones)))


def _calibration(y: Floats, expected: Floats) -> pd.DataFrame:
    tenth = np.minimum((rankdata(expected, method="average") - 0.5) * _BINS // len(y), _BINS - 1).astype(int)
    frame = pd.DataFrame({"tenth": tenth + 1, "observed": y, "expected": expected})
    return frame.groupby("tenth").agg(
        people=("observed", "size"), observed=("observed", "sum"), expected=("expected", "sum")
    ).reset_index()  # fmt: skip


def overlap_of_risk(expected: Floats, site: NDArray[np.object_]) -> pd.DataFrame:
    """Return how far the expected risks of each site's people overlap with those of the other sites.

    Returns
    -------
    pandas.DataFrame
        site, lowest, median, highest (5%, 50% and 95% quantiles of expected risk) and overlap, between 0 (no person of
        the site has a like elsewhere) and 1, over ten classes of equal numbers of people; missing for a single site.

    >>> overlap_of_risk(np.array([0.1, 0.2, 0.8, 0.9]), np.array(["a", "a", "b", "b"]))["overlap"].tolist()
    [0.0, 0.0]
    """
    bins = np.minimum((rankdata(expected) - 1) * _BINS // len(expected), _BINS - 1).astype(int)
    rows = []
    for label in pd.unique(site):
        own = site == label
        shares = [np.bincount(bins[which], minlength=_BINS) / max(which.sum(), 1) for which in (own, ~own)]
        low, middle, high = np.quantile(expected[own], [0.05, 0.5, 0.95])
        overlap = float(np.minimum(*shares).sum()) if (~own).any() else np.nan
        rows.append({"site": label, "lowest": low, "median": middle, "highest": high, "overlap": overlap})
    return pd.DataFrame(rows)
