"""The two studies of published totals, from their raw files to their estimates, against the figures that were printed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from evaltools import pipeline, store
from evaltools.study import read_study

STUDIES = Path(__file__).parents[2] / "analyses" / "studies"


def _results(name: str, place: Path):
    folder = place / name
    shutil.copytree(STUDIES / name, folder)
    return store.read_results(pipeline.estimate(read_study(folder)))


@pytest.fixture(scope="module")
def mhep(tmp_path_factory):
    return _results("mhep-lcf", tmp_path_factory.mktemp("mhep"))


@pytest.fixture(scope="module")
def perkins(tmp_path_factory):
    return _results("perkins-2022", tmp_path_factory.mktemp("perkins"))


def one(results, **where):
    found = results.estimates
    for column, value in where.items():
        found = found[(found[column] == value).fillna(False)]
    assert len(found) == 1, where
    return found.iloc[0]


@pytest.mark.parametrize(
    ("outcome", "numerator", "denominator", "value", "lower", "upper"),
    [
        ("job_start", 831, 2610, 0.318, 0.301, 0.337),
        ("sustained_13", 432, 831, 0.520, 0.486, 0.554),
        ("over_16", 279, 432, 0.646, 0.600, 0.689),
    ],
)
def test_mhep_programme(mhep, outcome, numerator, denominator, value, lower, upper):
    row = one(mhep, outcome=outcome, statistic="proportion", group_by="programme")
    assert (row["numerator"], row["denominator"]) == (numerator, denominator)
    assert [round(row[name], 3) for name in ("value", "lower", "upper")] == [value, lower, upper]


@pytest.mark.parametrize(
    ("outcome", "chi2", "p", "digits"),
    [("job_start", 3.60, 0.308, 3), ("sustained_13", 12.26, 0.0065, 4), ("over_16", 14.79, 0.0020, 4)],
)
def test_mhep_homogeneity(mhep, outcome, chi2, p, digits):
    where = {"outcome": outcome, "group_by": "site", "term": "homogeneity"}
    assert round(one(mhep, **where, statistic="chi2")["value"], 2) == chi2
    assert one(mhep, **where, statistic="df")["value"] == 3
    assert round(one(mhep, **where, statistic="p")["value"], digits) == p


@pytest.mark.parametrize(
    ("site", "started", "kept"),
    [
        ("haringey_barnet", (219, 704), (104, 219)),
        ("enfield", (84, 239), (56, 84)),
        ("shropshire", (170, 496), (78, 170)),
        ("tower_hamlets_mh", (358, 1171), (194, 358)),
        ("tower_hamlets_ld", (111, 75), (105, 111)),
        ("west_london", (276, 1009), (130, 276)),
    ],
)
def test_mhep_sites(mhep, site, started, kept):
    for outcome, counts in (("job_start", started), ("sustained_13", kept)):
        row = one(mhep, outcome=outcome, statistic="proportion", group_by="site", group=site)
        assert (row["numerator"], row["denominator"]) == counts


def test_mhep_starts_against_target_divide_into_reach_and_conversion(mhep):
    where = {"outcome": "job_starts", "statistic": "achieved_over_target", "group": "haringey_barnet"}
    parts = [round(one(mhep, **where, term=term)["value"], 3) for term in ("total", "engagement", "conversion")]
    assert parts == [0.578, 0.881, 0.656]


@pytest.mark.parametrize(
    ("site", "paid", "covid", "each", "without"),
    [
        ("haringey_barnet", 1_568_319, 217_980, 7_161, 6_166),
        ("enfield", 604_045, 77_479, 7_191, 6_269),
        ("shropshire", 1_034_487, 109_924, 6_085, 5_439),
        ("tower_hamlets_mh", 1_724_694, 258_620, 4_818, 4_095),
        ("tower_hamlets_ld", 1_243_387, 188_380, 11_202, 9_505),
        ("west_london", 2_072_296, 209_031, 7_508, 6_751),
        ("all", 4_931_545, 664_003, 5_934, 5_135),
    ],
)
def test_mhep_payments(mhep, site, paid, covid, each, without):
    where = {"outcome": "payments", "group": site}
    assert one(mhep, **where, statistic="sum", term="paid")["value"] == paid
    assert one(mhep, **where, statistic="sum", term="actual_covid")["value"] == covid
    assert round(one(mhep, **where, statistic="ratio", term="paid")["value"]) == each
    assert round(one(mhep, **where, statistic="ratio", term="without_covid")["value"]) == without


def test_mhep_conflicts_are_shown_not_repaired(mhep):
    checks = mhep.checks
    found = set(zip(checks["check_id"], checks["subject"], checks["value"], checks["threshold"], strict=True))
    assert found == {
        ("later_exceeds_earlier.job_start", "tower_hamlets_ld", 111, 75),
        ("far_above_target.sustained_13_under_16", "tower_hamlets_ld", 96, 40),
        ("paid_exceeds_maximum", "haringey_barnet", 1_568_319, 1_439_148),
        ("paid_exceeds_maximum", "shropshire", 1_034_487, 1_034_484),
        ("commitments_differ_from_maximum", "haringey_barnet", 1_421_148, 1_439_148),
        ("field_repeats_its_target.users_engaged", "haringey_barnet", 985, 704),
        ("field_repeats_its_target.users_engaged", "enfield", 674, 239),
        ("field_repeats_its_target.users_engaged", "tower_hamlets_mh", 3_644, 1_171),
        ("dates_contradict_duration", "haringey_first_phase", 24, 41),
    }
    assert set(checks["status"]) == {"inconsistent"}


ETHNICITIES = ["white", "asian", "black", "mixed", "other"]


@pytest.mark.parametrize(
    ("outcome", "population", "shares", "whole", "chi2", "p"),
    [
        ("employed", "cnwl", [(47, 134), (35, 77), (23, 64), (15, 38), (21, 52)], (141, 365), 2.50, 0.64),
        ("employed", "working_well_trust", [(46, 144), (37, 114), (18, 63), (5, 21), (1, 7)], (107, 349), 1.76, 0.78),
        ("employed", "programme", [(93, 278), (72, 191), (41, 127), (20, 59), (22, 59)], (248, 714), 1.465, 0.833),
        ("employed_first_half", "cnwl", [(18, 46), (8, 20), (6, 20), (10, 15), (13, 26)], (55, 127), 5.67, 0.23),
        ("employed_first_half", "working_well_trust", [(29, 63), (13, 33), (10, 22), (2, 9), (0, 1)], (54, 128), 2.78, 0.59),
        ("employed_first_half", "programme", None, (109, 255), 1.43, 0.84),
    ],
)
def test_perkins_outcomes_by_ethnicity(perkins, outcome, population, shares, whole, chi2, p):
    where = {"outcome": outcome, "group_by": "ethnicity", "population": population}
    rows = [one(perkins, **where, statistic="proportion", group=group) for group in ETHNICITIES]
    if shares:
        assert [(row["numerator"], row["denominator"]) for row in rows] == shares
    assert one(perkins, **where, statistic="chi2")["value"] == pytest.approx(chi2, abs=0.01)
    assert one(perkins, **where, statistic="p")["value"] == pytest.approx(p, abs=0.01)
    group_by, group = ("programme", "all") if population == "programme" else ("site", population)
    total = one(perkins, outcome=outcome, statistic="proportion", group_by=group_by, group=group)
    assert (total["numerator"], total["denominator"]) == whole
    assert total["denominator_name"].endswith("ethnicity known")


def test_perkins_groups_stand_in_the_order_of_the_paper_and_unknown_is_unknown(perkins):
    found = perkins.estimates.query("outcome == 'employed' and statistic == 'proportion' and population == 'cnwl'")
    assert found["group"].tolist() == [*ETHNICITIES, "unknown"]
    unknown = found.iloc[-1]
    assert pd.isna(unknown["value"])
    assert pd.isna(unknown["numerator"])
    assert (unknown["denominator"], unknown["missing"]) == (47, 47)


@pytest.mark.parametrize(("population", "chi2"), [("cnwl", 22.05), ("working_well_trust", 34.22)])
def test_perkins_access_against_the_teams(perkins, population, chi2):
    where = {"outcome": "access", "group_by": "ethnicity", "population": population}
    assert one(perkins, **where, statistic="chi2")["value"] == pytest.approx(chi2, abs=0.01)
    assert one(perkins, **where, statistic="df")["value"] == 4


def test_perkins_shares_of_people_who_accessed_are_of_those_whose_ethnicity_is_known(perkins):
    row = one(perkins, outcome="access", population="programme", group="white", statistic="proportion")
    assert (row["numerator"], row["denominator"]) == (278, 714)
    assert round(row["value"], 2) == 0.39


def test_perkins_misprint_is_shown_and_the_unknown_are_noted(perkins):
    checks = perkins.checks.set_index("check_id")
    assert checks.loc["reprint_differs.accessed.white", ["subject", "status", "value", "threshold"]].tolist() == [
        "working_well_trust",
        "inconsistent",
        114,
        144,
    ]
    assert checks.loc["subgroup_not_known.ethnicity.accessed", ["status", "value", "threshold"]].tolist() == [
        "note",
        65,
        714,
    ]
