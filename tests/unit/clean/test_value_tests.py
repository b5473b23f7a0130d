from __future__ import annotations

from datetime import datetime

import pytest

from evaltools.clean.value_tests import best_fit, code_share, is_day, value_fit
from evaltools.schema.table import Schema

FITS = """
  referral_date       | 03/04/2021; 3 Apr 2021     | 1.00
  referral_date       | 44289; 3.4.21              | 1.00
  referral_date       | CMHT; 37                   | 0.00
  referral_source     | CMHT; GP                   | 1.00
  referral_source     | Vicar                      | 0.45
  referral_source     | 03/04/2021                 | 0.00
  referral_source     | 12345                      | 0.20
  months_out_of_work  | 3; 999                     | 0.50
  never_worked        | Y; No                      | 1.00
  never_worked        | Possibly                   | 0.45
  participant_id      | AB/00-0042; 9f86d081884c   | 1.00
  participant_id      | Smith                      | 0.30
"""


@pytest.mark.parametrize("line", FITS.strip().splitlines())
def test_entries_fit_what_the_field_can_hold(line: str, schema: Schema) -> None:
    name, cells, fit = (part.strip() for part in line.split("|"))
    field = schema.tables["enrolments"].fields[name]
    assert value_fit(cells.split("; "), field, schema.codelists) == pytest.approx(float(fit))


def test_a_birth_year_may_come_from_a_day_of_birth(schema: Schema) -> None:
    field = schema.tables["participants"].fields["birth_year"]
    assert value_fit(["03/04/1985"], field, {}) == value_fit(["1985"], field, {}) == 1.0
    assert value_fit(["1850"], field, {}) == 0.0


def test_months_may_be_days_too(schema: Schema) -> None:
    field = schema.tables["counts"].fields["period_start"]
    assert value_fit(["2021-04", "01/04/2021"], field, {}) == 1.0


def test_a_typed_day_is_a_day_and_nothing_else(schema: Schema) -> None:
    day = datetime(2021, 4, 3)
    assert is_day(day)
    assert value_fit([day], schema.tables["participants"].fields["sex"], schema.codelists) == 0.0


def test_no_entries_prove_nothing(schema: Schema) -> None:
    assert value_fit([], schema.tables["participants"].fields["sex"], schema.codelists) == 0.0
    assert code_share([], schema.codelists["sex"]) == 0.0


def test_words_that_many_lists_have_say_nothing(schema: Schema) -> None:
    assert code_share(["F", "Other", "Not known", "M"], schema.codelists["sex"]) == 0.5


def test_free_text_can_only_be_possible(schema: Schema) -> None:
    sector = schema.tables["jobs"].fields["sector"]
    assert value_fit(["Retail"], sector, {}) == best_fit(sector) < best_fit(schema.tables["participants"].fields["sex"])
