"""The piecewise exponential model: a hazard that is constant between given days, as a Poisson regression."""

from __future__ import annotations

from collections.abc import Sequence

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.hazard_regression import HazardFit, hazard_regression
from evaltools.estimate.hazard_rows import exposure_rows

__all__ = ["piecewise_exponential"]


def piecewise_exponential(
    times: EventTimes,
    formula: str,
    cuts: Sequence[float],
    cause: str | None = None,
    cluster: str | None = None,
    level: float = 0.95,
) -> HazardFit:
    """Fit hazard ratios over a baseline that steps at given days; a check on `cox`, which lets it step at every event.

    Parameters
    ----------
    times : EventTimes
        Durations in days; late entry is allowed.
    formula : str
        Covariates, as for `cox`.
    cuts : sequence of float
        Days at which the hazard may change.
    cause : str, optional
        Name of the cause; any by default.
    cluster : str, optional
        Column of `times.data` for cluster-robust errors; that of `times` by default.
    level : float
        Confidence level.

    Returns
    -------
    HazardFit
        Terms of the baseline are 'Intercept' and 'C(interval)[T.(30, 60]]'; loglik is that of the Poisson rows.

    References
    ----------
    Friedman (1982), Annals of Statistics 10, 101-113.
    """
    import statsmodels.api as sm

    return hazard_regression(
        exposure_rows(times, cuts, cause),
        formula,
        sm.families.Poisson(),
        "piecewise exponential",
        baseline="interval",
        exposure="exposure",
        cluster=times.cluster if cluster is None else cluster,
        level=level,
    )
