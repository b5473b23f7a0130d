from __future__ import annotations

import itertools
import time
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltools.derive.specialist_days import specialist_days, work_days
from evaltools.derive.specialists import derive_specialists

START = pd.Timestamp("2019-01-20")
LAST = 60  # of the data, in days from START
DAY = st.integers(0, LAST + 5)
OPEN = st.one_of(st.none(), DAY)


def dates(numbers):
    return pd.Series([None if n is None else START + pd.Timedelta(days=n) for n in numbers], dtype="datetime64[ns]")


@st.composite
def programmes(draw):
    """Two people at most three days apart in everything, three holds, two posts, two jobs."""
    people = [(draw(st.one_of(st.none(), DAY)), draw(OPEN), draw(OPEN), draw(OPEN)) for _ in range(2)]
    holds = draw(st.lists(st.tuples(st.integers(0, 2), st.sampled_from("AB"), DAY, OPEN), max_size=5))
    posts = draw(st.lists(st.tuples(st.sampled_from("AB"), DAY, OPEN, st.sampled_from([0.6, 1.0, None])), max_size=3))
    jobs = draw(st.lists(st.tuples(st.integers(0, 2), DAY, OPEN), max_size=4))
    return people, holds, posts, jobs


def tables_of(people, holds, posts, jobs):
    names = ["ann", "bob", "nobody"]
    engaged, left, seen, first_job = ([row[at] for row in people] for at in range(4))
    outcomes = pd.DataFrame({"definition": "d", "participant_id": names[:2], "site_id": "north"})
    outcomes["engaged_date"], outcomes["first_job_date"] = dates(engaged), dates(first_job)
    enrolments = outcomes[["participant_id", "site_id"]].assign(enrolment_id=["e1", "e2"], specialist_id=None)
    enrolments["referral_date"], enrolments["discharge_date"] = START, dates(left)
    enrolments["last_contact_date"] = dates(seen)
    enrolments[["discharge_reason", "employment_at_referral"]] = pd.NA
    enrolments = enrolments.astype({"discharge_reason": "string", "employment_at_referral": "string"})
    holds = [*holds, (2, "A", 0, None)]  # a hold that never counts: without any, enrolments would say who holds whom
    assignments = pd.DataFrame(holds, columns=["who", "specialist_id", "from_date", "to_date"])
    assignments["participant_id"] = [names[at] for at in assignments.pop("who")]
    specialists = pd.DataFrame(posts, columns=["specialist_id", "from_date", "to_date", "fte"]).astype({"fte": "Float64"})
    worked = pd.DataFrame(jobs, columns=["who", "start_date", "end_date"])
    worked["participant_id"] = [names[at] for at in worked.pop("who")]
    for frame, columns in ((assignments, ["from_date", "to_date"]), (specialists, ["from_date", "to_date"])):
        frame["site_id"] = "north"
        for name in columns:
            frame[name] = dates(frame[name].astype(object).where(frame[name].notna(), None))
    for name in ("start_date", "end_date"):
        worked[name] = dates(worked[name].astype(object).where(worked[name].notna(), None))
    held = assignments.astype({"participant_id": "string"})
    return {"enrolments": enrolments, "assignments": held, "specialists": specialists, "jobs": worked}, outcomes


NEVER = 10_000


def stretches(holds, at):
    """Holds of one person: those of one specialist that touch are one, and a shared day goes to the next holder."""
    merged = {}
    for s in "AB":
        for f, t in sorted((f, t if t is not None else NEVER) for p, who, f, t in holds if (p, who) == (at, s)):
            mine = merged.setdefault(s, [])
            if t >= f and mine and f <= mine[-1][1] + 1:
                mine[-1][1] = max(mine[-1][1], t)
            elif t >= f:
                mine.append([f, t])
    ordered = sorted((f, t, s) for s, mine in merged.items() for f, t in mine)
    following = [*(first for first, *_ in ordered[1:]), None][: len(ordered)]
    return [(f, t - 1 if f < t == after else t, s) for (f, t, s), after in zip(ordered, following, strict=True)]


def at_work(jobs, at, left, seen, day):
    """Whether a person is in a job on a day for sure, and whether they may be."""
    known = seen if seen is not None else left if left is not None else LAST
    spans = [(f, t) for p, f, t in jobs if p == at and (t is None or t >= f)]
    sure = any(f <= day <= (min(known, LAST) if t is None else t) for f, t in spans)
    return sure, any(f <= day <= (NEVER if t is None else t) for f, t in spans)


def levels_on(programme, who, day):
    people, holds, _, jobs = programme
    level = dict.fromkeys(("caseload", "job_search", "in_work", "work_unknown", "unplaced", "contested"), 0)
    for at, (engaged, left, seen, first_job) in enumerate(people):
        active = engaged is not None and engaged <= day <= min(NEVER if left is None else left, LAST)
        holders = {s for f, t, s in stretches(holds, at) if f <= day <= t}
        if not active or who not in holders:
            continue
        sure, maybe = at_work(jobs, at, left, seen, day)
        level["caseload"] += 1
        level["in_work"] += sure
        level["work_unknown"] += maybe and not sure
        level["job_search"] += not maybe
        level["unplaced"] += first_job is None or day < first_job
        level["contested"] += len(holders) > 1
    return level


