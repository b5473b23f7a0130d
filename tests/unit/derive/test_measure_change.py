from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from evaltools.derive.measure_change import derive_measure_changes
from evaltools.domain.family_settings import ScoreWindow

CUT = date(2019, 12, 31)
ENGAGED = pd.Timestamp("2019-01-01")


def people(**columns):
    frame = {"definition": "d", "participant_id": ["ann"], "site_id": "north", "engaged_date": ENGAGED}
    return pd.DataFrame({**frame, "first_job_date": pd.NaT, **columns}).astype({"first_job_date": "datetime64[ns]"})


def changes(*rows, who=None, cut=CUT, window=None, **columns):
    """Changes of Ann, from rows of instrument, day from engagement and score."""
    frame = pd.DataFrame(rows, columns=["instrument", "day", "score"]).assign(**columns)
    frame["measured_date"] = ENGAGED + pd.to_timedelta(frame.pop("day"), unit="D")
    measures = frame.assign(participant_id="ann", site_id="north").astype({"score": "Float64", "participant_id": "string"})
    whom = people() if who is None else who
    return derive_measure_changes({"measures": measures}, whom, {}, cut, window=window).people


def only(frame):
    assert len(frame) == 1
    return frame.iloc[0]


def test_the_nearest_scores_are_compared():
    found = only(changes(("GSE", -40, 10), ("GSE", -5, 20), ("GSE", 20, 39), ("GSE", 140, 12), ("GSE", 190, 26)))
    assert found[["baseline", "follow_up", "change", "state"]].tolist() == [20, 26, 6, "known"]


@pytest.mark.parametrize(("instrument", "change"), [("SWEMWBS", 5), ("PHQ-9", -5)])
def test_above_zero_is_better_whichever_way_the_scale_runs(instrument, change):
    found = only(changes((instrument, 0, 10), (instrument, 180, 15)))
    assert found["change"] == change


@pytest.mark.parametrize(
    ("early", "late", "state"),
    [
        (0, 182, "known"),
        (-90, 121, "known"),
        (30, 243, "known"),
        (-91, 182, "no baseline"),
        (31, 182, "no baseline"),
        (0, 120, "no follow-up"),
        (0, 244, "no follow-up"),
    ],
)
def test_the_ends_of_the_windows_count(early, late, state):
    assert only(changes(("GSE", early, 20), ("GSE", late, 25)))["state"] == state


@pytest.mark.parametrize(("last", "state"), [(date(2019, 8, 31), "not yet"), (date(2019, 9, 1), "known")])
def test_a_window_that_is_not_over_is_not_yet_known_even_with_an_early_answer(last, state):
    found = only(changes(("GSE", 0, 20), ("GSE", 150, 25), cut=last))
    assert found["state"] == state
    assert pd.isna(found["change"]) == (state == "not yet")


def test_a_score_in_work_is_no_baseline():
    working = people(first_job_date=ENGAGED + pd.Timedelta(days=5))
    assert only(changes(("GSE", 5, 20), ("GSE", 182, 25), who=working))["state"] == "no baseline"
    assert only(changes(("GSE", 4, 20), ("GSE", 182, 25), who=working))["state"] == "known"


def test_a_follow_up_comes_after_its_baseline():
    close = ScoreWindow(before=0, after=30, days=20, around=20)
    assert only(changes(("GSE", 10, 20), ("GSE", 5, 20), window=close))["follow_up"] == 20
    assert only(changes(("GSE", 10, 20), window=close))["state"] == "no follow-up"


def test_instruments_are_never_mixed():
    found = changes(("SWEMWBS", 0, 20), ("WEMWBS", 182, 50), ("PHQ-9", 0, 9), ("PHQ-9", 182, 4)).set_index("instrument")
    assert found["state"].to_dict() == {"swemwbs": "no follow-up", "wemwbs": "no baseline", "phq9": "known"}


def test_sources_are_never_mixed():
    two = changes(("GSE", 0, 20), ("GSE", 182, 30), source=["self", "clinician"])
    assert only(two)["state"] == "no follow-up"
    three = changes(("GSE", 0, 20), ("GSE", 182, 30), ("GSE", 200, 24), source=["self", "clinician", "self"])
    assert only(three)["change"] == 4


def test_a_score_outside_its_range_is_set_aside_and_said():
    frame = pd.DataFrame({"participant_id": "ann", "site_id": "north", "instrument": "GSE", "score": [20.0, 41.0]})
    frame["measured_date"] = [ENGAGED, ENGAGED + pd.Timedelta(days=182)]
    done = derive_measure_changes({"measures": frame}, people(), {}, CUT)
    assert only(done.people)["state"] == "no follow-up"
    assert done.scores.set_index("use")["n"].to_dict() == {"used": 1, "outside the range": 1}


def test_people_without_scores_are_counted_where_their_site_uses_the_instrument():
    two = pd.concat([people(), people(participant_id=["bob"]), people(participant_id=["cyn"], site_id="south")])
    found = changes(("GSE", 0, 20), ("GSE", 182, 25), who=two)
    assert found.set_index("participant_id")["state"].to_dict() == {"ann": "known", "bob": "no baseline"}


def test_a_scale_whose_better_end_is_not_known_gives_the_plain_difference():
    found = only(changes(("Star", 0, 2), ("Star", 182, 5), scale_minimum=0.0, scale_maximum=10.0))
    assert found["change"] == 3
    assert pd.isna(found["better"])


@pytest.mark.parametrize("tables", [{}, {"measures": pd.DataFrame()}])
def test_a_study_without_scores_has_no_rows(tables):
    done = derive_measure_changes(tables, people(), {}, CUT)
    assert done.people.empty
    assert done.scores.empty
