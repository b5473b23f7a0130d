from __future__ import annotations

import pytest

from evaltools.synthetic.journal import Journal
from evaltools.synthetic.mixed_dates import note_mixed_dates, undecidable
from evaltools.synthetic.provider_sheet import ProviderSheet


@pytest.mark.parametrize(
    ("text", "two_readings"),
    [("03/04/2018", True), ("12/01/2018", True), ("13/01/2018", False), ("01/13/2018", False), ("07/07/2018", False)],
)
def test_a_date_has_two_readings_only_where_both_are_days_and_differ(text: str, two_readings: bool) -> None:
    assert undecidable(text) is two_readings


def test_undecidable_values_are_lost_and_the_others_noted(sheet: ProviderSheet) -> None:
    journal = Journal()
    note_mixed_dates(sheet, journal, "Seen")  # the first to the sixth of May, then the fifteenth and the sixteenth
    assert journal.counts[("ambiguous date, cannot be decided", "file.xlsx", "People")] == 5
    assert journal.counts[("ambiguous date, can be decided", "file.xlsx", "People")] == 3
    assert {key for _, key, _ in journal.values} == {(f"0{number}", 0) for number in (1, 2, 3, 4, 6)}
