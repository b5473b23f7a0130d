from __future__ import annotations

from evaltools.synthetic.journal import Journal
from evaltools.synthetic.provider_column import ProviderColumn
from evaltools.synthetic.provider_sheet import Line, ProviderSheet
from evaltools.synthetic.sheet_traits import note_traits


def test_shape_and_typing_are_counted_from_the_finished_sheet() -> None:
    columns = (
        ProviderColumn("ID", "participants.participant_id"),
        ProviderColumn("Born", "participants.birth_year"),
        ProviderColumn("Work", "enrolments.employment_at_referral", {"unemployed": ("Unemployed",)}),
        ProviderColumn("Seen", "enrolments.first_contact_date", dates=("serial 1900",)),
    )
    sheet = ProviderSheet("f.xlsx", "s", columns, hidden=True)
    sheet.title("The officer’s list")
    sheet.blank()
    sheet.header()
    sheet.lines.append(Line("kept", ["001 ", "1980", "Unemployed ", 43000]))
    sheet.lines.append(Line("kept", ["12", 1980, "Employed", "43001"]))
    sheet.total("Total", 2)
    journal = Journal()
    note_traits((sheet,), journal)
    assert {kind: count for (kind, _, _), count in journal.counts.items()} == {
        "title line": 1,
        "blank line": 1,
        "total or subtotal line": 1,
        "header below the first row": 1,
        "hidden sheet": 1,
        "smart quote": 1,
        "leading zero in id": 1,
        "number as text": 1,
        "code that contains its opposite": 1,
        "date serial as number": 1,
        "date serial as text": 1,
    }
