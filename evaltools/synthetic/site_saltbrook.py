"""Saltbrook hands in one workbook a year: in the old binary format at first, in the new one later."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from evaltools.synthetic.blemish import Spoiler, contradict, hide, repeat_lines
from evaltools.synthetic.delivery import Delivery, plan_of, without_jobs
from evaltools.synthetic.journal import Journal
from evaltools.synthetic.layout_text import SheetText, layout_text
from evaltools.synthetic.programme import Programme
from evaltools.synthetic.provider_column import ProviderColumn as Col
from evaltools.synthetic.provider_column import date_text
from evaltools.synthetic.provider_records import client_records, job_records
from evaltools.synthetic.provider_sheet import ProviderSheet
from evaltools.synthetic.provider_words import NUMBERS as W
from evaltools.synthetic.sheet_traits import note_traits
from evaltools.synthetic.workbook_grid import Cell, ErrorCell, GridBook
from evaltools.synthetic.xls_bytes import xls_bytes
from evaltools.synthetic.xlsb_bytes import xlsb_bytes

__all__ = ["saltbrook"]

_OLDEST, _OLD = "Saltbrook 2016.xls", "Saltbrook 2017.xls"
_NEW, _NEWEST = "Saltbrook 2018.xlsb", "Saltbrook 2019.xlsb"
_FILES = {2016: _OLDEST, 2017: _OLD, 2018: _NEW, 2019: _NEWEST}
_DAY = ("typed", "dd.mm.yyyy")
_CLIENTS = (
    Col("ID", "participants.participant_id"),
    Col("Birth year", "participants.birth_year"),
    Col("Sex", "participants.sex", W["sex"]),
    Col("Ethnicity", "participants.ethnicity", W["ethnicity"]),
    Col("Cohort", "participants.cohort", W["cohort"]),
    Col("IMD", "participants.deprivation_quintile"),
    Col("Emp Spec", "enrolments.specialist_id"),
    Col("Referral source", "enrolments.referral_source", W["source"]),
    Col("Referral date", "enrolments.referral_date", dates=_DAY),
    Col("First contact", "enrolments.first_contact_date", dates=_DAY),
    Col("Date Vocational Profile Started", "enrolments.profile_started_date", dates=_DAY),
    Col("Vocational profile completed", "enrolments.profile_completed_date", dates=_DAY),
    Col("3rd appointment", "enrolments.third_appointment_date", dates=_DAY),
    Col("Employment status", "enrolments.employment_at_referral", W["work"]),
    Col("Months out of work", "enrolments.months_out_of_work"),
    Col("Benefit", "enrolments.benefit_at_entry", W["benefit"]),
    Col("Last seen", "enrolments.last_contact_date", dates=_DAY),
    Col("Discharge date", "enrolments.discharge_date", dates=_DAY),
    Col("Discharge reason", "enrolments.discharge_reason", W["reason"]),
    Col("Notes"),
)
_JOBS = (
    Col("ID", "jobs.participant_id"),
    Col("Job number", "jobs.job_number"),
    Col("Date started work", "jobs.start_date", dates=_DAY),
    Col("Date left", "jobs.end_date", dates=_DAY),
    Col("Job end reason", "jobs.end_reason", W["end"]),
    Col("Weekly hours", "jobs.hours_per_week"),
    Col("Competitive", "jobs.competitive", W["yes"]),
    Col("Industry", "jobs.sector"),
    Col("Employer"),
)


def saltbrook(truth: Programme, journal: Journal) -> Delivery:
    """Write what Saltbrook hands in.

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
    plan = plan_of("saltbrook")
    people, jobs = client_records(truth, plan), job_records(truth, plan)
    people["participants.participant_id"] = people["participant"].astype(int)  # typed as numbers on this sheet
    year = people["enrolments.referral_date"].dt.year
    books = {
        file: (_clients(file, people.loc[year == when]), _jobs(file, jobs, set(people.loc[year == when, "participant"])))
        for when, file in _FILES.items()
    }
    _spoil_old(truth, books[_OLD], journal)
    _spoil_new(truth, books[_NEW], journal)
    sheets = tuple(sheet for pair in books.values() for sheet in pair)
    note_traits(sheets, journal)
    journal.note("1904 date system", _OLDEST)
    journal.note("1904 date system", _NEWEST)
    for people_sheet, _ in books.values():
        journal.note("id as a number here and as text elsewhere", people_sheet.file, people_sheet.name)
    grids = {file: tuple(sheet.grid() for sheet in pair) for file, pair in books.items()}
    return Delivery(
        plan,
        {
            _OLDEST: xls_bytes(GridBook(grids[_OLDEST], date1904=True)),
            _OLD: xls_bytes(GridBook(grids[_OLD])),
            _NEW: xlsb_bytes(GridBook(grids[_NEW])),
            _NEWEST: xlsb_bytes(GridBook(grids[_NEWEST], date1904=True)),
        },
        layout_text(
            plan,
            ["Saltbrook 20*.xls", "Saltbrook 20*.xlsb"],
            [
                SheetText("Clients", _CLIENTS, "One line a person. The identifier is typed as a number.", header_row=3),
                SheetText("Jobs", _JOBS, "One line a job. The identifier is typed as text."),
            ],
            comment="The first and the last workbook count days from 1904. Codes are national code numbers.",
        ),
        sheets,
    )


