from __future__ import annotations

import pytest

from evaltools.verbs.indigo_words import cohort_of, measure_of, site_id_of


@pytest.mark.parametrize(
    ("words", "measure"),
    [
        ("Metric 1: Engagement and completion of vocational profile", "engaged"),
        ("Metric 1: Successful engagement with IPS services.", "engaged"),
        ("Metric 2: Job start: individual spends a full day in paid employment", "job_starts"),
        ("Metric 2: Participant starts competitive paid job.", "job_starts"),
        ("Metric 2: Individual gains competitive employment and starts Job", "job_starts"),
        ("Metric 3: Job sustainment < 16 hours per week", "sustained_13_under_16"),
        ("Individual sustains Job at less than 16 hours a week < 16 hours per week", "sustained_13_under_16"),
        ("Metric 4: Job Sustainment >16 per week", "sustained_13_over_16"),
        ("Sustainment of a paid job measured at 13 weeks at either under 16 hours or over 16 hours", "sustained_13"),
        ("Metric 3: Job sustainment outcome for 6 weeks", ""),
        ("Metric 4: Participant sustains job for 6 months (unpaid).", ""),
        ("Metric 4: Health improvements - a questionnaire", "health_improved"),
        ("Metric 5: Change is forecast healthcare usage costs", "health_saving"),
        ("A place at school", ""),
    ],
)
def test_the_words_of_a_metric_decide(words, measure):
    assert measure_of(words) == measure


@pytest.mark.parametrize(
    ("words", "cohort"),
    [
        ("People with enduring and severe mental health issues", "smi"),
        ("Adults with severe and enduring mental illness", "smi"),
        ("Supports people with drug and alcohol addictions", "addiction"),
        ("People with learning disabilities", "ld"),
        ("Young people", ""),
    ],
)
def test_cohorts(words, cohort):
    assert cohort_of(words) == cohort


def test_ids():
    assert site_id_of("INDIGO-POJ-0176") == "poj_0176"
