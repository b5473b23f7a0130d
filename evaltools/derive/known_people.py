"""People as they are known: when each was last seen, and what of their engagement, discharge and jobs is in doubt."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import numpy as np
import pandas as pd

from evaltools.derive.find_doubts import doubted_people
from evaltools.derive.last_seen import last_seen
from evaltools.derive.people import fold_enrolments
from evaltools.derive.third_appointment import third_appointments
from evaltools.domain.definition import Definition

__all__ = ["doubt_people", "known_enrolments", "known_people"]

_FROM_REFERRAL = ("referred", "closed")  # denominators that people who never engaged are in


def known_enrolments(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Give the enrolments, with third appointments counted from the contacts where a study has them."""
    return third_appointments(tables["enrolments"], tables.get("contacts"))


def known_people(
    tables: Mapping[str, pd.DataFrame], cuts: Mapping[str, date], data_cut: date, open_means_seen: Collection[str] = ()
) -> pd.DataFrame:
    """Fold the enrolments into one row a person (derive/people.py), seen_until as in derive/last_seen.py."""
    people = fold_enrolments(known_enrolments(tables), cuts, data_cut)
    return people.assign(seen_until=last_seen(people, tables, open_means_seen))


def doubt_people(people: pd.DataFrame, doubts: pd.DataFrame, definition: Definition) -> None:
    """Add to people what is in doubt, and the day from which their jobs count.

    people: from known_people, with engaged_date. doubts: of find_doubts. Adds engaged and discharged ('yes', 'no',
    'unknown'), undated_job (bool: a job row was set aside), and origin: engagement, or for a denominator that people who
    never engaged are in the referral.
    """
    named = people["participant_id"]
    lost_engagement = named.isin(doubted_people(doubts, "enrolments", definition.engaged_first_of))
    lost_discharge = named.isin(doubted_people(doubts, "enrolments", ("discharge_date",)))
    closed = (people["discharge_date"] <= people["cut"]).fillna(False)
    for name, sure, lost in (
        ("engaged", people["engaged_date"].notna(), lost_engagement),
        ("discharged", closed, lost_discharge),
    ):
        said = np.select([sure.to_numpy(dtype=bool), lost.to_numpy(dtype=bool)], ["yes", "unknown"], "no")
        people[name] = pd.array(said, dtype="string")
    people["undated_job"] = named.isin(doubted_people(doubts, "jobs")).to_numpy(dtype=bool)
    fallback = definition.job_start_denominator in _FROM_REFERRAL
    people["origin"] = people["engaged_date"].fillna(people["referral_date"]) if fallback else people["engaged_date"]
