"""Gaps in cover: days on which nobody held a case or a post, hand-overs, and assignments that could not be used."""

from __future__ import annotations

from typing import Any

import pandas as pd

from evaltools.domain.results import COUNTS, tidy
from evaltools.estimate.people_groups import people_groups

__all__ = ["cover_gaps"]

Row = dict[str, Any]
_DAYS = {"active_days": "active_case_days", "unheld_days": "unheld_case_days"}
_FLOWS = {"new_cases": "new_cases", "received": "handed_over", "ramp_up": "ramp_up_months"}


def cover_gaps(months: pd.DataFrame, unheld: pd.DataFrame, vacant: pd.DataFrame, faults: pd.DataFrame) -> pd.DataFrame:
    """Count gaps in cover, for the programme and each site.

    months, unheld, vacant, faults: from derive/specialists.py: 'specialist_months', 'unheld_cases', 'vacant_posts',
    'assignment_faults'; empty where the study has none.

    Returns rows of `counts`, table 'cover': '<definition>.<name>' for active_case_days, unheld_case_days, new_cases,
    handed_over, ramp_up_months (specialist-months in which a caseload was still filling) and, for all sites together,
    unusable assignments by reason; post_days and vacant_days without a definition, for posts that have a name.
    """
    rows: list[Row] = []
    for frame, names in ((unheld, _DAYS), (months, _FLOWS)):
        for keys, held in people_groups(frame) if len(frame) else ():
            rows += [
                _row(keys["group"], f"{keys['definition']}.{name}", int(held[column].sum()))
                for column, name in names.items()
            ]
    if len(faults):
        told = zip(faults["definition"], faults["code"], faults["n"].tolist(), strict=True)
        rows += [_row("all", f"{definition}.{code}", n) for definition, code, n in told]
    for site, held in ([("all", vacant), *vacant.groupby("site_id", sort=True)]) if len(vacant) else ():
        rows += [_row(str(site), name, int(held[name].sum())) for name in ("post_days", "vacant_days")]
    return tidy(rows, COUNTS)


def _row(row: str, column: str, n: int) -> Row:
    return {"table_id": "cover", "row": row, "column": column, "n": n}
