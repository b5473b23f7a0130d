"""Families of outcomes beside work: everything estimated of benefits, contacts, work history, scores and specialists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from evaltools.domain.definition import Definition
from evaltools.domain.family_settings import FamilySettings
from evaltools.domain.results import Results, combine
from evaltools.estimate.benefit_off_flow import estimate_benefits
from evaltools.estimate.caseload import estimate_caseload
from evaltools.estimate.cover_gaps import cover_gaps
from evaltools.estimate.first_contact import estimate_first_contacts
from evaltools.estimate.measure_change import estimate_measures
from evaltools.estimate.participant_flow import participant_flow
from evaltools.estimate.productivity import estimate_productivity
from evaltools.estimate.records_flow import records_flow
from evaltools.estimate.work_history import estimate_work_history

__all__ = ["estimate_families"]

_NOTHING = pd.DataFrame()
_SCORES = ["site_id", "instrument", "use", "n"]


def estimate_families(
    tables: Mapping[str, pd.DataFrame],
    definitions: Sequence[Definition],
    horizon_days: Sequence[int],
    level: float,
    data_cut: date,
    settings: FamilySettings | None = None,
) -> Results:
    """Estimate every family that the study has data for, and the flow of participants.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The prepared tables: `outcomes`, `milestones`, `enrolments`, `accounting`, and those of derive/families.py.
    definitions : sequence of Definition
        The profiles in `outcomes`.
    horizon_days : sequence of int
        Days from engagement at which benefit off-flow is told.
    level : float
        Confidence level.
    data_cut : datetime.date
        Last day of data.
    settings : FamilySettings, optional
        Of the study; those of FamilySettings without.

    Returns
    -------
    Results
        Stacked in the order of the families; a family without data gives no rows. Of the participant flow come
        the steps and reasons that `estimate_people` does not give.
    """

    def held(name: str) -> pd.DataFrame:
        return tables.get(name, _NOTHING)

    said = settings or FamilySettings()
    scores = held("score_uses").reindex(columns=_SCORES)
    flow = participant_flow(
        tables["outcomes"], tables["milestones"], tables["enrolments"], definitions, _told(tables["milestones"])
    )
    cover = cover_gaps(*map(held, ("specialist_months", "unheld_cases", "vacant_posts", "assignment_faults")))
    return combine(
        [
            estimate_benefits(held("benefit_off_flow"), horizon_days, level, data_cut, said.sensitivity, said.specificity),
            estimate_first_contacts(held("first_contacts"), level, data_cut),
            estimate_work_history(held("work_history"), level, data_cut),
            estimate_measures(held("measure_changes"), scores, level, data_cut, said.instruments),
            estimate_caseload(held("specialist_days"), level, data_cut, said.caseload_cuts),
            estimate_productivity(held("specialist_months"), held("attribution"), tables["milestones"], level, data_cut),
            Results(counts=cover),
            Results(counts=records_flow(tables["accounting"], tables)),
            Results(counts=flow),
        ]
    )


def _told(milestones: pd.DataFrame) -> frozenset[str]:
    """Name the steps of the flow that `estimate_people` gives."""
    after = {f"{step}_{weeks}" for weeks in milestones["weeks"].unique() for step in ("followed", "kept", "lost_contact")}
    return frozenset({"referred", "engaged", "in_scope", "started", "start_unknown"} | after)
