from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from evaltools.derive.outcomes import derive_outcomes

CUT = date(2018, 12, 31)
ENGAGED = {"engaged_date": "2018-02-01"}


@pytest.fixture
def derive(enrolments, jobs, profile):
    """derive(enrolments, jobs, ...): outcomes under the test profile, with some of its rules changed."""

    def _derive(people, work=(), cuts=None, **rules):
        tables = {"enrolments": enrolments(*people), "jobs": jobs(*work)}
        return derive_outcomes(tables, profile(**rules), cuts or {}, CUT)

    return _derive


def test_a_person_who_started_and_kept_work(derive):
    work = {"start_date": "2018-03-01", "end_date": "2018-06-10", "hours_per_week": 16}
    done = derive([ENGAGED], [work])
    ann = done.people.iloc[0]
    assert ann["definition"] == "test"
    assert ann[["in_scope", "started", "jobs", "days", "cause"]].tolist() == [True, "yes", 1, 28, 1]
    assert ann[["hours_per_week", "spell_days", "spell_ended"]].tolist() == [16, 101, True]
    assert done.milestones["weeks"].tolist() == [6, 13, 26]
    assert done.milestones["state"].tolist() == ["yes", "yes", "no"]
    assert done.milestones["followed"].tolist() == [True, True, True]


def test_counting_the_last_day_makes_a_job_one_day_longer(derive):
    work = {"start_date": "2018-03-01", "end_date": "2018-04-11"}  # 41 days later: the 42nd day of work
    assert derive([ENGAGED], [work], inclusive_days=True).milestones["state"].tolist()[0] == "yes"
    assert derive([ENGAGED], [work], inclusive_days=False).milestones["state"].tolist()[0] == "no"
    assert derive([ENGAGED], [work], inclusive_days=True).people["spell_days"].tolist() == [42]


def test_a_job_before_engagement_is_no_start_and_lengthens_no_spell(derive):
    early = {"job_id": "1", "start_date": "2018-01-15", "hours_per_week": 8}
    assert derive([ENGAGED], [early]).people["started"].tolist() == ["no"]
    later = {"job_id": "2", "start_date": "2018-03-01", "end_date": "2018-03-11", "hours_per_week": 30}
    ann = derive([ENGAGED], [early, later]).people.iloc[0]
    assert ann[["started", "jobs", "hours_per_week", "spell_days"]].tolist() == ["yes", 1, 30, 10]


def test_a_job_that_may_not_count_leaves_the_start_unknown(derive):
    done = derive([ENGAGED], [{"start_date": "2018-03-01", "hours_per_week": None}], minimum_paid_hours=4)
    assert done.people[["started", "cause", "days"]].iloc[0].tolist() == ["unknown", 0, 28]
    assert done.milestones.empty


def test_a_doubtful_first_job_and_a_certain_second_one(derive):
    work = [{"job_id": "1", "start_date": "2018-03-01", "hours_per_week": None}, {"job_id": "2", "start_date": "2018-05-01"}]
    ann = derive([ENGAGED], work, minimum_paid_hours=4).people.iloc[0]
    assert ann[["started", "cause", "days"]].tolist() == ["yes", 0, 28]  # certain that they started, not when first


def test_two_jobs_within_the_gap_are_one_spell(derive):
    work = [
        {"job_id": "1", "start_date": "2018-03-01", "end_date": "2018-03-31"},
        {"job_id": "2", "start_date": "2018-04-08", "end_date": "2018-04-30"},
    ]
    assert derive([ENGAGED], work, gap_days=7).people[["jobs", "spell_days"]].values.tolist() == [[2, 60]]
    assert derive([ENGAGED], work, gap_days=6).people[["jobs", "spell_days"]].values.tolist() == [[2, 30]]


@pytest.mark.parametrize(
    ("status", "in_scope"), [("unemployed", True), ("employed", False), ("unknown", False), (None, False)]
)
def test_only_people_known_to_be_out_of_work_are_in_scope_where_the_profile_says_so(derive, status, in_scope):
    person = ENGAGED | {"employment_at_referral": status}
    done = derive([person], [{"start_date": "2018-03-01"}], job_start_denominator="engaged_out_of_work")
    assert done.people["in_scope"].tolist() == [in_scope]
    assert len(done.milestones) == 3 * in_scope
    assert derive([person]).people["in_scope"].tolist() == [True]


def test_somebody_who_never_engaged_has_neither_start_nor_time(derive):
    ann = derive([{}], [{"start_date": "2018-03-01"}]).people.iloc[0]
    assert not ann["in_scope"]
    assert pd.isna(ann[["started", "first_job_date", "days", "cause", "spell_days"]]).all()
    assert ann["jobs"] == 0


