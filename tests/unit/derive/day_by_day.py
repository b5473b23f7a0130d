"""The rules of job starts, spells, hours and milestones by the plainest reading: one person, one day after another.

Days are whole numbers; `None` is not known. Nothing here is shared with the package.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

FIRST = pd.Timestamp("2018-01-01")
CUT = 420
UNKNOWN_HOURS = 168  # the most that a week has


def made_up(people: int, seed: int) -> list[dict]:
    """Histories: overlapping, nested, concurrent, open-ended, gapped jobs, known and unknown hours, contact lost or not."""
    rng = np.random.default_rng(seed)
    pick = lambda values: values[rng.integers(len(values))]  # noqa: E731
    found = []
    for _ in range(people):
        engaged = pick([None, 20, 20, 20, 40])
        near = int(rng.integers(0, CUT))
        jobs = []
        for _ in range(pick([0, 1, 1, 2, 2, 3, 3, 5])):
            start = int(pick([near, rng.integers(0, CUT + 10), min(near + int(rng.integers(0, 130)), CUT)]))
            length = int(pick([0, 1, 5, 41, 42, 90, 91, 92, rng.integers(0, 250)]))
            end = pick([None, start + length, start + length, start + length])
            jobs.append((start, end, pick([None, 0, 3, 5, 7, 16, 16, 30, 37]), pick([None, True, True, True, False])))
            near = start if end is None else end + int(pick([0, 1, 2, 7, 8, 9, 15, 30]))
        found.append(
            {
                "engaged": engaged,
                "contact": pick([None, CUT, int(rng.integers(0, CUT + 1)), int(rng.integers(100, CUT + 1))]),
                "discharge": pick([None, None, int(rng.integers(20, CUT + 30))]),
                "status": pick(["unemployed", "unemployed", "employed", "unknown"]),
                "jobs": jobs,
            }
        )
    return found


def tables(histories: list[dict]) -> tuple[list[dict], list[dict]]:
    """Rows of the canonical enrolments and jobs of these histories."""
    date = lambda day: None if day is None else FIRST + pd.Timedelta(days=day)  # noqa: E731
    people = [
        {
            "enrolment_id": f"e{n:05}", "participant_id": f"p{n:05}", "referral_date": FIRST,
            "engaged_date": date(who["engaged"]), "last_contact_date": date(who["contact"]),
            "discharge_date": date(who["discharge"]), "employment_at_referral": who["status"],
        }
        for n, who in enumerate(histories)
    ]  # fmt: skip
    work = [
        {
            "job_id": f"j{n:05}-{at}", "participant_id": f"p{n:05}", "start_date": date(start), "end_date": date(end),
            "hours_per_week": hours, "competitive": competitive,
        }
        for n, who in enumerate(histories)
        for at, (start, end, hours, competitive) in enumerate(who["jobs"])
    ]  # fmt: skip
    return people, work


def walk(who: dict, rule) -> dict:  # noqa: C901 - the rules one after another, as they are told
    """Everything that is derived of one person under one definition."""
    told = {"started": None, "jobs": 0, "states": {}, "best": {}, "hours": {}, "spells": None}
    if who["engaged"] is None or who["engaged"] > CUT:
        return told
    dated = [0, who["engaged"], *(day for start, end, *_ in who["jobs"] for day in (start, end) if day is not None)]
    seen = next(day for day in (who["contact"], who["discharge"], max(d for d in dated if d <= CUT)) if day is not None)
    seen = min(seen, CUT)
    counted, maybe = [], []
    for start, end, hours, competitive in who["jobs"]:
        if start < who["engaged"] or start > CUT or (competitive is False and rule.competitive_only):
            continue
        job = _known_days(start, end, hours, seen)
        verdict = _counts(job, rule)
        job["sure"] = verdict == "yes"
        if verdict == "yes":
            counted.append(job)
        if verdict != "no":
            maybe.append(job)
    told["started"] = "yes" if counted else "unknown" if maybe else "no"
    told["jobs"] = len(counted)
    if not counted:
        return told
    seen = max([seen, *(max(job["held"]) for job in counted)])
    first = min(job["start"] for job in counted)
    spells = _spells(counted, rule, seen)
    wider = _spells(maybe, rule, max([seen, *(max(job["held"]) for job in maybe)])) if len(maybe) > len(counted) else []
    if rule.kept_rule != "same_job":
        for spell in spells:
            _open_doubtful(spell, wider)
    told["spells"] = len(spells)
    told["lasted"] = spells[0]["until"] - spells[0]["start"] + rule.inclusive_days
    told["ended"], told["because"] = spells[0]["ended"], spells[0]["because"]
    begun = [job["hours"] for job in counted if first in job["held"]]
    told["hours at start"] = None if None in begun else sum(begun)
    told["longest"] = max(spell["until"] - spell["start"] + rule.inclusive_days for spell in spells)
    told["days_in_work"] = sum(spell["worked"] for spell in spells)
    for weeks in rule.sustained_weeks:
        if rule.kept_rule == "weeks_in_window":
            windows = [_at_most(_window(maybe, job["start"], weeks, rule, seen), job["sure"]) for job in maybe]
            told["states"][weeks] = _window(maybe, first, weeks, rule, seen)
        else:
            windows = [_state(spell, weeks, rule) for spell in spells]
            told["states"][weeks] = windows[0]
            windows = [*windows, *(_at_most(_state(spell, weeks, rule), sure=False) for spell in wider)]
        states = [state for state, *_ in windows]
        told["best"][weeks] = next(state for state in ("yes", "not yet", "unknown", "no") if state in states)
        day = first + 7 * weeks - rule.inclusive_days
        then = [job["hours"] for job in counted if day in job["held"]]
        told["hours"][weeks] = sum(then) if then and None not in then else None
    return told


def _known_days(start, end, hours, seen) -> dict:
    """The days on which a job is known to be held, and whether it may be held after them."""
    held, day, open_ended = set(), start, end is None or end > CUT
    last = min(end, CUT) if end is not None else max(seen, start)
    while day <= last:
        held.add(day)
        day += 1
    return {"start": start, "held": held, "open": open_ended, "hours": hours}


def _counts(job, rule) -> str:
    if rule.start_rule == "any_day":
        return "yes"
    if job["hours"] is None:
        return "unknown"
    if rule.start_rule == "full_day" and job["hours"] >= rule.full_time_hours:
        return "yes"
    sevenths = 0
    for _ in job["held"]:
        sevenths += job["hours"]
        if sevenths >= 7 * rule.minimum_paid_hours:
            return "yes"
    return "unknown" if job["open"] else "no"


def _spells(jobs, rule, seen) -> list[dict]:
    if rule.kept_rule == "same_job":
        ordered = sorted(jobs, key=lambda job: (job["start"], -max(job["held"]), not job["open"]))
        return [_one_spell(job["held"], [job], rule, seen, last=False) for job in ordered]
    runs: list[list[int]] = []
    for day in sorted(set().union(*(job["held"] for job in jobs))):
        if not runs or day - runs[-1][-1] - 1 > rule.gap_days:
            runs.append([])
        runs[-1].append(day)
    return [_one_spell(run, [job for job in jobs if job["start"] in run], rule, seen, last=run is runs[-1]) for run in runs]


def _one_spell(days, jobs, rule, seen, last) -> dict:
    until = max(days)
    ended, because = not any(job["open"] for job in jobs), ""
    if not ended:
        because = "data cut" if until >= CUT else "contact lost"
    elif last and rule.kept_rule != "same_job":
        # walk on from the last day worked: is a whole gap, and the day after it, without work?
        unseen_at_cut = any(day > CUT for day in range(until + 1, until + rule.gap_days + 2))
        out_of_sight = rule.gap_days > 0 and any(day > seen for day in range(until + 1, until + rule.gap_days + 2))
        if unseen_at_cut or out_of_sight:
            ended, because = False, "data cut" if seen >= CUT else "contact lost"
    return {"start": min(days), "until": until, "ended": ended, "because": because, "worked": len(set(days))}


def _open_doubtful(spell, wider) -> None:
    """A spell may have gone on to the end of the wider one that it lies in."""
    for other in wider:
        if other["start"] <= spell["start"] <= other["until"] and spell["ended"]:
            spell["most"] = other["until"] if other["ended"] else 10**6
            if spell["most"] > spell["until"]:
                spell["ended"], spell["because"] = False, "hours not known"


def _at_most(judged, sure) -> tuple[str, bool, str]:
    """What a doubtful job brought about is possible, no more."""
    return judged if sure or judged[0] != "yes" else ("unknown", *judged[1:])


def _state(spell, weeks, rule) -> tuple[str, bool, str]:
    milestone = spell["start"] + 7 * weeks - rule.inclusive_days
    followed = milestone <= CUT
    if milestone <= spell["until"]:
        return "yes", followed, ""
    if spell["ended"] or ("most" in spell and milestone > spell["most"]):
        return "no", followed, ""
    return "not yet" if not followed or spell["because"] == "data cut" else "unknown", followed, spell["because"]


def _window(jobs, origin, weeks, rule, seen) -> tuple[str, bool, str]:
    certain = possible = 0
    last = origin + 7 * rule.window_weeks - 1
    for week in range(rule.window_weeks):
        days = range(origin + 7 * week, origin + 7 * week + 7)
        sure = most = 0
        for day in days:
            for job in jobs:
                held, later = day in job["held"], job["open"] and day > max(job["held"])
                sure += (job["hours"] or 0) * held * job["sure"]
                most += (UNKNOWN_HOURS if job["hours"] is None else job["hours"]) * (held or later)
        certain += sure >= 7 * rule.kept_hours
        possible += sure >= 7 * rule.kept_hours or most >= 7 * rule.kept_hours or days[-1] > seen
    if certain >= weeks:
        return "yes", last <= CUT, ""
    if possible < weeks:
        return "no", last <= CUT, ""
    state = "not yet" if last > CUT else "unknown"
    if seen < min(CUT, last):
        return state, last <= CUT, "contact lost"
    return state, last <= CUT, "data cut" if last > CUT else "hours not known"
