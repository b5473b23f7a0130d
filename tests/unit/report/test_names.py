from __future__ import annotations

from dataclasses import replace

from evaltools.domain.release import Release
from evaltools.report.names import definition_name, group_name, measure_name, outcome_name, weeks

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
    assert group_name(people, ROW | {"group": "new", "group_by": "ethnicity"}) == "New"
    assert group_name(people, ROW | {"group": "unknown", "group_by": "ethnicity"}) == "Not known"
    assert measure_name(people, "covid_claims") == "Covid claims"


def test_a_row_without_horizon_has_no_weeks():
    assert weeks({"horizon": None}) == 0


def test_definitions_have_short_names(people):
    titles = {
        "bit_cbo": ("BIT evaluation, Commissioning Better Outcomes phase (2016 to 2019)", "BIT evaluation"),
        "grow": ("IPS Grow reporting rules from April 2024", "IPS Grow reporting rules"),
        "ipspc": ("Individual placement and support in primary care (IPSPC)", "IPSPC"),
        "nhse": ("NHS England dashboard of individual placement and support (MHSDS)", "NHS England dashboard"),
    }
    meta = replace(people.meta, definitions={key: {"title": title} for key, (title, _) in titles.items()})
    for key, (_, short) in titles.items():
        assert definition_name(Release(people.results, meta), key) == short
    assert definition_name(people, "of another study") == "of another study"


def test_two_definitions_of_one_name_say_which(people):
    meta = replace(people.meta, definitions={"a": {"title": "Rule, 2016"}, "b": {"title": "Rule, 2024"}})
    assert definition_name(Release(people.results, meta), "b") == "Rule (b)"
