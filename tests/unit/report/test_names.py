from __future__ import annotations

from evaltools.report.names import group_name, measure_name, outcome_name, weeks

ROW = {"outcome": "sustained", "horizon": 91.0, "group": "enfield", "group_by": "site"}


def test_people_are_spoken_of_in_verb_phrases(people):
    assert outcome_name(people, ROW) == "kept the first job for 13 weeks"
    assert outcome_name(people, ROW | {"outcome": "engaged"}) == "engaged with the service"


def test_a_study_names_its_own_outcomes_and_groups(totals):
    assert outcome_name(totals, ROW | {"outcome": "job_start"}) == "Started a job"
    assert group_name(totals, ROW | {"group": "asian", "group_by": "ethnicity"}) == "Asian"
    assert group_name(totals, ROW) == "Enfield"
    assert group_name(totals, ROW | {"group_by": "programme"}) == "SMI sites"
    assert measure_name(totals, "engaged") == "People engaged"


def test_an_id_without_a_name_is_put_into_words(people):
    assert outcome_name(people, ROW | {"outcome": "new_thing"}) == "new thing"
    assert group_name(people, ROW | {"group": "new"}) == "new"
    assert measure_name(people, "covid_claims") == "Covid claims"


def test_a_row_without_horizon_has_no_weeks():
    assert weeks({"horizon": None}) == 0
