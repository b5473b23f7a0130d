from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltools.domain.definition import Definition
from evaltools.errors import EstimateError
from evaltools.estimate.participant_flow import assert_flow, flow_steps, participant_flow

_WHO = """
who site  engaged work    scope started cause referrals decision     left
a   north yes     yes     yes   yes     1     1         accepted     yes
b   north yes     yes     yes   no      2     2         -            yes
c   north yes     yes     yes   no      0     1         accepted     no
d   north yes     yes     yes   unknown 0     1         waiting      no
e   north yes     no      no    no      0     1         accepted     no
f   north yes     unknown no    no      0     1         accepted     no
g   south yes     yes     yes   no      3     1         unknown      yes
h   south no      yes     no    -       -     1         not_accepted yes
i   south no      yes     no    -       -     1         waiting      no
j   south no      yes     no    -       -     1         accepted     yes
k   south no      yes     no    -       -     1         -            no
l   south yes     yes     yes   no      -     1         accepted     no
m   south yes     yes     yes   yes     1     1         accepted     no
"""
_KEPT = """
who site  weeks followed state   evidence
a   north 13    yes      yes     verified
m   south 13    yes      unknown none
a   north 26    yes      no      none
m   south 26    no       not_yet none
"""


def table(text):
    rows = [line.split() for line in text.strip().splitlines()]
    return (
        pd.DataFrame(rows[1:], columns=rows[0])
        .replace("-", None)
        .rename(columns={"who": "participant_id", "site": "site_id"})
    )


def rule(**changes):
    base = {
        "id": "own", "version": "1", "title": "", "source": "", "description": "", "engaged_first_of": ("engaged_date",),
        "job_start_denominator": "engaged_out_of_work", "minimum_paid_hours": 4, "competitive_only": True,
        "sustained_weeks": (13, 26), "gap_days": 0, "inclusive_days": False, "hours_threshold": 16,
        "exactly_threshold": "counts",
    }  # fmt: skip
    return Definition(**{**base, **changes})


@pytest.fixture
def people():
    frame = table(_WHO).assign(definition="own")
    return frame.assign(
        engaged_date=pd.to_datetime(frame["engaged"].map({"yes": "2019-01-01"})),
        out_of_work=frame["work"].astype("string"),
        in_scope=frame["scope"] == "yes",
        started=frame["started"].astype("string"),
        cause=frame["cause"].astype("Int64"),
    )


@pytest.fixture
def milestones():
    frame = table(_KEPT).assign(definition="own")
    frame["state"] = frame["state"].str.replace("_", " ")
    return frame.assign(weeks=frame["weeks"].astype(int), followed=frame["followed"] == "yes")


@pytest.fixture
def enrolments(people):
    again = people.loc[people.index.repeat(people["referrals"].astype(int))]
    left = again["left"].map({"yes": pd.Timestamp("2019-05-01")})
    return pd.DataFrame(
        {"participant_id": again["participant_id"], "acceptance": again["decision"], "discharge_date": left}
    ).reset_index(drop=True)


def steps(counts, row="all"):
    mine = counts[(counts["row"] == row) & (counts["n"] > 0)]
    return dict(zip(mine["column"].str.removeprefix("own."), mine["n"], strict=True))


def test_everybody_is_somewhere(people, milestones, enrolments):
    counts = participant_flow(people, milestones, enrolments, [rule()])
    assert steps(counts) == {
        "enrolments": 14, "less_again": 1, "referred": 13,
        "less_not_accepted": 1, "less_waiting": 1, "accepted": 11,
        "less_left_before": 1, "less_not_engaged_yet": 1, "engaged": 9,
        "less_in_work": 1, "less_work_status_unknown": 1, "engaged_in_scope": 7, "in_scope": 7,
        "less_left_without_job": 1, "less_died": 1, "less_no_job_yet": 1, "less_dates_wrong": 1, "start_unknown": 1,
        "started": 2,
        "followed_13": 2, "kept_13": 1, "lost_contact_13": 1, "evidenced_13": 1,
        "followed_26": 1, "less_too_recent_26": 1, "ended_26": 1,
    }  # fmt: skip


def test_sites_add_up_to_the_whole(people, milestones, enrolments):
    counts = participant_flow(people, milestones, enrolments, [rule()])
    wide = counts.pivot(index="column", columns="row", values="n").fillna(0)
    assert (wide["north"] + wide["south"] == wide["all"]).all()


