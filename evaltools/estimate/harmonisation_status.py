"""Harmonisation status: whether a field can be had from a site's files, wholly, in part or not at all, and why.

After Maelstrom Research's Rmonize (Fortier et al. 2017, Int J Epidemiol 46:103), which calls each variable of each study
complete, partial or impossible.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.domain.results import CHECKS, tidy

__all__ = ["COMPLETE_SHARE", "harmonisation_status"]

COMPLETE_SHARE = 0.95
"""Share of rows that must hold an entry for a field to be complete; and most of the entries whose code may be unknown."""
_CONSTANT_LEAST = 20  # filled rows from which on one and the same entry in all of them is worth saying


def harmonisation_status(fields: pd.DataFrame) -> pd.DataFrame:
    """Judge each field at each site (columns CHECKS; check_id 'harmonisation', subject `<site>:<table>.<field>`).

    fields: site, table, field, mapped, rows, filled, distinct, unmapped (columns of `clean.count_fields`). The status is
    'complete', or 'partial: ' or 'impossible: ' with the reason: of impossible ones 'no column', 'no rows', 'no entries';
    of partial ones, in this order, 'codes not known', 'not filled', 'constant'. value: share of rows filled.
    """
    rows, filled, unmapped = (fields[name].to_numpy(dtype=float) for name in ("rows", "filled", "unmapped"))
    share = np.divide(filled, rows, out=np.zeros_like(filled), where=rows > 0)
    sent = filled + unmapped
    unknown = np.divide(unmapped, sent, out=np.zeros_like(sent), where=sent > 0)
    one = (fields["distinct"].to_numpy(dtype=float) == 1) & (filled >= _CONSTANT_LEAST)
    status = np.select(
        [
            ~fields["mapped"].to_numpy(dtype=bool),
            rows == 0,
            filled == 0,
            unknown > 1 - COMPLETE_SHARE,
            share < COMPLETE_SHARE,
            one,
        ],
        [
            "impossible: no column",
            "impossible: no rows",
            "impossible: no entries",
            "partial: codes not known",
            "partial: not filled",
            "partial: constant",
        ],
        "complete",
    )
    subject = fields["site"].astype(str) + ":" + fields["table"].astype(str) + "." + fields["field"].astype(str)
    return tidy(
        pd.DataFrame(
            {
                "check_id": "harmonisation",
                "subject": subject.to_numpy(),
                "status": status,
                "value": share,
                "threshold": COMPLETE_SHARE,
            }
        ),
        CHECKS,
    )
