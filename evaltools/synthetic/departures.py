"""How people leave: support completed, disengaged, moved, ill, died, the site closed, or contact lost after a job start."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.synthetic.chance import choose
from evaltools.synthetic.site_plan import DATA_CUT, SITES

__all__ = ["draw_departures"]

_REASONS = {"disengaged": 0.56, "health": 0.17, "moved": 0.11, "other": 0.11, "died": 0.004, "unknown": 0.046}
_REASONS_IN_WORK = {"completed": 0.86, "moved": 0.05, "other": 0.06, "health": 0.03}
_LOST_AFTER_START = 0.13


def draw_departures(people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Draw discharge dates, reasons and lost contact.

    Parameters
    ----------
    people
        With referral_date, engaged, first_job, leaves and last_day.
    rng
        Generator.

    Returns
    -------
    DataFrame
        The same people with discharge_date, discharge_reason and last_contact_date (missing for people still in contact).
    """
    n = len(people)
    origin = people["engaged"].fillna(people["referral_date"])
    waits = np.where(people["engaged"].notna(), people["leaves"], 25 + np.floor(100 * rng.random(n)))
    works = people["first_job"].notna()
    leaves = origin + pd.to_timedelta(waits, unit="D")
    finishes = people["first_job"] + pd.to_timedelta(np.floor(120 + 330 * rng.random(n)), unit="D")
    day = finishes.where(works, leaves)
    reason = pd.Series(np.where(works, choose(rng, _REASONS_IN_WORK, n), choose(rng, _REASONS, n)), people.index)
    closed = people["site_id"].map({plan.id: plan.closes <= DATA_CUT for plan in SITES}) & (day > people["last_day"])
    day, reason = day.where(~closed, people["last_day"]), reason.where(~closed, "other")
    gone = day <= people["last_day"]
    day, reason = day.where(gone), reason.where(gone, "")
    last = day.copy()
    faded = people["first_job"] + pd.to_timedelta(np.floor(8 + 90 * rng.random(n)), unit="D")
    limit = day.fillna(people["last_day"])
    lost = works & (rng.random(n) < _LOST_AFTER_START) & (faded < limit)
    last = last.where(~lost, faded)
    reason = reason.where(~(lost & gone & ~closed), "disengaged")
    return people.assign(discharge_date=day, discharge_reason=reason, last_contact_date=last)
