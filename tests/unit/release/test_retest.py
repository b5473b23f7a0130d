from __future__ import annotations

import pandas as pd
import pytest
from scipy.stats import chi2_contingency

from evaltools.domain.results import ESTIMATES, tidy
from evaltools.estimate.homogeneity import homogeneity
from evaltools.release.retest import retest

SAME = {"definition": "bit_cbo", "outcome": "job_start", "denominator_name": "people engaged", "group_by": "site"}
TESTS = [
    {**SAME, "group": "all", "term": "homogeneity", "statistic": s, "value": v}
    for s, v in (("chi2", 47.8), ("df", 5), ("p", 1e-9))
]


def _site(group: str, numerator: float | None, denominator: float | None, **more: object) -> dict[str, object]:
    return {**SAME, "group": group, "statistic": "proportion", "numerator": numerator, "denominator": denominator, **more}


def _tests(rows: list[dict[str, object]]) -> pd.DataFrame:
    again = retest(tidy(rows, ESTIMATES), homogeneity)
    return again[again["statistic"].isin(["chi2", "df", "p"])].set_index("statistic")


def test_the_test_is_that_of_the_released_counts_of_the_sites_shown() -> None:
    done = _tests([_site("a", 190, 525), _site("b", 100, 310), _site("c", None, None), *TESTS])
    expected = chi2_contingency([[190, 335], [100, 210]], correction=False)
    assert done["value"].tolist() == pytest.approx([expected.statistic, 1, expected.pvalue])
    assert done.loc["chi2", "note"] == "of the 2 sites shown, on their rounded counts"


def test_what_is_hidden_has_no_part_in_it() -> None:
    sites = [_site("a", 190, 525), _site("b", 100, 310)]
    assert _tests([*sites, *TESTS])["value"].tolist() == _tests([*sites, _site("c", None, None), *TESTS])["value"].tolist()


@pytest.mark.parametrize("sites", [[], [_site("a", 190, 525)], [_site("a", 190, 525), _site("b", None, None)]])
def test_with_fewer_than_two_sites_shown_there_is_no_test(sites: list[dict[str, object]]) -> None:
    done = _tests([*sites, *TESTS])
    assert done["value"].isna().all()
    assert done["note"].str.startswith("not shown").all()


def test_another_horizon_or_outcome_is_another_test() -> None:
    assert _tests([_site("a", 190, 525, horizon=42), _site("b", 100, 310, horizon=42), *TESTS])["value"].isna().all()
    assert (
        _tests([_site("a", 190, 525, outcome="engaged"), _site("b", 100, 310, outcome="engaged"), *TESTS])["value"]
        .isna()
        .all()
    )


def test_further_readings_have_no_part_in_it() -> None:
    sites = [_site("a", 190, 525), _site("b", 100, 310)]
    further = [_site("a", 100, 525, term="also: exactly 16"), _site("b", 10, 310, term="also: exactly 16")]
    assert _tests([*sites, *further, *TESTS])["value"].tolist() == _tests([*sites, *TESTS])["value"].tolist()


def test_tests_between_other_groups_are_not_released() -> None:
    rows = [{**row, "group_by": "ethnicity"} for row in [_site("a", 190, 525), _site("b", 100, 310), *TESTS]]
    assert _tests(rows)["value"].isna().all()


def test_where_nothing_can_be_tested_the_reason_is_said() -> None:
    done = _tests([_site("a", 0, 525), _site("b", 0, 310), *TESTS])
    assert done["value"].isna().all()
    assert "same outcome" in done.loc["chi2", "note"]


def test_everything_else_is_left_alone() -> None:
    rows = tidy([_site("a", 190, 525), _site("b", 100, 310), *TESTS], ESTIMATES)
    before = rows.copy()
    again = retest(rows, homogeneity)
    pd.testing.assert_frame_equal(before, rows)
    pd.testing.assert_frame_equal(again.iloc[:2], rows.iloc[:2])
