"""Evidence: how well a job start and each milestone are proved. A milestone without evidence is not thereby false."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.derive.day_numbers import LONG_AGO, NEVER, day_numbers

__all__ = ["EARLY_DAYS", "GRADES", "evidence_use", "milestone_grades", "starter_grades", "verified_until"]

GRADES = ("none", "self", "recorded", "verified")
"""From the weakest: nothing or lost; the person's word; a timesheet; employer, payslip, official record, or checked."""

_GRADE = {"payslip": 3, "employer": 3, "admin": 3, "timesheet": 2, "self": 1}
EARLY_DAYS = 14
"""Days before a milestone from which evidence may speak of it: proof that is gathered shortly before it is due."""
_START = 0  # weeks of the milestone 'job_start'
_NO_MILESTONE = -1


def evidence_use(evidence: pd.DataFrame, starters: pd.DataFrame) -> pd.DataFrame:
    """Say of each piece of evidence how strong it is and whether it can speak of a job.

    evidence: the canonical table. starters: participant_id (each once), start_date (first day of the first job),
    known_until.
    Returns, in the order of evidence: starter (position in starters, -1 without a job), weeks (of the milestone; 0 for a job
    start, -1 for another), day (days since 1970; NEVER when not dated), grade (place in GRADES) and use: 'used', 'no job',
    'before the job' (a milestone dated before its job proves nothing) or 'not of a job'.
    """
    starter = pd.Index(starters["participant_id"]).get_indexer(pd.Index(evidence["participant_id"]))
    codes, names = pd.factorize(evidence["milestone"])
    weeks = np.array([*(_weeks(str(name)) for name in names), _NO_MILESTONE], dtype=np.int64)[codes]
    grade = evidence["evidence_type"].map(_GRADE).fillna(0).to_numpy(dtype=np.int64)
    grade = np.where((evidence["validated"] == True).fillna(False).to_numpy(dtype=bool), 3, grade)  # noqa: E712
    day = day_numbers(evidence["evidence_date"])
    start = day_numbers(starters["start_date"])
    begins = start[starter] if len(starters) else np.full(len(evidence), NEVER)
    use = np.select(
        [weeks == _NO_MILESTONE, starter < 0, day < begins], ["not of a job", "no job", "before the job"], default="used"
    )
    return pd.DataFrame(
        {"starter": starter, "weeks": weeks, "day": day, "grade": grade, "use": pd.array(use, dtype="string")},
        index=evidence.index,
    )


def milestone_grades(
    used: pd.DataFrame, starters: pd.DataFrame, weeks: Sequence[int], inclusive_days: bool = False
) -> pd.DataFrame:
    """Give the best grade of evidence for the job start and for each milestone; one row a starter, columns 0 and the weeks.

    used: from evidence_use. A piece proves a milestone when it names that one or a longer one and is not dated more than
    EARLY_DAYS before it, or speaks of a day in the
    same spell on or after the milestone.
    """
    mine = used[used["use"] == "used"]
    place = mine["starter"].to_numpy(dtype=np.int64)
    start, until = day_numbers(starters["start_date"])[place], day_numbers(starters["known_until"])[place]
    day = mine["day"].to_numpy(dtype=np.int64)
    named, grade = mine["weeks"].to_numpy(dtype=np.int64), mine["grade"].to_numpy(dtype=np.int64)
    found = {}
    for milestone in (0, *weeks):
        reached = start + 7 * milestone - (int(inclusive_days) if milestone else 0)
        proves = ((named >= milestone) & (day >= reached - EARLY_DAYS)) | ((day >= reached) & (day <= until))
        best = np.zeros(len(starters), dtype=np.int64)
        np.maximum.at(best, place[proves], grade[proves])
        found[milestone] = pd.array(np.array(GRADES, dtype=object)[best], dtype="string")
    return pd.DataFrame(found, index=starters.index)


def verified_until(used: pd.DataFrame, starters: pd.DataFrame) -> NDArray[np.int64]:
    """Give the last day of each starter's spell that verified evidence speaks of; LONG_AGO without any; shape (n,)."""
    mine = used[(used["use"] == "used") & (used["grade"] == GRADES.index("verified")) & (used["day"] != NEVER)]
    last = np.full(len(starters), LONG_AGO, dtype=np.int64)
    np.maximum.at(last, mine["starter"].to_numpy(dtype=np.int64), mine["day"].to_numpy(dtype=np.int64))
    return np.minimum(last, day_numbers(starters["known_until"], LONG_AGO)) if len(starters) else last


def starter_grades(
    starters: pd.DataFrame, evidence: pd.DataFrame | None, weeks: Sequence[int], inclusive_days: bool = False
) -> pd.DataFrame | None:
    """Give each starter's grades as milestone_grades does, with a column verified_until; None where no evidence is kept."""
    if evidence is None or evidence.empty:
        return None
    used = evidence_use(evidence, starters)
    grades = milestone_grades(used, starters, weeks, inclusive_days)
    return grades.assign(verified_until=verified_until(used, starters))


def _weeks(milestone: str) -> int:
    """Weeks that the code of a milestone stands for."""
    if milestone == "job_start":
        return _START
    number = milestone.removeprefix("sustained_")
    return int(number) if number.isdigit() else _NO_MILESTONE
