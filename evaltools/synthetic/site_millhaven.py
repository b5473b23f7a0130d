"""Millhaven hands in a workbook with a sheet for each year, one of them hidden, and jobs as four text files."""

from __future__ import annotations

import pandas as pd

from evaltools.synthetic.blemish import Spoiler, forget_id, repeat_lines
from evaltools.synthetic.delimited_bytes import delimited_bytes
from evaltools.synthetic.delivery import Delivery, plan_of, without_jobs
from evaltools.synthetic.journal import Journal
from evaltools.synthetic.layout_text import SheetText, layout_text
from evaltools.synthetic.mixed_dates import note_mixed_dates
from evaltools.synthetic.programme import Programme
from evaltools.synthetic.provider_column import ProviderColumn as Col
from evaltools.synthetic.provider_records import client_records, job_records
from evaltools.synthetic.provider_sheet import ProviderSheet
from evaltools.synthetic.provider_words import LETTERS, SENTENCES
from evaltools.synthetic.sheet_traits import note_traits
from evaltools.synthetic.workbook_grid import ErrorCell, GridBook
from evaltools.synthetic.xlsx_bytes import xlsx_bytes

__all__ = ["millhaven"]

_BOOK = "millhaven_by_year.xlsx"
_JOB_FILES = {
    "millhaven_jobs_2018.csv": ("2018-01-01", "2019-01-01", "|", "utf-8 with mark"),
    "millhaven_jobs_2019_q1.csv": ("2019-01-01", "2019-04-01", ",", "utf-8"),
    "millhaven_jobs_2019_q2.csv": ("2019-04-01", "2019-07-01", "|", "utf-8"),
    "millhaven_jobs_2019_q3.csv": ("2019-07-01", "2019-10-01", ",", "utf-8 with mark"),
}
_DAY = ("serial 1900", "yyyy-mm-dd")


def _people(first_contact: tuple[str, ...]) -> tuple[Col, ...]:
    return (
        Col("Case ref", "participants.participant_id"),
        Col("Age at ref", "participants.age_at_referral"),
        Col("Gender", "participants.sex", SENTENCES["sex"]),
        Col("Ethnicity", "participants.ethnicity", LETTERS["ethnicity"]),
        Col("Cohort", "participants.cohort", SENTENCES["cohort"]),
        Col("ES", "enrolments.specialist_id"),
        Col("Referral source", "enrolments.referral_source", SENTENCES["source"]),
        Col("Ref date", "enrolments.referral_date", dates=_DAY),
        Col("First seen", "enrolments.first_contact_date", dates=first_contact, in_turn="mm/dd/yyyy" in first_contact),
        Col("VP started", "enrolments.profile_started_date", dates=_DAY),
        Col("VP complete", "enrolments.profile_completed_date", dates=_DAY),
        Col("Appt 3", "enrolments.third_appointment_date", dates=_DAY),
        Col("Employment status", "enrolments.employment_at_referral", LETTERS["work"]),
        Col("Months since last job", "enrolments.months_out_of_work", as_text=True),
        Col("Benefit", "enrolments.benefit_at_entry", LETTERS["benefit"]),
        Col("Last contact", "enrolments.last_contact_date", dates=_DAY),
        Col("Exit date", "enrolments.discharge_date", dates=_DAY),
        Col("Exit reason", "enrolments.discharge_reason", LETTERS["reason"]),
        Col("Notes"),
    )


_YEAR = _people(_DAY)
_MOVED = _people(("dd/mm/yyyy", "mm/dd/yyyy"))
_JOBS = (
    Col("Case ref", "jobs.participant_id"),
    Col("Job no", "jobs.job_number"),
    Col("Start date", "jobs.start_date", dates=("yyyy-mm-dd", "dd/mm/yy")),
    Col("End date", "jobs.end_date", dates=("yyyy-mm-dd", "dd/mm/yy")),
    Col("Reason left", "jobs.end_reason", LETTERS["end"]),
    Col("Hrs", "jobs.hours_per_week"),
    Col("Competitive", "jobs.competitive", LETTERS["yes"]),
    Col("Wage", "jobs.wage_per_hour"),
    Col("Employer"),
    Col("Notes"),
)


