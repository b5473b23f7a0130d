"""Models of events that recur, such as job starts: Andersen-Gill and gap times, with errors clustered by person."""

from __future__ import annotations

from evaltools.domain.event_times import EventTimes
from evaltools.domain.recurrence import gap_clock
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.cox import CoxFit, cox

__all__ = ["andersen_gill", "gap_time"]


def andersen_gill(times: EventTimes, formula: str, cluster: str | None = None, level: float = 0.95) -> CoxFit:
    """Model the rate of an event that recurs, on the clock of the programme.

    Parameters
    ----------
    times : EventTimes
        One row for each stretch of time in days, as `recurrent_times` lays them out; `times.cluster` names the person.
    formula : str
        Covariates, for example "age + C(site)".
    cluster : str, optional
        Column of people who resemble each other, for example 'specialist'; each person alone by default.
    level : float
        Confidence level.

    Returns
    -------
    CoxFit
        Log rate ratios. The errors in `robust_se` allow for a person's events resembling each other.

    References
    ----------
    Andersen and Gill (1982), Annals of Statistics 10, 1100-1120; Lin, Wei, Yang and Ying (2000), Journal of the Royal
    Statistical Society B 62, 711-730.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"id": [1, 1, 2, 3, 3, 4], "start": [0, 3, 0, 0, 5, 0], "stop": [3, 9, 9, 5, 9, 7]})
    >>> rows = rows.assign(job=[1, 1, 0, 1, 0, 1], x=[1, 1, 0, 0, 0, 1])
    >>> fit = andersen_gill(EventTimes.from_frame(rows, "stop", "job", entry="start", cluster="id"), "x")
    >>> fit.events, fit.clusters
    (4, 4)
    """
    if times.cluster is None and cluster is None:
        fix = "give EventTimes.from_frame the column: cluster='person'"
        raise EstimateError(Problem("E162", "it is not said which rows belong to one person", fix=fix))
    return cox(times, formula, cluster=cluster, level=level)


def gap_time(times: EventTimes, formula: str, most: int = 3, cluster: str | None = None, level: float = 0.95) -> CoxFit:
    """Model the time from one event, or the return to risk after it, to the next.

    The first, second, ... events are compared among themselves only (strata), events from number `most` on together.

    Parameters
    ----------
    times, formula, cluster, level
        As for `andersen_gill`.
    most : int
        Last stratum of the number of the event.

    Returns
    -------
    CoxFit
        Log hazard ratios with errors clustered by person.

    References
    ----------
    Prentice, Williams and Peterson (1981), Biometrika 68, 373-379.
    """
    return cox(gap_clock(times, most), formula, cluster=cluster, level=level)
