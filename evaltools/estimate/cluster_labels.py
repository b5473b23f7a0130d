"""The cluster of each row: whose members resemble each other. A row of unknown cluster is refused, everywhere alike."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.domain.label_groups import Groups, groups_that_occur
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.formula_terms import closest_name

__all__ = ["cluster_labels", "refuse_missing_clusters"]


def cluster_labels(times: EventTimes, cluster: str, used: NDArray[np.int64] | None = None) -> Groups:
    """Give the cluster of each row, and the labels of the clusters that occur.

    Parameters
    ----------
    times : EventTimes
        With the column `cluster` in its data.
    cluster : str
        Column, for example 'person', 'specialist' or 'site'.
    used : numpy.ndarray, optional
        Positions of the rows that an estimate uses; all by default. Clusters of the others are not counted.

    Returns
    -------
    Groups
        EstimateError when there is no such column, or a row used has no cluster: it may resemble anybody.

    Examples
    --------
    >>> people = pd.DataFrame({"days": [1, 2, 3], "status": 1, "site": ["north", "south", "north"]})
    >>> cluster_labels(EventTimes.from_frame(people, "days", "status"), "site").codes.tolist()
    [0, 1, 0]
    """
    if cluster not in times.data:
        raise EstimateError(
            Problem("E102", f"there is no column '{cluster}' to cluster by", fix=closest_name(cluster, times.data.columns))
        )
    some = None if used is None or len(used) == len(times) else used
    column = times.data[cluster]
    refuse_missing_clusters(column if some is None else column.iloc[some], cluster)
    codes, labels = times.grouped(cluster)
    return Groups(codes, labels) if some is None else groups_that_occur(Groups(codes[some], labels))


def refuse_missing_clusters(column: pd.Series, cluster: str) -> None:
    """Raise EstimateError when somebody's cluster is missing.

    >>> refuse_missing_clusters(pd.Series(["a", "b"]), "site")
    """
    lacking = int(column.isna().sum())
    if lacking:
        what = f"'{cluster}' is missing in {lacking} of {len(column)} rows, so it is not known whom they resemble"
        raise EstimateError(
            Problem("E142", what, fix="set these rows aside, with their reason, or cluster by something else")
        )