def expected(programme):
    """The same, one specialist and one day at a time."""
    answer = {}
    for who, day in itertools.product("AB", range(LAST + 1)):
        level = levels_on(programme, who, day)
        on = [fte for s, f, t, fte in programme[2] if s == who and f <= day <= min(LAST if t is None else t, LAST)]
        if any(level.values()) or on:
            answer[who, day] = (*level.values(), len(on), on[0] if len(on) == 1 else None)
    return answer


@settings(max_examples=30, deadline=None)
@given(programmes())
def test_it_agrees_with_going_through_every_day(programme):
    tables, people = tables_of(*programme)
    runs = derive_specialists(tables, people, {}, (START + pd.Timedelta(days=LAST)).date())["specialist_days"]
    columns = ["caseload", "job_search", "in_work", "work_unknown", "unplaced", "contested", "posts"]
    found = {
        (run.specialist_id, day): (*(getattr(run, name) for name in columns), None if pd.isna(run.fte) else run.fte)
        for run in runs.itertuples()
        for day in range((run.first_day - START).days, (run.last_day - START).days + 1)
    }
    assert found == expected(programme)
    assert (runs["job_search"] + runs["in_work"] + runs["work_unknown"] == runs["caseload"]).all()
    assert (runs["days"] == (runs["last_day"] - runs["first_day"]).dt.days + 1).all()
    assert (runs["first_day"].dt.month == runs["last_day"].dt.month).all()


def test_a_job_that_ends_before_it_begins_is_no_work():
    jobs = pd.DataFrame({"participant_id": ["ann"], "start_date": [START], "end_date": [START - pd.Timedelta(days=1)]})
    people = pd.DataFrame({"participant_id": ["ann"], "seen_until": [START]})
    assert work_days(jobs, people).empty


def test_full_time_equivalents_of_two_sites_are_two_runs():
    posts = pd.DataFrame({"specialist_id": ["A", "A"], "site_id": ["north", "south"], "fte": [0.1, 0.2]})
    posts["from_date"], posts["to_date"] = START, START
    holds = pd.DataFrame(columns=["row", "specialist_id", "site_id", "first", "last"])
    people = pd.DataFrame({"first_job_date": dates([])})
    working = pd.DataFrame(columns=["row", "first", "last", "sure"]).astype({"row": "int64"})
    runs = specialist_days(holds.astype({"row": "int64"}), people, posts.astype({"fte": "Float64"}), working)
    assert runs[["site_id", "fte"]].to_numpy().tolist() == [["north", 0.1], ["south", 0.2]]


@pytest.mark.slow
def test_a_million_assignments_take_seconds():
    rng = np.random.default_rng(9)
    n = 1_000_000
    who = rng.integers(0, n // 2, n)
    people = pd.DataFrame({"definition": "d", "participant_id": np.arange(n // 2).astype(str), "site_id": "north"})
    people["engaged_date"] = START + pd.to_timedelta(rng.integers(0, 1000, n // 2), unit="D")
    people["first_job_date"] = people["engaged_date"] + pd.to_timedelta(rng.integers(0, 400, n // 2), unit="D")
    enrolments = people[["participant_id", "site_id"]].assign(enrolment_id=people["participant_id"], specialist_id=None)
    enrolments["referral_date"] = people["engaged_date"]
    enrolments["discharge_date"] = people["engaged_date"] + pd.Timedelta(days=300)
    enrolments["last_contact_date"] = pd.NaT
    enrolments[["discharge_reason", "employment_at_referral"]] = None
    begun = people["engaged_date"].to_numpy()[who] + rng.integers(0, 200, n) * np.timedelta64(1, "D")
    assignments = pd.DataFrame({"participant_id": who.astype(str), "from_date": begun, "site_id": "north"})
    assignments["specialist_id"] = rng.integers(0, 5000, n).astype(str)
    assignments["to_date"] = begun + rng.integers(1, 200, n) * np.timedelta64(1, "D")
    jobs = pd.DataFrame({"participant_id": people["participant_id"], "start_date": people["first_job_date"]})
    jobs["end_date"] = jobs["start_date"] + pd.Timedelta(days=60)
    tables = {"enrolments": enrolments, "assignments": assignments, "jobs": jobs}
    began = time.process_time()
    found = derive_specialists(tables, people, {}, date(2023, 1, 1))
    assert time.process_time() - began < 60  # seconds of processor time; about 13 were measured
    runs = found["specialist_days"]
    assert (runs["caseload"] * runs["days"]).sum() == found["specialist_months"]["caseload_days"].sum()
