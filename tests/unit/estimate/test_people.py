from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from evaltools.domain.alternative import is_default
from evaltools.domain.results import COUNTS, CURVES, ESTIMATES
from evaltools.errors import EstimateError
from evaltools.estimate.people import estimate_people

CUT = date(2019, 9, 30)


@pytest.fixture
def results(eleven, kept, own):
    """results(people, milestones, profiles): everything about the eleven people."""

    def _results(people=eleven, milestones=kept, profiles=None):
        return estimate_people(people, milestones, profiles or [own()], [91, 365], 0.95, CUT)

    return _results


def _flow(counts: pd.DataFrame, row: str) -> dict[str, float]:
    mine = counts[(counts["table_id"] == "flow") & (counts["row"] == row)]
    return dict(zip(mine["column"].str.removeprefix("own."), mine["n"], strict=True))


def test_tables_have_their_columns(results):
    done = results()
    assert list(done.estimates) == list(ESTIMATES)
    assert list(done.curves) == list(CURVES)
    assert list(done.counts) == list(COUNTS)
    assert done.checks.empty


def test_every_estimate_has_an_id_of_its_own_a_question_and_the_data_cut(results):
    estimates = results().estimates
    assert estimates["estimate_id"].is_unique
    assert "own.job_start.cumulative_incidence.job.programme.all.91d" in set(estimates["estimate_id"])
    assert set(estimates["data_cut"]) == {"2019-09-30"}
    assert estimates["question"].notna().all()


def test_the_question_of_hours_names_the_threshold(results, own):
    estimates = results(profiles=[own(hours_threshold=20)]).estimates
    asked = estimates.loc[estimates["outcome"] == "hours_20", "question"]
    assert set(asked) == {"How many work 20 hours a week or more?"}


def test_the_flow_counts_people_at_each_step(results):
    counts = results().counts
    assert _flow(counts, "all") == {
        "referred": 11, "engaged": 9, "in_scope": 9, "started": 4, "start_unknown": 1,
        "followed_6": 3, "kept_6": 3, "lost_contact_6": 0, "followed_13": 3, "kept_13": 1, "lost_contact_13": 1,
    }  # fmt: skip
    assert _flow(counts, "south") == {
        "referred": 5, "engaged": 4, "in_scope": 4, "started": 2, "start_unknown": 0,
        "followed_6": 1, "kept_6": 1, "lost_contact_6": 0, "followed_13": 1, "kept_13": 0, "lost_contact_13": 1,
    }  # fmt: skip


def test_the_sites_of_a_flow_add_up_to_the_whole(results):
    counts = results().counts
    north, south = _flow(counts, "north"), _flow(counts, "south")
    assert {step: north[step] + south[step] for step in north} == _flow(counts, "all")


def test_each_definition_has_its_own_rows(results, eleven, kept, own):
    both = pd.concat([eleven, eleven.assign(definition="other")]), pd.concat([kept, kept.assign(definition="other")])
    done = results(*both, profiles=[own(), own(id="other", exactly_threshold="neither")])
    assert done.estimates["definition"].value_counts().nunique() == 1
    assert done.estimates["estimate_id"].is_unique
    hours = done.estimates[(done.estimates["outcome"] == "hours_16") & (done.estimates["group"] == "all")]
    shares = hours[(hours["statistic"] == "proportion") & is_default(hours["term"])]
    assert dict(zip(shares["definition"], shares["denominator"], strict=True)) == {"own": 3, "other": 2}
    assert {curve_id.split(".")[0] for curve_id in done.curves["curve_id"]} == {"own", "other"}


def test_nobody_to_count_is_an_error_that_says_where_to_look(results, eleven):
    with pytest.raises(EstimateError) as caught:
        results(people=eleven.iloc[:0])
    assert caught.value.exit_code == 13
    assert "quarantine" in caught.value.problems[0].fix


def test_people_of_whom_nobody_engaged_are_still_a_result(results, eleven, kept):
    done = results(people=eleven[eleven["engaged_date"].isna()], milestones=kept.iloc[:0])
    assert done.curves.empty
    assert _flow(done.counts, "all")["referred"] == 2
    engaged = done.estimates[(done.estimates["outcome"] == "engaged") & (done.estimates["group"] == "all")]
    assert engaged.loc[engaged["statistic"] == "proportion", "value"].tolist() == [0, 0]  # of people, and of referrals


def test_inputs_are_left_alone(results, eleven, kept):
    before = eleven.copy(), kept.copy()
    results()
    assert_frame_equal(before[0], eleven)
    assert_frame_equal(before[1], kept)
