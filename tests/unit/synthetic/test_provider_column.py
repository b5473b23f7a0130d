from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from evaltools.schema.layout import NOTATIONS
from evaltools.synthetic.provider_column import ProviderColumn, date_text, entered

DAY = date(2019, 2, 5)


def test_every_notation_of_the_layouts_can_be_written() -> None:
    assert len({str(date_text(DAY, notation)) for notation in NOTATIONS}) == len(NOTATIONS) - 1  # typed looks like ISO


@pytest.mark.parametrize(
    ("notation", "pattern"),
    [("dd/mm/yyyy", "%d/%m/%Y"), ("mm/dd/yyyy", "%m/%d/%Y"), ("dd.mm.yyyy", "%d.%m.%Y"), ("d mmm yy", "%d-%b-%y")],
)
def test_a_text_date_reads_back(notation: str, pattern: str) -> None:
    assert datetime.strptime(str(date_text(DAY, notation)), pattern).date() == DAY


def test_two_words_for_one_code_are_used_in_turn() -> None:
    column = ProviderColumn("Sex", "participants.sex", {"male": ("M", "Male")})
    assert [entered("male", column, line) for line in range(3)] == ["M", "Male", "M"]


def test_missing_values_leave_the_cell_empty_and_whole_numbers_have_no_point() -> None:
    plain, text = ProviderColumn("Hours", "jobs.hours_per_week"), ProviderColumn("Hours", as_text=True)
    assert [entered(value, plain, 0) for value in (None, "", float("nan"), pd.NaT)] == [None] * 4
    assert [entered(16.0, plain, 0), entered(37.5, plain, 0), entered(16.0, text, 0)] == [16, 37.5, "16"]


def test_dates_are_written_in_the_first_notation_or_in_turn() -> None:
    both = ("dd/mm/yyyy", "mm/dd/yyyy")
    first = ProviderColumn("Seen", dates=both)
    turn = ProviderColumn("Seen", dates=both, in_turn=True)
    assert [entered(DAY, column, 1) for column in (first, turn)] == ["05/02/2019", "02/05/2019"]


def test_a_column_of_the_second_job_has_a_name_of_its_own() -> None:
    assert ProviderColumn("Job 2 start", "jobs.start_date", number=2).key == "jobs.start_date.2"
    assert ProviderColumn("Notes").key == "Notes"
