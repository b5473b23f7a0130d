"""Wexcombe hands in one wide sheet with a two-row header, jobs beside the person, and a late file with the wrong ending."""

from __future__ import annotations

import pandas as pd

from evaltools.synthetic.blemish import Spoiler, hide, repeat_lines
from evaltools.synthetic.delivery import Delivery, Refusal, plan_of
from evaltools.synthetic.journal import Journal
from evaltools.synthetic.layout_text import SheetText, layout_text
from evaltools.synthetic.locked_workbook import locked_workbook
from evaltools.synthetic.mixed_dates import note_mixed_dates
from evaltools.synthetic.programme import Programme
from evaltools.synthetic.provider_column import ProviderColumn as Col
from evaltools.synthetic.provider_records import client_records
from evaltools.synthetic.provider_sheet import ProviderSheet
from evaltools.synthetic.provider_words import LETTERS as W
from evaltools.synthetic.sheet_traits import note_traits
from evaltools.synthetic.workbook_grid import ErrorCell, GridBook
from evaltools.synthetic.xlsx_bytes import xlsx_bytes

__all__ = ["wexcombe"]

_MAIN = "wexcombe_IPS_tracker.xlsx"
_LATE = "wexcombe_IPS_tracker_late.xls"
_LOCKED = "wexcombe_IPS_tracker_final.xlsx"


def _job(number: int) -> tuple[Col, ...]:
    return (
        Col(f"Job {number} / Start", "jobs.start_date", dates=("typed", "dd/mm/yy"), number=number),
        Col(f"Job {number} / End", "jobs.end_date", dates=("typed", "dd/mm/yy"), number=number),
        Col(f"Job {number} / Hrs", "jobs.hours_per_week", number=number),
        Col(f"Job {number} / Competitive", "jobs.competitive", W["yes"], number=number),
    )


_COLUMNS = (
    Col("Person / Service user ID", "participants.participant_id"),
    Col("Person / Age", "participants.age_at_referral"),
    Col("Person / M/F", "participants.sex", W["sex"]),
    Col("Person / Ethnic origin", "participants.ethnicity", W["ethnicity"]),
    Col("Person / Diagnosis group", "participants.cohort", W["cohort"]),
    Col("Referral / Ref date", "enrolments.referral_date", dates=("typed",)),
    Col("Referral / Source", "enrolments.referral_source", W["source"]),
    Col("Referral / In work?", "enrolments.employment_at_referral", W["work"]),
    Col("Referral / Benefit", "enrolments.benefit_at_entry", W["benefit"]),
    Col("Support / Adviser", "enrolments.specialist_id"),
    Col(
        "Support / First contact",
        "enrolments.first_contact_date",
        dates=("dd/mm/yyyy", "mm/dd/yyyy"),
        in_turn=True,
    ),
    Col("Support / Engaged", "enrolments.engaged_date", dates=("typed",)),
    *_job(1),
    *_job(2),
    Col("Exit / Last seen", "enrolments.last_contact_date", dates=("typed",)),
    Col("Exit / Closed", "enrolments.discharge_date", dates=("typed",)),
    Col("Exit / Reason", "enrolments.discharge_reason", W["reason"]),
    Col("Exit / Comment"),
)


def wexcombe(truth: Programme, journal: Journal) -> Delivery:
    """Write what Wexcombe hands in.

    Parameters
    ----------
    truth
        The programme.
    journal
        Takes note of everything that is spoilt.

    Returns
    -------
    Delivery
        Files, layout and account.
    """
    plan = plan_of("wexcombe")
    records = client_records(truth, plan, wide_jobs=2)
    records["Exit / Comment"] = records["Notes"]
    late = records["enrolments.referral_date"] >= pd.Timestamp(2018, 2, 1)
    main, second = _sheet(_MAIN, records.loc[~late]), _sheet(_LATE, records.loc[late])
    repeat_lines(second, journal, 2, main)
    _spoil(Spoiler(main, journal))
    hide(main, journal, 4, ("Exit / Comment", "Person / Diagnosis group"))
    hide(second, journal, 1)
    main.blank()
    main.total("Grand total", len(records.loc[~late]))
    sheets = (main, second)
    note_traits(sheets, journal)
    for sheet in sheets:
        note_mixed_dates(sheet, journal, "Support / First contact")
    journal.note("mislabelled file", _LATE)
    journal.note("password-protected workbook", _LOCKED)
    files = {sheet.file: xlsx_bytes(GridBook((sheet.grid(),))) for sheet in sheets}
    return Delivery(
        plan,
        files | {_LOCKED: locked_workbook(_LOCKED)},
        layout_text(
            plan,
            ["wexcombe_IPS_tracker*"],
            [SheetText("Tracker", _COLUMNS, "One line a person, two jobs beside it. Two header rows.", 5, 2)],
            comment="Two people typed the first contact, one of them the American way round.",
        ),
        sheets,
        (Refusal(_LOCKED, "password"),),
    )


def _sheet(file: str, records: pd.DataFrame) -> ProviderSheet:
    sheet = ProviderSheet(file, "Tracker", _COLUMNS)
    sheet.blank()
    sheet.title("Openhand Trust")
    sheet.title("IPS tracker, Wexcombe (synthetic)")
    sheet.blank()
    sheet.header()
    sheet.records(records)
    return sheet


def _spoil(spoil: Spoiler) -> None:
    spoil.lost("error cell", "Person / Age", 1, lambda cell: ErrorCell("#REF!"))
    spoil.cells("zero-width character", "Person / Ethnic origin", 2, lambda cell: f"\ufeff{cell}")
    spoil.cells("non-breaking space", "Person / Service user ID", 2, lambda cell: str(cell).replace(" ", "\u00a0"))
    spoil.cells("", "Person / Age", 3, lambda cell: f"{cell} ")
