"""Outcomes of every person under a definition profile: engaged, started, how soon, kept for how long, hours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from evaltools.derive.engagement import engaged_on
from evaltools.derive.job_starts import mark_job_starts
from evaltools.derive.people import fold_enrolments
from evaltools.derive.spells import employment_spells
from evaltools.derive.sustainment import sustained
from evaltools.derive.time_to_job import time_to_job
from evaltools.domain.definition import Definition

__all__ = ["Outcomes", "derive_all", "derive_outcomes"]


@dataclass(frozen=True)
class Outcomes:
    """Outcomes under one definition profile.

    people: one row a person: definition, participant_id, site_id, referral_date, engaged_date, out_of_work, in_scope (in the
    profile's job-start denominator), started ('yes', 'no', 'unknown'), first_job_date, jobs (that count), days, cause,
    hours_per_week (first job), spell_days, spell_ended (first employment spell).
    milestones: one row for each starter and milestone: definition, participant_id, site_id, weeks, followed, state.
    """

    people: pd.DataFrame
    milestones: pd.DataFrame


def derive_all(
    tables: Mapping[str, pd.DataFrame], definitions: Iterable[Definition], cuts: Mapping[str, date], data_cut: date
) -> dict[str, pd.DataFrame]:
    """Derive outcomes under several definition profiles: tables `outcomes` and `milestones`, rows for each profile."""
    derived = [derive_outcomes(tables, definition, cuts, data_cut) for definition in definitions]
    return {
        "outcomes": pd.concat([each.people for each in derived], ignore_index=True),
        "milestones": pd.concat([each.milestones for each in derived], ignore_index=True),
    }


def derive_outcomes(
    tables: Mapping[str, pd.DataFrame], definition: Definition, cuts: Mapping[str, date], data_cut: date
) -> Outcomes:
    """Derive every person's outcomes.

    tables: canonical `enrolments` and `jobs`. cuts: last day of follow-up by site. data_cut: for other sites.
    """
    people = fold_enrolments(tables["enrolments"], cuts, data_cut)
    people.insert(0, "definition", pd.Series(definition.id, index=people.index, dtype="string"))
    people["engaged_date"] = engaged_on(people, definition.engaged_first_of)
    jobs = mark_job_starts(tables["jobs"], people, definition.minimum_paid_hours, definition.competitive_only)
    people = people.set_index("participant_id")
    counted = jobs[jobs["counts"] == "yes"]
    people["first_job_date"] = counted.groupby("participant_id")["start_date"].min()
    people["unknown_job_date"] = jobs[jobs["counts"] == "unknown"].groupby("participant_id")["start_date"].min()
    people["jobs"] = counted.groupby("participant_id").size()
    people["jobs"] = people["jobs"].fillna(0).astype("Int64")
    spells = employment_spells(counted, definition.gap_days)
    first = spells[spells["spell"] == 1].set_index("participant_id")
    people = people.join(first[["known_until", "ended", "hours_per_week"]])
    people = people.reset_index()
    people = people.join(time_to_job(people))
    people["started"] = pd.Series(
        np.select([people["first_job_date"].notna(), people["unknown_job_date"].notna()], ["yes", "unknown"], default="no"),
        index=people.index,
        dtype="string",
    ).where(people["engaged_date"].notna())
    people["in_scope"] = people["engaged_date"].notna() & (
        (definition.job_start_denominator == "engaged") | (people["out_of_work"] == "yes")
    )
    extra = int(definition.inclusive_days)
    people["spell_days"] = ((people["known_until"] - people["first_job_date"]).dt.days + extra).astype("Float64")
    people["spell_ended"] = people["ended"].astype("boolean")
    return Outcomes(people[_PEOPLE], _milestones(people, definition))


_PEOPLE = [
    "definition",
    "participant_id",
    "site_id",
    "referral_date",
    "engaged_date",
    "out_of_work",
    "in_scope",
    "started",
    "first_job_date",
    "jobs",
    "days",
    "cause",
    "hours_per_week",
    "spell_days",
    "spell_ended",
]


def _milestones(people: pd.DataFrame, definition: Definition) -> pd.DataFrame:
    starters = people[people["in_scope"] & people["first_job_date"].notna()].reset_index(drop=True)
    spells = starters.rename(columns={"first_job_date": "start_date"})
    judged = [
        starters[["definition", "participant_id", "site_id"]]
        .assign(weeks=weeks)
        .join(sustained(spells, weeks, definition.inclusive_days))
        for weeks in definition.sustained_weeks
    ]
    whole = pd.concat(judged, ignore_index=True)
    return whole.astype({"weeks": "int64", "followed": bool})
