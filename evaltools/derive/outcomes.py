"""Outcomes of every person under a definition profile: engaged, started, how soon, kept for how long, hours."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from evaltools.derive.day_numbers import LONG_AGO, NEVER, day_numbers, to_dates
from evaltools.derive.doubtful_spells import open_doubtful
from evaltools.derive.engagement import engaged_on
from evaltools.derive.evidence_grade import starter_grades
from evaltools.derive.find_doubts import no_doubts
from evaltools.derive.hours_held import known_hours_on
from evaltools.derive.job_starts import mark_job_starts, positions
from evaltools.derive.known_people import doubt_people, known_enrolments, known_people
from evaltools.derive.milestones import judge_milestones
from evaltools.derive.referrals import REFERRAL_COUNTS, count_referrals
from evaltools.derive.spell_totals import spell_totals
from evaltools.derive.spells import employment_spells, job_spells
from evaltools.derive.time_to_job import time_to_job
from evaltools.derive.unknown_ends import unknown_ends
from evaltools.domain.definition import Definition

__all__ = ["Outcomes", "derive_all", "derive_outcomes"]


@dataclass(frozen=True)
class Outcomes:
    """Outcomes under one definition profile.

    people: one row a person: definition, participant_id, site_id, referral_date, engaged_date, out_of_work, in_scope (in the
    profile's job-start denominator), started ('yes', 'no', 'unknown'), first_job_date, jobs (that count), days, cause,
    hours_per_week (on the first day, of all jobs begun on it), spell_days, spell_ended (first spell); job_days and
    doubtful_days (from engagement to the first job, and to the first that may or may not count), follow_days (from
    engagement to the end of follow-up), referral_days and referral_cause (as days and cause, from referral),
    held_at_engagement (a job from before engagement that was still held then), spell_open_because, longest_days,
    days_in_work, spells, start_evidence (grade), verified_days (from job start to the last verified evidence), closed
    (a referral was, within follow-up), the counts of referrals (derive/referrals.py), and engaged and discharged ('yes',
    'no', 'unknown': what would say so was set aside). milestones: one row for each starter and milestone, from
    derive/milestones.py.
    """

    people: pd.DataFrame
    milestones: pd.DataFrame


def derive_all(
    tables: Mapping[str, pd.DataFrame],
    definitions: Iterable[Definition],
    cuts: Mapping[str, date],
    data_cut: date,
    open_means_seen: Collection[str] = (),
) -> dict[str, pd.DataFrame]:
    """Derive outcomes under several definition profiles: tables `outcomes` and `milestones`, rows for each profile.

    tables, cuts, data_cut: as for derive_outcomes. open_means_seen: sites where an open referral without a last contact is
    of somebody still in contact (derive/last_seen.py).
    """
    folded = known_people(tables, cuts, data_cut, open_means_seen)
    derived = [derive_outcomes(tables, definition, cuts, data_cut, folded) for definition in definitions]
    return {
        "outcomes": pd.concat([each.people for each in derived], ignore_index=True),
        "milestones": pd.concat([each.milestones for each in derived], ignore_index=True),
    }


def derive_outcomes(
    tables: Mapping[str, pd.DataFrame],
    definition: Definition,
    cuts: Mapping[str, date],
    data_cut: date,
    folded: pd.DataFrame | None = None,
) -> Outcomes:
    """Derive every person's outcomes.

    tables: canonical `enrolments` and `jobs`, `evidence` and others where the study keeps them, and `doubts` (of
    find_doubts) where cleaning set something aside: what was set aside is unknown, and not 'no'. cuts: last day of
    follow-up by site.
    data_cut: for other sites. folded: the enrolments already folded, to save doing so again for each definition.
    """
    people = (known_people(tables, cuts, data_cut) if folded is None else folded).copy()
    doubts = tables.get("doubts", no_doubts())
    people.insert(0, "definition", pd.Series(definition.id, index=people.index, dtype="string"))
    people["engaged_date"] = engaged_on(people, definition.engaged_first_of)
    doubt_people(people, doubts, definition)
    person = positions(tables["jobs"], people)
    all_jobs = tables["jobs"][_OF_JOBS].assign(person=person, unknown_end=unknown_ends(tables["jobs"], doubts))
    jobs = mark_job_starts(
        all_jobs,
        people.assign(engaged_date=people["origin"]),
        definition.minimum_paid_hours,
        definition.competitive_only,
        definition.start_rule,
        definition.full_time_hours,
    )
    counted = jobs[(jobs["counts"] == "yes").to_numpy(dtype=bool)].reset_index(drop=True)
    doubtful = jobs[(jobs["counts"] == "unknown").to_numpy(dtype=bool)]
    people["first_job_date"] = _first_day(counted, len(people))
    people["unknown_job_date"] = _first_day(doubtful, len(people))
    # a job that nobody can date may have begun on the first day on which one counts
    undated = people["undated_job"].to_numpy(dtype=bool)
    people["unknown_job_date"] = people["unknown_job_date"].mask(undated, people["origin"])
    people["jobs"] = pd.array(np.bincount(counted["person"], minlength=len(people)), dtype="Int64")
    people["held_at_engagement"] = _held_before(all_jobs, people)
    spells, wider = _spells(counted, definition), _spells(doubtful.reset_index(drop=True), definition)
    if definition.kept_rule != "same_job" and (len(doubtful) or undated.any()):
        wider = _spells(jobs[(jobs["counts"] != "no").to_numpy(dtype=bool)].reset_index(drop=True), definition)
        spells = open_doubtful(spells, wider, undated)
    totals = spell_totals(spells, definition.inclusive_days, by="person").set_index("person")
    start = day_numbers(people["first_job_date"], LONG_AGO)
    people["hours_per_week"] = pd.array(known_hours_on(counted, np.arange(len(people)), start), dtype="Float64")
    for name in (each for each in _SPELL if each in totals):
        people[name] = totals[name].reindex(people.index)
    people["seen_until"] = totals["seen_until"].reindex(people.index).fillna(people["seen_until"])  # a job is a sighting
    people[["days", "cause"]] = time_to_job(people)
    since = people[_CLOCK].assign(engaged_date=people["referral_date"])
    people[["referral_days", "referral_cause"]] = time_to_job(since)
    referrals = count_referrals(known_enrolments(tables), people, jobs, definition.engaged_first_of, cuts, data_cut, doubts)
    people[list(referrals.columns)] = referrals
    _judge(people, definition)
    begun = people.loc[people["first_job_date"].notna(), [name for name in _BEGUN if name in people]].rename(
        columns={"first_job_date": "start_date"}
    )
    begun = begun.assign(person=begun.index, ended=begun["ended"].astype(bool)).reset_index(drop=True)
    grades = starter_grades(begun, tables.get("evidence"), definition.sustained_weeks, definition.inclusive_days)
    _prove(people, begun, grades)
    starters = begun[begun["in_scope"]]
    milestones = judge_milestones(
        starters.reset_index(drop=True),
        spells,
        jobs[(jobs["counts"] != "no").to_numpy(dtype=bool)].reset_index(drop=True),
        None if grades is None else grades.loc[starters.index].reset_index(drop=True),
        definition,
        wider,
        undated,
    )
    return Outcomes(people[_PEOPLE], milestones)


_SPELL = ["known_until", "may_last_until", "ended", "open_because", "longest_days", "days_in_work", "spells"]
_OF_JOBS = ["start_date", "end_date", "hours_per_week", "competitive"]
_CLOCK = ["first_job_date", "unknown_job_date", "discharge_date", "discharge_reason", "cut"]
_BEGUN = [
    "definition", "participant_id", "site_id", "in_scope", "first_job_date", "known_until", "ended", "cut",
    "seen_until", "open_because", "may_last_until",
]  # fmt: skip
_PEOPLE = [
    "definition", "participant_id", "site_id", "referral_date", "engaged_date", "out_of_work", "in_scope", "started",
    "first_job_date", "jobs", "days", "cause", "hours_per_week", "spell_days", "spell_ended", "job_days",
    "doubtful_days", "follow_days", "referral_days", "referral_cause", "held_at_engagement", "spell_open_because",
    "longest_days", "days_in_work", "spells", "start_evidence", "verified_days", "closed", "referrals",
    *REFERRAL_COUNTS[1:], "engaged", "discharged",
]  # fmt: skip


def _first_day(jobs: pd.DataFrame, people: int) -> np.ndarray:
    first = np.full(people, NEVER, dtype=np.int64)
    np.minimum.at(first, jobs["person"].to_numpy(dtype=np.int64), day_numbers(jobs["start_date"]))
    return to_dates(first)


def _held_before(jobs: pd.DataFrame, people: pd.DataFrame) -> np.ndarray:
    """Say who held a job on the day of engagement that began before it (and so is no start); an unknown end is held."""
    person = jobs["person"].to_numpy(dtype=np.int64)
    engaged = np.append(day_numbers(people["engaged_date"], LONG_AGO), LONG_AGO)[person]
    held = (person >= 0) & (day_numbers(jobs["start_date"]) < engaged) & (day_numbers(jobs["end_date"]) >= engaged)
    held &= ~jobs["unknown_end"].to_numpy(dtype=bool)
    return np.bincount(person[held], minlength=len(people)) > 0


def _spells(jobs: pd.DataFrame, definition: Definition) -> pd.DataFrame:
    if definition.kept_rule == "same_job":
        return job_spells(jobs, by="person")
    return employment_spells(jobs, definition.gap_days, by="person")


def _judge(people: pd.DataFrame, definition: Definition) -> None:
    """Add to people who is in scope, who started, and the lengths of time."""
    engaged = people["engaged_date"].notna()
    doubtful = people["unknown_job_date"].notna() | people["undated_job"]
    started = np.select([people["first_job_date"].notna(), doubtful], ["yes", "unknown"], "no")
    closed = (people["referrals_closed"] > 0).to_numpy(dtype=bool)  # one closed referral is enough, whatever follows
    scope = {
        "engaged": engaged,
        "engaged_out_of_work": engaged & (people["out_of_work"] == "yes").to_numpy(dtype=bool),
        "referred": pd.Series(True, index=people.index),
        "closed": pd.Series(closed, index=people.index),
    }[definition.job_start_denominator]
    said = pd.Series(pd.array(started, dtype="string"), index=people.index)
    # outside the denominator there is nothing to say of somebody who never engaged
    people["started"] = said.where(engaged | scope)
    people["in_scope"] = scope
    people["closed"] = closed
    origin = people["engaged_date"]
    people["job_days"] = _days(people["first_job_date"], origin)
    people["doubtful_days"] = _days(people["unknown_job_date"], origin)
    people["follow_days"] = _days(people["cut"], origin)
    people["spell_days"] = _days(people["known_until"], people["first_job_date"]) + int(definition.inclusive_days)
    people["spell_ended"] = people["ended"].astype("boolean")
    people["spell_open_because"] = people["open_because"].astype("string").mask(people["open_because"].fillna("") == "")
    for name in ("longest_days", "days_in_work", "spells"):
        people[name] = people[name].astype("Int64")


def _days(until: pd.Series, since: pd.Series) -> pd.Series:
    return (until - since).dt.days.astype("Float64")


def _prove(people: pd.DataFrame, begun: pd.DataFrame, grades: pd.DataFrame | None) -> None:
    """Add to people the grade of evidence of the start, and the days for which the job is verified; missing without."""
    grade = pd.array([None] * len(people), dtype="string")
    verified = pd.array([None] * len(people), dtype="Float64")
    if grades is not None and len(begun):
        last, start = grades["verified_until"].to_numpy(), day_numbers(begun["start_date"])
        at = begun["person"].to_numpy(dtype=np.int64)
        grade[at] = grades[0].array
        verified[at] = np.where(last == LONG_AGO, 0.0, np.maximum(last - start, 0)).astype(float)
    people["start_evidence"], people["verified_days"] = grade, verified