def millhaven(truth: Programme, journal: Journal) -> Delivery:
    """Write what Millhaven hands in.

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
    plan = plan_of("millhaven")
    people = _by_year(truth, journal)
    jobs = _jobs(truth, journal)
    sheets = (*people, *jobs)
    note_traits(sheets, journal)
    note_mixed_dates(people[2], journal, "First seen")
    texts = {}
    for sheet in jobs:
        _, _, delimiter, encoding = _JOB_FILES[sheet.file]
        texts[sheet.file] = delimited_bytes([line.cells for line in sheet.lines], delimiter, encoding)
        journal.note(f"encoding {encoding}", sheet.file)
        journal.note("delimiter pipe" if delimiter == "|" else "delimiter comma", sheet.file)
    for sheet in people:
        journal.note("one table over several sheets", sheet.file, sheet.name)
    return Delivery(
        plan,
        {_BOOK: xlsx_bytes(GridBook(tuple(sheet.grid() for sheet in people)))} | texts,
        layout_text(
            plan,
            [_BOOK, "millhaven_jobs_*.csv"],
            [
                SheetText("2018", _YEAR, "People referred in 2018. Days are bare day numbers.", header_row=2),
                SheetText("2019", _YEAR, "People referred in 2019.", header_row=2),
                SheetText("Moved teams", _MOVED, "A hidden sheet of real people; first contact typed both ways round."),
                SheetText("*", _JOBS, "Jobs: the text files."),
            ],
            comment="People have a sheet for each year and a hidden one, jobs are in text files.",
        ),
        sheets,
    )


def _by_year(truth: Programme, journal: Journal) -> tuple[ProviderSheet, ProviderSheet, ProviderSheet]:
    records = client_records(truth, plan_of("millhaven"))
    moved = pd.Series([place % 12 == 5 for place in range(len(records))], records.index)
    year = records["enrolments.referral_date"].dt.year
    first, second = ProviderSheet(_BOOK, "2018", _YEAR), ProviderSheet(_BOOK, "2019", _YEAR)
    hidden = ProviderSheet(_BOOK, "Moved teams", _MOVED, hidden=True)
    for sheet, rows in (
        (first, records.loc[~moved & (year == 2018)]),
        (second, records.loc[~moved & (year == 2019)]),
        (hidden, records.loc[moved]),
    ):
        if sheet is not hidden:
            sheet.title(f"Greenlane Partners, {sheet.name} (synthetic)")
        sheet.header()
        sheet.records(rows)
    repeat_lines(second, journal, 2, first)
    forget_id(second, journal, "Case ref", 1, without_jobs(truth))
    spoil = Spoiler(first, journal)
    spoil.cells("", "VP complete", 8, str)
    spoil.lost("error cell", "Age at ref", 1, lambda cell: ErrorCell("#N/A"))
    spoil.lost("stray code", "Employment status", 1, lambda cell: "Empl'd")
    spoil.cells("trailing space", "Employment status", 5, lambda cell: f"{cell} ")
    for sheet in (first, second):
        sheet.blank()
        sheet.total("Total", len(sheet.lines))
    return first, second, hidden


def _jobs(truth: Programme, journal: Journal) -> tuple[ProviderSheet, ...]:
    records = job_records(truth, plan_of("millhaven"))
    day = records["jobs.start_date"]
    sheets = []
    for file, (first, after, _, _) in _JOB_FILES.items():
        sheet = ProviderSheet(file, "", _JOBS)
        sheet.header()
        sheet.records(records.loc[(day >= pd.Timestamp(first)) & (day < pd.Timestamp(after))])
        sheets.append(sheet)
    spoil = Spoiler(sheets[1], journal)
    spoil.lost("impossible date", "End date", 1, lambda cell: "2019-02-29")
    spoil.cells("second notation among text dates", "Start date", 4, lambda cell: f"{cell[8:10]}/{cell[5:7]}/{cell[2:4]}")  # type: ignore[index]
    repeat_lines(sheets[3], journal, 1, sheets[0])
    return tuple(sheets)