def _clients(file: str, records: pd.DataFrame) -> ProviderSheet:
    sheet = ProviderSheet(file, "Clients", _CLIENTS)
    sheet.title("Tidewell Employment, Saltbrook", "synthetic data")
    sheet.blank()
    sheet.header()
    sheet.records(records)
    return sheet


def _jobs(file: str, records: pd.DataFrame, people: set[str]) -> ProviderSheet:
    sheet = ProviderSheet(file, "Jobs", _JOBS)
    sheet.header()
    sheet.records(records.loc[records["participant"].isin(people)])
    return sheet


def _spoil_old(truth: Programme, sheets: tuple[ProviderSheet, ProviderSheet], journal: Journal) -> None:
    people, jobs = Spoiler(sheets[0], journal), Spoiler(sheets[1], journal)
    repeat_lines(sheets[0], journal, 3)
    contradict(sheets[0], journal, "Sex", 1, without_jobs(truth))
    people.lost("error cell", "Months out of work", 3, lambda cell: ErrorCell("#N/A"))
    people.lost("error cell", "IMD", 1, lambda cell: ErrorCell("#REF!"))
    people.cells("text date", "First contact", 10, _dotted)
    people.lost("impossible date", "Last seen", 1, lambda cell: "31.09.2017")
    hide(sheets[0], journal, 2, ("Notes",))
    sheets[0].blank()
    sheets[0].total("Total", len(sheets[0].lines))
    referred = truth.enrolments.set_index("participant_id")["referral_date"]
    for line in jobs.cells(
        "job start before referral", "Date started work", 1, lambda cell: cell, lambda line: line.key[1] == 2
    ):
        before = referred[line.key[0]].date() - timedelta(days=90)
        line.cells[sheets[1].place("Date started work")] = before
        journal.change("jobs.start_date", line.key, before)


def _spoil_new(truth: Programme, sheets: tuple[ProviderSheet, ProviderSheet], journal: Journal) -> None:
    people, jobs = Spoiler(sheets[0], journal), Spoiler(sheets[1], journal)
    people.cells("", "Birth year", 6, lambda cell: f"{cell}")
    people.cells("text date", "Discharge date", 12, _dotted)
    people.lost("stray code", "Discharge reason", 2, lambda cell: "77")
    people.refused("impossible date", "Referral date", 1, lambda cell: "31.02.2018", without_jobs(truth))
    jobs.cells("", "Weekly hours", 4, lambda cell: f"{cell} ")
    jobs.lost("error cell", "Industry", 2, lambda cell: ErrorCell("#N/A"))
    hide(sheets[1], journal, 2, ("Employer",))
    sheets[1].total("Total", len(sheets[1].lines))


def _dotted(cell: Cell) -> Cell:
    if not isinstance(cell, date):
        raise TypeError("only a day can be written with dots")
    return date_text(cell, "dd.mm.yyyy")