def test_a_site_that_closes_before_the_data_cut_ends_follow_up(derive):
    people = [ENGAGED, ENGAGED | {"participant_id": "bob", "site_id": "south", "enrolment_id": "e2"}]
    work = [{"start_date": "2018-11-01"}, {"job_id": "2", "participant_id": "bob", "start_date": "2018-06-01"}]
    done = derive(people, work, cuts={"south": date(2018, 6, 30)})
    assert done.people["started"].tolist() == ["yes", "yes"]
    assert done.people["spell_days"].tolist() == [60, 29]
    six = done.milestones[done.milestones["weeks"] == 6]
    assert six["state"].tolist() == ["yes", "not yet"]
    late = derive(people[1:], [work[1]], cuts={"south": date(2018, 5, 31)}).people.iloc[0]
    assert late[["started", "cause", "days"]].tolist() == ["no", 0, 119]


def test_referrals_and_closed_cases_are_counted(derive):
    people = [
        ENGAGED | {"discharge_date": "2018-05-01"},
        {"enrolment_id": "e2", "referral_date": "2018-06-01"},
        {"enrolment_id": "e3", "participant_id": "bob", "discharge_date": "2018-05-01"},
    ]
    done = derive(people, [{"start_date": "2018-03-01"}]).people
    names = ["referrals", "referrals_engaged", "referrals_started", "referrals_closed", "referrals_closed_started", "closed"]
    assert done[names].values.tolist() == [[2, 1, 1, 1, 1, True], [1, 0, 0, 1, 0, True]]


@pytest.mark.parametrize(("denominator", "in_scope"), [("referred", [True, True]), ("closed", [False, True])])
def test_people_who_never_engaged_are_in_scope_where_the_profile_says_so(derive, denominator, in_scope):
    people = [ENGAGED, {"enrolment_id": "e2", "participant_id": "bob", "discharge_date": "2018-05-01"}]
    done = derive(people, [{"start_date": "2018-03-01"}], job_start_denominator=denominator).people
    assert done["in_scope"].tolist() == in_scope
    assert done["started"].tolist() == ["yes", "no"]
    assert done["days"].isna().tolist() == [False, True]


def test_lengths_of_time_from_engagement_and_from_referral(derive):
    work = [{"job_id": "1", "start_date": "2018-03-01", "hours_per_week": None}, {"job_id": "2", "start_date": "2018-05-01"}]
    ann = derive([ENGAGED], work, minimum_paid_hours=4).people.iloc[0]
    assert ann[["job_days", "doubtful_days", "follow_days"]].tolist() == [89, 28, 333]
    assert ann[["referral_days", "referral_cause"]].tolist() == [59, 0]
    assert derive([ENGAGED], work[1:]).people[["referral_days", "referral_cause"]].values.tolist() == [[120, 1]]


def test_evidence_is_graded_where_the_study_keeps_it(enrolments, jobs, profile):
    evidence = pd.DataFrame(
        {
            "participant_id": ["ann", "ann"], "milestone": ["job_start", "sustained_6"],
            "evidence_type": ["self", "payslip"], "evidence_date": pd.to_datetime(["2018-03-01", "2018-04-20"]),
            "validated": pd.array([None, None], dtype="boolean"),
        }
    )  # fmt: skip
    tables = {"enrolments": enrolments(ENGAGED), "jobs": jobs({"start_date": "2018-03-01"}), "evidence": evidence}
    done = derive_outcomes(tables, profile(), {}, CUT)
    assert done.people[["start_evidence", "verified_days"]].values.tolist() == [["verified", 50]]
    assert done.milestones["evidence"].tolist() == ["verified", "none", "none"]
    without = derive_outcomes(tables | {"evidence": evidence.iloc[:0]}, profile(), {}, CUT)
    assert without.people[["start_evidence", "verified_days"]].isna().all(axis=None)


@pytest.mark.parametrize(("hours", "together"), [((10, 8), 18), ((10, None), None)])
def test_two_first_jobs_on_one_day_are_held_together(derive, hours, together):
    work = [
        {"job_id": "1", "start_date": "2018-03-01", "end_date": "2018-03-31", "hours_per_week": hours[0]},
        {"job_id": "2", "start_date": "2018-03-01", "end_date": "2018-06-30", "hours_per_week": hours[1]},
    ]
    ann = derive([ENGAGED], work).people.iloc[0]
    assert ann[["jobs", "spells", "spell_days"]].tolist() == [2, 1, 121]
    assert (None if pd.isna(ann["hours_per_week"]) else ann["hours_per_week"]) == together


