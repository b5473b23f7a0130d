"""Families of outcomes beside work: benefits, contacts, work history, scores and specialists, each where a study has it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from evaltools.derive.benefit_off_flow import derive_benefits
from evaltools.derive.first_contact import derive_first_contacts
from evaltools.derive.measure_change import derive_measure_changes
from evaltools.derive.specialists import derive_specialists
from evaltools.derive.work_history import derive_work_history
from evaltools.domain.family_settings import FamilySettings

__all__ = ["FAMILY_TABLES", "derive_families"]

FAMILY_TABLES = (
    "benefit_off_flow",
    "first_contacts",
    "work_history",
    "measure_changes",
    "score_uses",
    "specialist_days",
    "specialist_months",
    "attribution",
    "unheld_cases",
    "assignment_faults",
    "vacant_posts",
)
"""Names of the prepared tables that this gives."""


def derive_families(
    tables: Mapping[str, pd.DataFrame],
    people: pd.DataFrame,
    cuts: Mapping[str, date],
    data_cut: date,
    settings: FamilySettings | None = None,
) -> dict[str, pd.DataFrame]:
    """Work out every family that the study has data for, under every definition profile in `people`.

    tables: canonical tables. people: the table `outcomes`. cuts: last day of follow-up by site; data_cut: of other sites.
    settings: of the study; those of FamilySettings without.

    Returns prepared tables by name (FAMILY_TABLES), without those that would be empty.
    """
    said = settings or FamilySettings()
    changes = derive_measure_changes(tables, people, cuts, data_cut, said.instruments, said.scores)
    frames = {
        "benefit_off_flow": derive_benefits(tables, people, cuts, data_cut, said.migration_days, said.baseline_days),
        "first_contacts": derive_first_contacts(tables, people, cuts, data_cut, said.employer_within),
        "work_history": derive_work_history(tables, people),
        "measure_changes": changes.people,
        "score_uses": changes.scores,
        **derive_specialists(tables, people, cuts, data_cut, said.contact_within, said.ramp_up_months),
    }
    return {name: frames[name] for name in FAMILY_TABLES if len(frames[name])}
