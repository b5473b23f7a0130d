from __future__ import annotations

import tomllib

import yaml

from evaltools.verbs.indigo_layout import indigo_layout, indigo_settings
from evaltools.verbs.indigo_words import cohort_of, measure_of


def test_words_without_a_code_are_left_to_be_asked_about():
    row = {"Project ID": "P", "Measure": "Job start", "Achieved": "3", "Period start": "", "Period end": "", "Metric": "m"}
    text = indigo_layout("achieved", [row, row | {"Measure": "Kept for 6 weeks"}], {"P": "p"}, measure_of, cohort_of)
    sheet = yaml.safe_load(text)["sheets"][0]
    assert sheet["columns"]["Measure"] == {"field": "counts.measure", "codes": {"Job start": "job_starts"}}
    assert "Metric" in sheet["ignore"]
    assert "Period start" in sheet["ignore"]  # a column that is empty throughout


def test_settings_are_toml_whatever_a_title_holds():
    facts = {"id": "s", "title": 'A "project"', "data_cut": "2024-03-31", "projects": "P"}
    quoted = {"id": '"s"', "title": '"A \\"project\\""'}
    outcomes = [("sustained_13", "kept", ("sustained_13",), ("job_starts",), "starters")]
    read = tomllib.loads(indigo_settings(facts, quoted, outcomes, {"engaged", "job_starts", "sustained_13"}))
    assert read["study"]["title"] == 'A "project"'
    assert read["outcomes"][0]["numerator"] == ["sustained_13"]
    assert [len(each["measures"]) for each in read["decomposition"]] == [2, 3]
    assert "decomposition" not in tomllib.loads(indigo_settings(facts, quoted, outcomes, set()))