def test_every_step_is_the_sum_of_its_parts(people, milestones, enrolments):
    held = steps(participant_flow(people, milestones, enrolments, [rule()]))
    for whole, parts in flow_steps((13, 26)):
        assert held.get(whole, 0) == sum(held.get(part, 0) for part in parts)


def test_a_study_that_says_nothing_of_acceptance_has_accepted_everybody(people, milestones, enrolments):
    held = steps(participant_flow(people, milestones, enrolments.drop(columns=["acceptance"]), [rule()]))
    assert held["accepted"] == 13
    assert "less_waiting" not in held


def test_one_acceptance_of_several_referrals_is_enough(people, milestones, enrolments):
    more = pd.DataFrame({"participant_id": ["h"], "acceptance": ["accepted"], "discharge_date": [pd.NaT]})
    held = steps(participant_flow(people, milestones, pd.concat([enrolments, more]), [rule()]))
    assert "less_not_accepted" not in held


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("referred", {"in_scope": 13, "less_never_engaged": 4, "engaged_in_scope": 9}),
        ("closed", {"in_scope": 5, "less_never_engaged": 2, "engaged_in_scope": 3, "less_not_closed": 6}),
    ],
)
def test_a_scope_may_hold_people_who_never_engaged(people, enrolments, milestones, scope, expected):
    inside = people["in_scope"] | True if scope == "referred" else people["left"] == "yes"
    judged = milestones[milestones["participant_id"] == "a"]  # m is still open
    starters = people["participant_id"].isin(["a"] if scope == "closed" else ["a", "m"])
    mine = people.assign(in_scope=inside)
    counts = participant_flow(
        mine, judged if scope == "closed" else milestones, enrolments, [rule(job_start_denominator=scope)]
    )
    held = steps(counts)
    assert {step: held[step] for step in expected} == expected
    assert held["started"] == starters.sum()


def test_steps_that_another_table_gives_are_left_out(people, milestones, enrolments):
    counts = participant_flow(people, milestones, enrolments, [rule()], frozenset({"referred", "kept_13"}))
    assert not {"own.referred", "own.kept_13"} & set(counts["column"])
    assert "own.accepted" in set(counts["column"])


@pytest.mark.parametrize("step", ["less_again", "accepted", "less_died", "started", "lost_contact_13", "less_too_recent_26"])
def test_a_person_lost_between_two_steps_is_refused(people, milestones, enrolments, step):
    counts = participant_flow(people, milestones, enrolments, [rule()])
    whole = {name: float(n) for name, n in counts[counts["row"] == "all"].set_index("column")["n"].items()}
    told = {name.removeprefix("own."): n for name, n in whole.items()}
    assert_flow(told, (13, 26))
    with pytest.raises(EstimateError, match="does not add up"):
        assert_flow(told | {step: told[step] + 1}, (13, 26))


def test_nobody_has_no_flow(people, milestones, enrolments):
    assert participant_flow(people.iloc[:0], milestones.iloc[:0], enrolments, [rule()]).empty


ANSWER = st.sampled_from(["yes", "no", "unknown"])


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.booleans(), ANSWER, ANSWER, st.sampled_from([0, 2, 3, None]), st.sampled_from(["accepted", "waiting", None])
        ),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from(["engaged", "engaged_out_of_work", "referred"]),
)
def test_whoever_comes_the_flow_adds_up(rows, scope):
    frame = pd.DataFrame(rows, columns=["engaged", "out_of_work", "started", "cause", "acceptance"])
    frame["participant_id"] = [f"p{number}" for number in range(len(frame))]
    inside = {"engaged": frame["engaged"], "referred": True}.get(scope, frame["engaged"] & (frame["out_of_work"] == "yes"))
    begun = frame["started"].where(frame["engaged"], "no").astype("string")
    people = frame.assign(definition="own", site_id="north", in_scope=inside, started=begun)
    people["engaged_date"] = pd.to_datetime(people["engaged"].map({True: "2019-01-01"}))
    people["cause"] = people["cause"].astype("Int64")
    none = pd.DataFrame(columns=["definition", "site_id", "weeks", "followed", "state"]).astype({"weeks": "int64"})
    enrolments = frame[["participant_id", "acceptance"]].assign(discharge_date=pd.NaT)
    held = steps(participant_flow(people, none, enrolments, [rule(job_start_denominator=scope)]))  # refuses what is lost
    assert held["referred"] == len(frame)