def test_the_same_job_rule_does_not_join_jobs(derive):
    work = [
        {"job_id": "1", "start_date": "2018-03-01", "end_date": "2018-03-31"},
        {"job_id": "2", "start_date": "2018-04-01", "end_date": "2018-06-30"},
    ]
    kept = {rule: derive([ENGAGED], work, kept_rule=rule) for rule in ("any_job", "same_job")}
    assert kept["any_job"].milestones["state"].tolist() == ["yes", "yes", "no"]
    assert kept["same_job"].milestones["state"].tolist() == ["no", "no", "no"]
    assert kept["same_job"].people[["spell_days", "spells", "days_in_work"]].values.tolist() == [[30, 2, 122]]


def test_several_enrolments_are_one_person(derive):
    people = [
        ENGAGED | {"discharge_date": "2018-04-01", "discharge_reason": "moved"},
        {"enrolment_id": "e2", "referral_date": "2018-06-01", "engaged_date": "2018-07-01"},
    ]
    done = derive(people, [{"start_date": "2018-08-01"}])
    assert done.people[["days", "cause"]].values.tolist() == [[181, 1]]


def test_no_hours_known_is_a_column_of_numbers_all_missing(derive):
    done = derive([ENGAGED], [{"start_date": "2018-03-01", "hours_per_week": None}])
    assert done.people["hours_per_week"].isna().all()
    assert pd.api.types.is_float_dtype(done.people["hours_per_week"])


def test_nobody_is_two_empty_tables_of_the_same_types(derive):
    nobody, somebody = derive([]), derive([ENGAGED], [{"start_date": "2018-03-01"}])
    assert nobody.people.empty
    assert nobody.milestones.empty
    assert nobody.people.dtypes.astype(str).to_dict() == somebody.people.dtypes.astype(str).to_dict()
    assert nobody.milestones.dtypes.astype(str).to_dict() == somebody.milestones.dtypes.astype(str).to_dict()


def test_inputs_are_left_alone(enrolments, jobs, profile):
    tables = {"enrolments": enrolments(ENGAGED), "jobs": jobs({"start_date": "2018-03-01"})}
    before = {name: frame.copy() for name, frame in tables.items()}
    derive_outcomes(tables, profile(), {}, CUT)
    for name, frame in tables.items():
        assert_frame_equal(before[name], frame)


_day = st.integers(0, 420).map(lambda day: pd.Timestamp("2018-01-01") + pd.Timedelta(days=day))
_maybe = st.none() | _day
_person = st.fixed_dictionaries(
    {
        "referral_date": st.just(pd.Timestamp("2018-01-01")),
        "engaged_date": _maybe,
        "discharge_date": _maybe,
        "last_contact_date": _maybe,
        "employment_at_referral": st.sampled_from(["employed", "unemployed", "unknown", None]),
        "site_id": st.sampled_from(["north", "south"]),
    }
)
_work = st.tuples(
    st.integers(0, 4), _day, st.none() | st.integers(0, 250), st.sampled_from([0.0, 2.0, 16.0, None]), st.booleans()
)


@settings(max_examples=60, deadline=None)
@given(people=st.lists(_person, max_size=5), work=st.lists(_work, max_size=10), paid=st.sampled_from([0, 4]))
def test_each_milestone_is_reached_by_no_more_people_than_the_one_before(enrolments, jobs, profile, people, work, paid):
    numbered = [person | {"participant_id": f"p{n}", "enrolment_id": f"e{n}"} for n, person in enumerate(people)]
    jobs_held = [
        {
            "job_id": f"j{n}", "participant_id": f"p{who}", "start_date": start, "hours_per_week": hours,
            "end_date": None if length is None else start + pd.Timedelta(days=length), "competitive": competitive,
        }
        for n, (who, start, length, hours, competitive) in enumerate(work)
    ]  # fmt: skip
    tables = {"enrolments": enrolments(*numbered), "jobs": jobs(*jobs_held)}
    done = derive_outcomes(tables, profile(minimum_paid_hours=paid), {"south": date(2018, 9, 30)}, CUT)
    assert done.people["participant_id"].tolist() == sorted(person["participant_id"] for person in numbered)
    started = done.people["in_scope"] & (done.people["started"] == "yes")
    kept = [int(((done.milestones["weeks"] == weeks) & (done.milestones["state"] == "yes")).sum()) for weeks in (26, 13, 6)]
    steps = [*kept, int(started.sum()), int(done.people["in_scope"].sum()), len(people)]
    assert steps == sorted(steps)
    assert len(done.milestones) == 3 * started.sum()
    assert (done.people["jobs"] > 0).tolist() == (done.people["started"] == "yes").fillna(False).tolist()
    assert (done.people.loc[done.people["cause"] == 1, "started"] == "yes").all()
