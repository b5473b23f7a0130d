from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from pandas.testing import assert_series_equal

from evaltools.clean.clean_column import Rules, clean_column, clean_constant
from evaltools.clean.issues import Spot
from evaltools.schema.layout import Column


def _clean(cells: list[str], target: str, rules: Rules, **column: object) -> list[object]:
    table, _, field = target.partition(".")
    series = pd.Series(cells, index=range(2, 2 + len(cells)), dtype=object)
    before = series.copy()
    spot = Spot("camden", "a.csv", "", 0, "Header", table, field, field.endswith("participant_id"))
    done = clean_column(series, spot, Column.model_validate({"field": target, **column}), rules)
    assert_series_equal(before, series)
    codes = [flag.code for flag in done.issues.flags]
    return [[None if pd.isna(value) else value for value in done.values.series()], codes]


def test_codes_by_the_layout_then_by_the_codelist(rules: Rules) -> None:
    cells = ["SMI-P", " smi", "Personality", "#N/A"]
    values, codes = _clean(cells, "participants.cohort", rules, codes={"SMI-P": "smi"})
    assert values == ["smi", "smi", "unknown", None]
    assert codes == ["D117", "D107", "D114"]


def test_a_map_may_say_missing_for_any_type(rules: Rules) -> None:
    values, codes = _clean(["tbc", "16"], "jobs.hours_per_week", rules, codes={"TBC": ""})
    assert (values, codes) == ([None, 16.0], [])


def test_curly_quotes_in_a_map_match_plain_ones(rules: Rules) -> None:
    values, _ = _clean(["Client’s choice"], "jobs.end_reason", rules, codes={"Client’s choice": "resigned"})
    assert values == ["resigned"]


@pytest.mark.parametrize(
    ("target", "cell", "value"),
    [
        ("jobs.competitive", "Yes", True),
        ("participants.birth_year", "1980", 1980),
        ("jobs.sector", "Retail", "Retail"),
        ("jobs.sector", "NA", "NA"),
        ("sites.opens", "2019-04", "2019-04"),
        ("jobs.start_date", "2019-04-01", pd.Timestamp("2019-04-01")),
    ],
)
def test_every_type(target: str, cell: str, value: object, rules: Rules) -> None:
    assert _clean([cell], target, rules) == [[value], []]


def test_sites_by_id_or_name_where_the_study_states_them(rules: Rules) -> None:
    stated = replace(rules, sites={"camden": "camden", "london borough of camden": "camden"})
    values, codes = _clean(["London Borough of Camden", "", "Nowhere"], "counts.site_id", stated)
    assert (values, codes) == (["camden", None, None], ["D107"])
    assert _clean(["X1"], "counts.site_id", stated, codes={"X1": "enfield"})[0] == ["enfield"]
    assert _clean(["Nowhere"], "sites.site_id", stated)[0] == ["Nowhere"]


def test_identifiers_become_pseudonyms(rules: Rules) -> None:
    values, _ = _clean(["01", "01 "], "participants.participant_id", rules)
    assert isinstance(values, list)
    assert values[0] == values[1]
    assert str(values[0]).startswith("P")


def test_constants(rules: Rules) -> None:
    assert clean_constant("2020-01-01", "enrolments", "referral_date", rules).value == pd.Timestamp("2020-01-01")
    assert clean_constant("soon", "enrolments", "referral_date", rules).code == "D102"
