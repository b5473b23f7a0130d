"""Unknown ends: jobs that are not known to be held still, because their end was set aside or only its reason was given."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.derive.find_doubts import doubted_rows

__all__ = ["unknown_ends"]


def unknown_ends(jobs: pd.DataFrame, doubts: pd.DataFrame) -> NDArray[np.bool_]:
    """Say of each job whether its end is unknown rather than still to come; shape (n,).

    jobs: the canonical table. doubts: of find_doubts. So it is where the end was set aside, lies before the start, or is
    missing although a reason is given for it ('unknown' is no reason).

    >>> day = pd.Timestamp("2024-01-01")
    >>> jobs = pd.DataFrame({"job_id": ["1", "2"], "start_date": [day] * 2, "end_date": [pd.NaT] * 2})
    >>> doubts = pd.DataFrame({"table": ["jobs"], "field": ["end_date"], "row_id": ["2"]})
    >>> unknown_ends(jobs.assign(end_reason=pd.array(["dismissed", None], dtype="string")), doubts).tolist()
    [True, True]
    """
    missing = jobs["end_date"].isna()
    unknown = (jobs["end_date"] < jobs["start_date"]).fillna(False)
    if "end_reason" in jobs:
        unknown = unknown | (missing & jobs["end_reason"].fillna("unknown").ne("unknown"))
    if "job_id" in jobs and len(doubts):
        unknown = unknown | (missing & jobs["job_id"].isin(doubted_rows(doubts, "jobs", ("end_date",))))
    return np.asarray(unknown.to_numpy(dtype=bool))
