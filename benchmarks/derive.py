"""Outcomes from one million job rows under every shipped definition profile: `python benchmarks/derive.py [--jobs 1000000]`.

Timed from canonical tables in memory to the tables `outcomes` and `milestones`, wall and CPU seconds of one run for each
profile. The tables are made up from a seed: two jobs and a half for each person, some of them overlapping, open-ended, of
unknown hours, or followed by a gap; a tenth of the people engaged twice; evidence for half of them. The aim is five seconds.
"""

from __future__ import annotations

import argparse
import time
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from evaltools.derive.outcomes import derive_outcomes
from evaltools.schema.read import read_schema

SCHEMA = read_schema(Path(__file__).parents[1] / "data_schema")
CUT = date(2019, 9, 30)
AIM = 5.0


def main() -> None:
    """Make the tables, derive under each profile, print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=1_000_000)
    asked = parser.parse_args()
    tables = made_up(asked.jobs)
    sizes = ", ".join(f"{len(table):,} {name}" for name, table in tables.items())
    print(f"{sizes}\n{'profile':<16}{'wall s':>8}{'CPU s':>8}{'starters':>10}")
    slowest = 0.0
    for name, definition in SCHEMA.definitions.items():
        wall, cpu = time.perf_counter(), time.process_time()
        done = derive_outcomes(tables, definition, {}, CUT)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        starters = int((done.people["started"] == "yes").sum())
        print(f"{name:<16}{wall:>8.2f}{cpu:>8.2f}{starters:>10,}")
        slowest = max(slowest, wall)
    print(f"slowest {slowest:.2f} s, aim {AIM:g} s: {'met' if slowest < AIM else 'not met'}")


def made_up(jobs: int, seed: int = 20261124) -> dict[str, pd.DataFrame]:
    """Make canonical tables with so many jobs."""
    rng = np.random.default_rng(seed)
    people = max(int(jobs / 2.5), 1)
    first = np.datetime64("2016-03-01")
    ids = np.array([f"{number:016x}" for number in rng.permutation(people)], dtype=object)
    times = np.concatenate([np.arange(people), rng.integers(0, people, people // 10)])
    referred = first + rng.integers(0, 1200, len(times))
    enrolments = {
        "enrolment_id": np.array([f"e{number}" for number in range(len(times))], dtype=object),
        "participant_id": ids[times],
        "site_id": np.array(["north", "south", "east", "west"], dtype=object)[times % 4],
        "referral_date": referred,
        "first_contact_date": referred + rng.integers(0, 30, len(times)),
        "profile_started_date": _some(referred + rng.integers(0, 60, len(times)), 0.9, rng),
        "third_appointment_date": _some(referred + rng.integers(0, 90, len(times)), 0.7, rng),
        "engaged_date": _some(referred + rng.integers(0, 60, len(times)), 0.5, rng),
        "employment_at_referral": rng.choice(np.array(["unemployed", "employed", "sick"], dtype=object), len(times)),
        "last_contact_date": _some(referred + rng.integers(30, 700, len(times)), 0.8, rng),
        "discharge_date": _some(referred + rng.integers(30, 700, len(times)), 0.5, rng),
    }
    who = rng.integers(0, people, jobs)
    start = referred[who] + rng.integers(0, 500, jobs)
    held = {
        "job_id": np.array([f"j{number}" for number in range(jobs)], dtype=object),
        "participant_id": ids[who],
        "site_id": enrolments["site_id"][who],
        "start_date": start,
        "end_date": _some(start + rng.integers(0, 400, jobs), 0.7, rng),
        "hours_per_week": np.where(rng.random(jobs) < 0.9, rng.integers(4, 40, jobs), np.nan),
        "competitive": np.where(rng.random(jobs) < 0.9, True, False),
    }
    proof = rng.integers(0, jobs, jobs // 2)
    evidence = {
        "evidence_id": np.array([f"v{number}" for number in range(len(proof))], dtype=object),
        "participant_id": ids[who[proof]],
        "site_id": held["site_id"][proof],
        "milestone": rng.choice(np.array(["job_start", "sustained_6", "sustained_13"], dtype=object), len(proof)),
        "evidence_date": start[proof] + rng.integers(0, 200, len(proof)),
        "evidence_type": rng.choice(np.array(["payslip", "self", "timesheet"], dtype=object), len(proof)),
    }
    return {
        "enrolments": _table("enrolments", enrolments),
        "jobs": _table("jobs", held),
        "evidence": _table("evidence", evidence),
    }


def _some(days: np.ndarray, share: float, rng: np.random.Generator) -> np.ndarray:
    return np.where(rng.random(len(days)) < share, days, np.datetime64("NaT"))


def _table(name: str, columns: dict[str, np.ndarray]) -> pd.DataFrame:
    table = SCHEMA.tables[name]
    return pd.DataFrame(columns).reindex(columns=list(table.fields)).astype(table.types())


if __name__ == "__main__":
    main()
