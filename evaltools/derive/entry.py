"""Entry: what was recorded of each person on the day of the first referral."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

__all__ = ["entry_of"]


def entry_of(enrolments: pd.DataFrame, fields: Sequence[str]) -> pd.DataFrame:
    """Give fields of each person's first enrolment, one row a person, indexed by participant_id.

    enrolments: the canonical table; fields that it does not hold are missing. Several enrolments on one referral date are
    taken in order of enrolment_id.

    >>> two = pd.DataFrame({"participant_id": "ann", "enrolment_id": ["e2", "e1"], "benefit_at_entry": ["uc", "jsa"]})
    >>> two["referral_date"] = pd.to_datetime(["2019-02-01", "2018-01-01"])
    >>> entry_of(two, ["benefit_at_entry"])["benefit_at_entry"].to_dict()
    {'ann': 'jsa'}
    """
    ordered = enrolments.sort_values(["participant_id", "referral_date", "enrolment_id"], kind="stable")
    first = ordered.drop_duplicates("participant_id").set_index("participant_id")
    return first.reindex(columns=list(fields))
