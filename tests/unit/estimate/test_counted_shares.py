from __future__ import annotations

import pandas as pd
import pytest

from evaltools.domain.counted_outcome import CountedOutcome
from evaltools.estimate.counted_shares import counted_shares, whole_share
from evaltools.estimate.totals import Totals

STARTED = CountedOutcome("job_start", "started a job", ("job_starts",), ("engaged",), "people engaged")
KEPT = CountedOutcome("sustained_13", "kept it", ("under_16", "over_16"), ("job_starts",), "people who started")
ACCESS = CountedOutcome("access", "access", ("accessed",), ("team",), "people who accessed", test="composition")


def totals(*rows, programme=()):
    columns = ["site_id", "measure", "group_by", "group", "count"]
    full = [row if len(row) == 5 else (row[0], row[1], "", "", row[2]) for row in rows]
    return Totals.from_frame(pd.DataFrame(full, columns=columns), programme)


def frame(rows):
    return pd.DataFrame(rows).set_index(["population", "group_by", "group", "statistic"])


def test_sites_programme_and_test_of_no_difference():
    found = frame(
        counted_shares(
            totals(("a", "engaged", 40), ("a", "job_starts", 10), ("b", "engaged", 60), ("b", "job_starts", 30)),
            STARTED,
            0.95,
        )
    )
    assert found.loc[("all", "programme", "all", "proportion"), ["numerator", "denominator", "value"]].tolist() == [
        40,
        100,
        0.4,
    ]
    assert found.loc[("all", "site", "a", "proportion"), "value"] == 0.25
    assert found.loc[("all", "site", "all", "chi2"), "value"] == pytest.approx(6.25)
    assert found.loc[("all", "site", "all", "df"), "value"] == 1


def test_a_site_outside_the_programme_is_in_no_total_and_no_test():
    rows = [("a", "engaged", 40), ("a", "job_starts", 10), ("b", "engaged", 60), ("b", "job_starts", 30)]
    with_c = counted_shares(totals(*rows, ("c", "engaged", 9), ("c", "job_starts", 9), programme=["a", "b"]), STARTED, 0.95)
    found, without = frame(with_c), frame(counted_shares(totals(*rows), STARTED, 0.95))
    assert found.loc[("all", "site", "c", "proportion"), "value"] == 1
    for key in [("all", "programme", "all", "proportion"), ("all", "site", "all", "chi2")]:
        assert found.loc[key, "value"] == without.loc[key, "value"]


def test_an_impossible_share_is_shown_with_its_reason_and_stops_the_test():
    found = frame(
        counted_shares(
            totals(("a", "engaged", 75), ("a", "job_starts", 111), ("b", "engaged", 9), ("b", "job_starts", 3)),
            STARTED,
            0.95,
        )
    )
    site = found.loc[("all", "site", "a", "proportion")]
    assert site["value"] == pytest.approx(1.48)
    assert pd.isna(site["lower"])
    assert "exceeds" in site["note"]
    assert pd.isna(found.loc[("all", "site", "all", "chi2"), "value"])


def test_a_total_under_the_outcomes_own_name_stands_in_for_its_parts():
    share = whole_share(totals(("w", "sustained_13", 130), ("w", "job_starts", 276)), KEPT, ["w"])
    assert (share.x, share.n) == (130, 276)


BY_SEX = [
    ("a", "engaged", "sex", "female", 20),
    ("a", "engaged", "sex", "male", 30),
    ("a", "engaged", "sex", "unknown", 5),
    ("a", "job_starts", "sex", "female", 10),
    ("a", "job_starts", "sex", "male", 6),
    ("a", "job_starts", "sex", "unknown", None),
]


def test_subgroups_whose_outcome_is_unknown_are_missing_never_zero():
    found = frame(counted_shares(totals(*BY_SEX), STARTED, 0.95))
    unknown = found.loc[("a", "sex", "unknown", "proportion")]
    assert pd.isna(unknown["value"])
    assert (unknown["denominator"], unknown["missing"]) == (5, 5)
    assert "not published" in unknown["note"]
    assert found.loc[("a", "sex", "female", "proportion"), "value"] == 0.5
    assert found.loc[("a", "sex", "all", "df"), "value"] == 1


def test_a_whole_that_is_not_published_is_made_of_its_known_subgroups():
    found = frame(counted_shares(totals(*BY_SEX, ("a", "engaged", 55)), STARTED, 0.95))
    whole = found.loc[("all", "programme", "all", "proportion")]
    assert whole[["numerator", "denominator", "missing"]].tolist() == [16, 50, 5]
    assert whole["denominator_name"] == "people engaged, sex known"


def test_composition_compares_two_populations_without_the_unknown():
    rows = [("a", "accessed", "sex", g, n) for g, n in (("female", 30), ("male", 20), ("unknown", 4))]
    rows += [("a", "team", "sex", g, n) for g, n in (("female", 100), ("male", 200), ("unknown", 50))]
    made = pd.DataFrame(counted_shares(totals(*rows), ACCESS, 0.95)).query("population == 'a'")
    shares = made[made["statistic"] == "proportion"].set_index(["outcome", "group"])
    assert shares.loc[("access", "female"), ["numerator", "denominator"]].tolist() == [30, 50]
    assert shares.loc[("team", "female"), ["numerator", "denominator"]].tolist() == [100, 300]
    assert "unknown" not in set(made["group"])
    chi2 = made.loc[made["statistic"] == "chi2", "value"].iloc[0]
    assert chi2 == pytest.approx(350 * (30 * 200 - 20 * 100) ** 2 / (50 * 300 * 130 * 220))


def test_composition_is_left_out_where_a_population_is_not_published():
    assert counted_shares(totals(("a", "accessed", "sex", "female", 30)), ACCESS, 0.95) == []
