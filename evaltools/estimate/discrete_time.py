"""Discrete-time hazards: in each week or month still waiting, the chance that the event happens now."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.formula_terms import formula_terms
from evaltools.estimate.hazard_regression import HazardFit, hazard_regression
from evaltools.estimate.hazard_rows import period_rows

__all__ = ["discrete_time"]


def discrete_time(  # noqa: PLR0913 - the choices that define the model, all but two with the usual default
    times: EventTimes,
    formula: str,
    link: Literal["cloglog", "logit"] = "cloglog",
    width: float = 1.0,
    last: int | None = None,
    cause: str | None = None,
    cluster: str | None = None,
    level: float = 0.95,
) -> HazardFit:
    """Fit the probability of the event in each period, given that it has not happened before.

    Parameters
    ----------
    times : EventTimes
        Durations in days.
    formula : str
        Covariates. When it names `period` ("log(period) + age"), that is the course over time; otherwise each period has its
        own hazard, in terms 'C(period)[T.2]', ...
    link : {'cloglog', 'logit'}
        'cloglog': coefficients are log hazard ratios of the continuous time behind the periods. 'logit': log odds ratios.
    width : float
        Days in a period.
    last : int, optional
        Periods from this one on share one hazard.
    cause : str, optional
        Name of the cause; any by default.
    cluster : str, optional
        Column of `times.data` for cluster-robust errors; that of `times` by default. A person's rows need none.
    level : float
        Confidence level.

    Returns
    -------
    HazardFit
        A censored person's last period counts only when it was observed to its end.

    References
    ----------
    Prentice and Gloeckler (1978), Biometrics 34, 57-67. Allison (1982), Sociological Methodology 13, 61-98.
    """
    if link not in ("cloglog", "logit"):
        raise EstimateError(Problem("E104", f"there is no link '{link}'", fix="use one of: cloglog, logit"))
    import statsmodels.api as sm

    rows = period_rows(times, width, cause)
    if last is not None:
        rows["period"] = rows["period"].clip(upper=last)
    own = "period" in formula_terms(formula, list(map(str, rows.columns))).columns
    links = {"cloglog": sm.families.links.CLogLog, "logit": sm.families.links.Logit}
    fit = hazard_regression(
        rows,
        formula,
        sm.families.Binomial(link=links[link]()),
        f"discrete time, {link}, periods of {width:g} days",
        baseline=None if own else "period",
        cluster=times.cluster if cluster is None else cluster,
        level=level,
    )
    brief = len(times) - rows["person"].nunique()
    if not brief:
        return fit
    said = f"{brief} people were not observed to the end of a first period and are not in n"
    return replace(fit, note="; ".join(filter(None, [fit.note, said])))
