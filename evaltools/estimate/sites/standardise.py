"""Sites as they would compare with the same people: indirect, direct, or by g-computation, with their overlap shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.formula_terms import closest_name
from evaltools.estimate.sites.case_mix import CaseMix, case_mix, overlap_of_risk
from evaltools.estimate.sites.direct_rates import direct_rates
from evaltools.estimate.sites.g_computation import g_computation
from evaltools.estimate.sites.observed_ratio import observed_ratio
from evaltools.estimate.sites.site_counts import few_sites

__all__ = ["Method", "Standardised", "standardise"]

Method = Literal["indirect", "direct", "g-computation"]
_MUTUAL = (
    "each ratio compares a site with the programme on the site's own people: two ratios are not compared with each other"
)
_LITTLE = 0.5


@dataclass(frozen=True)
class Standardised:
    """Standardised results.

    table: one row a site; of 'indirect' people, observed, expected, ratio, lower, upper (exact),
    lower_byar, upper_byar, z, rate (ratio times the programme's), note; of the others people, observed, crude, value,
    lower, upper, note. programme: the programme's own share (of 'ratio' only: missing). overlap: of expected risks, None
    where people are not known. case_mix: the model behind it, None without one.
    """

    table: pd.DataFrame
    programme: float
    overlap: pd.DataFrame | None
    case_mix: CaseMix | None
    method: str
    note: str


def standardise(  # noqa: PLR0913 - the people, and independent choices
    df: pd.DataFrame,
    outcome: str,
    site: str = "site",
    formula: str | None = None,
    method: Method = "indirect",
    expected: str | None = None,
    strata: Sequence[str] = (),
    leave_site_out: bool = False,
    level: float = 0.95,
) -> Standardised:
    """Standardise the outcomes of sites for the people they had.

    Parameters
    ----------
    df : pandas.DataFrame
        One row a person, or with `expected` any rows whose counts are added by site.
    outcome : str
        Column of 0 and 1, or of observed events with `expected`.
    site : str
        Column of sites.
    formula : str, optional
        Baseline covariates of the case-mix model ('indirect', 'g-computation').
    method : {'indirect', 'direct', 'g-computation'}
        'indirect': observed over expected, exact limits; 'direct': programme's mix of `strata` at each site's shares;
        'g-computation': the share if everybody in the programme had come to the site. The last two can be compared with
        each other.
    expected : str, optional
        Column of expected events, when they were made elsewhere (`expected_events`).
    strata : sequence of str
        Columns of the classes of 'direct'.
    leave_site_out : bool
        Expect for each site what the others together would do ('indirect').
    level : float
        Of the limits.

    Returns
    -------
    Standardised
        EstimateError E230, E249 when a column or a choice is missing; those of `case_mix`.

    References
    ----------
    Breslow and Day (1987), Statistical Methods in Cancer Research II, chapter 2; Snowden, Rose and Mortimer (2011),
    American Journal of Epidemiology 173, 731-738 (g-computation).

    Examples
    --------
    >>> counts = pd.DataFrame({"site": ["a", "b"], "starts": [16, 30], "likely": [18.2, 27.8]})
    >>> standardise(counts, "starts", expected="likely").table[["ratio", "lower", "upper"]].round(2).values.tolist()
    [[0.88, 0.5, 1.43], [1.08, 0.73, 1.54]]
    """
    for name in filter(None, (outcome, site, expected, *strata)):
        if name not in df:
            raise EstimateError(Problem("E230", f"there is no column '{name}'", fix=closest_name(name, df.columns)))
    if method == "indirect":
        return _indirect(df, outcome, site, formula, expected, leave_site_out, level)
    if method == "direct" and strata:
        table, programme = direct_rates(df, outcome, site, strata, level)
        return Standardised(
            table, programme, None, None, "direct standardisation to the programme's mix", few_sites(len(table))
        )
    if method == "g-computation" and formula:
        table, programme = g_computation(df, outcome, site, formula, level)
        mix = case_mix(df, outcome, site, formula)
        overlap = overlap_of_risk(mix.expected, mix.site)
        return Standardised(table, programme, overlap, mix, "g-computation, logit with site, delta method", _said(overlap))
    known = method in ("direct", "g-computation")
    what = f"'{method}' needs {'strata' if method == 'direct' else 'a formula'}" if known else f"there is no '{method}'"
    raise EstimateError(
        Problem("E249", what, fix="use method 'indirect', 'direct' with strata or 'g-computation' with formula")
    )


def _indirect(  # noqa: PLR0913 - the choices of its caller
    df: pd.DataFrame, outcome: str, site: str, formula: str | None, expected: str | None, leave_site_out: bool, level: float
) -> Standardised:
    mix, overlap, programme = None, None, np.nan
    if expected is not None:
        frame = df[[site, outcome, expected]].rename(columns={site: "site", outcome: "observed", expected: "expected"})
        if frame[["observed", "expected"]].isna().any(axis=None) or (frame[["observed", "expected"]] < 0).any(axis=None):
            raise EstimateError(Problem("E231", "an observed or expected number is missing or negative", fix="leave it out"))
        frame = frame.assign(people=1)
    elif formula is not None:
        mix = case_mix(df, outcome, site, formula, leave_site_out)
        overlap = overlap_of_risk(mix.expected, mix.site)
        programme = float(mix.outcome.mean())
        frame = pd.DataFrame({"site": mix.site, "observed": mix.outcome, "expected": mix.expected, "people": 1})
    else:
        raise EstimateError(Problem("E249", "'indirect' needs a formula or a column of expected events", fix="give one"))
    table = frame.groupby("site", sort=expected is None, as_index=False)[["people", "observed", "expected"]].sum()
    if expected is not None:
        table = table.drop(columns="people")
    found = observed_ratio(
        table["observed"].to_numpy(dtype=float), table["expected"].to_numpy(dtype=float), level
    )  # fmt: skip
    table = table.assign(**found._asdict(), rate=found.ratio * programme)
    table["note"] = np.where(table["expected"] > 0, "", "nothing is expected here: there is no ratio")
    if expected is not None:
        table = table.drop(columns="rate")
    made = "the case-mix model of the other sites" if leave_site_out else "the case-mix model of all sites"
    method = f"observed over expected events of {'a given column' if mix is None else made}; exact Poisson and Byar limits"
    note = "; ".join(filter(None, [_MUTUAL, _said(overlap), few_sites(len(table))]))
    return Standardised(table, programme, overlap, mix, method, note)


def _said(overlap: pd.DataFrame | None) -> str:
    """Say where people of a site have few like them elsewhere."""
    little = 0 if overlap is None else int((overlap["overlap"] < _LITTLE).sum())
    return f"at {little} sites most people have few like them elsewhere: adjustment extrapolates" if little else ""
