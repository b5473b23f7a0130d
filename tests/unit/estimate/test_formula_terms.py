from __future__ import annotations

import pytest

from evaltools.errors import EstimateError
from evaltools.estimate.formula_terms import closest_name, formula_terms

COLUMNS = ["age", "site", "a b", "caseload"]


@pytest.mark.parametrize(
    ("formula", "columns", "plain"),
    [
        ("age + caseload", ("age", "caseload"), ("age", "caseload")),
        ("age * C(site)", ("age", "site"), None),
        ("bs(caseload, df=4) + I(age**2)", ("caseload", "age"), None),
        ("C(site, contr.treatment(base='north'))", ("site",), None),
        ("log(`a b`)", ("a b",), None),
    ],
)
def test_names_the_columns_it_needs(formula, columns, plain):
    read = formula_terms(formula, COLUMNS)
    assert sorted(read.columns) == sorted(columns)
    assert read.plain == plain


@pytest.mark.parametrize(("formula", "alone"), [("age + C(site)", True), ("scale(age)", False), ("bs(age, df=3)", False)])
def test_knows_whether_rows_stand_alone(formula, alone):
    assert formula_terms(formula, COLUMNS).row_by_row is alone


@pytest.mark.parametrize(
    "formula",
    [
        "__import__('os').system('true')",
        "age.max()",
        "np.log(age)",
        "open('x')",
        "lag(age)",
        "[x for x in age]",
        "(lambda: 1)()",
        "contr.__class__",
        "age if age else age",
    ],
)
def test_refuses_anything_that_is_more_than_a_formula(formula):
    with pytest.raises(EstimateError, match=r"E13[0-2]"):
        formula_terms(formula, COLUMNS)


@pytest.mark.parametrize("formula", ["age +", "age ~ site", "age | site", "", "1", "age - 1", "0 + age", "(age"])
def test_refuses_what_cannot_be_read_in_plain_words(formula):
    with pytest.raises(EstimateError) as error:
        formula_terms(formula, COLUMNS)
    assert "\x1b" not in str(error.value)


def test_every_unknown_name_is_reported_with_the_nearest():
    with pytest.raises(EstimateError, match="did you mean 'caseload'") as error:
        formula_terms("caselod + agge", COLUMNS)
    assert len(error.value.problems) == 2


def test_closest_name_lists_names_when_none_is_near():
    assert closest_name("zzz", ["age", "site"]) == "use one of: age, site"
