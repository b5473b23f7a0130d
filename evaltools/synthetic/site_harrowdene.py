"""Harrowdene hands in an OpenDocument workbook of people, and jobs as tab-delimited text in two byte orders."""

from __future__ import annotations

import pandas as pd

from evaltools.synthetic.blemish import Spoiler, contradict, hide, repeat_lines
from evaltools.synthetic.delimited_bytes import delimited_bytes
from evaltools.synthetic.delivery import Delivery, Refusal, plan_of, without_jobs
from evaltools.synthetic.journal import Journal
from evaltools.synthetic.layout_text import SheetText, layout_text
from evaltools.synthetic.ods_bytes import ods_bytes
from evaltools.synthetic.programme import Programme
from evaltools.synthetic.provider_column import ProviderColumn as Col
from evaltools.synthetic.provider_records import client_records, job_records
from evaltools.synthetic.provider_sheet import ProviderSheet
from evaltools.synthetic.provider_words import SENTENCES as W
from evaltools.synthetic.sheet_traits import note_traits
from evaltools.synthetic.workbook_grid import ErrorCell, GridBook

__all__ = ["harrowdene"]

_BOOK = "harrowdene_people.ods"
_CUT = "harrowdene_people_copy.ods"
_HALF_YEARS = {
    "harrowdene_jobs_2018a.tsv": ("2017-10-01", "2018-07-01", "utf-16 le with mark"),
    "harrowdene_jobs_2018b.tsv": ("2018-07-01", "2019-01-01", "utf-16 be with mark"),
    "harrowdene_jobs_2019a.tsv": ("2019-01-01", "2019-07-01", "utf-16 le with mark"),
    "harrowdene_jobs_2019b.tsv": ("2019-07-01", "2020-01-01", "utf-16 be with mark"),
}
_DAY = ("typed", "dd-mm-yyyy")
_PEOPLE = (
    Col("Unique reference", "participants.participant_id"),
    Col("Year of birth", "participants.birth_year"),
    Col("Gender", "participants.sex", W["sex"]),
    Col("Ethnic group", "participants.ethnicity", W["ethnicity"]),
    Col("Primary diagnosis", "participants.cohort", W["cohort"]),
    Col("Deprivation", "participants.deprivation_quintile"),
    Col("Employment specialist", "enrolments.specialist_id"),
    Col("Referral source", "enrolments.referral_source", W["source"]),
    Col("Referral date", "enrolments.referral_date", dates=_DAY),
    Col("First contact", "enrolments.first_contact_date", dates=_DAY),
    Col("VP start", "enrolments.profile_started_date", dates=_DAY),
    Col("VP complete", "enrolments.profile_completed_date", dates=_DAY),
    Col("Third appointment", "enrolments.third_appointment_date", dates=_DAY),
    Col("In work at referral", "enrolments.employment_at_referral", W["work"]),
    Col("Months out of work", "enrolments.months_out_of_work"),
    Col("Benefit", "enrolments.benefit_at_entry", W["benefit"]),
    Col("Last contact", "enrolments.last_contact_date", dates=_DAY),
    Col("Closed", "enrolments.discharge_date", dates=_DAY),
    Col("Exit reason", "enrolments.discharge_reason", W["reason"]),
    Col("Notes"),
)
_TEXT_DAY = ("d mmm yyyy",)
_JOBS = (
    Col("Unique reference", "jobs.participant_id"),
    Col("Job no", "jobs.job_number"),
    Col("Employment start", "jobs.start_date", dates=_TEXT_DAY),
    Col("Employment end", "jobs.end_date", dates=_TEXT_DAY),
    Col("Reason left", "jobs.end_reason", W["end"]),
    Col("Hours per week", "jobs.hours_per_week"),
    Col("Open employment", "jobs.competitive", W["yes"]),
    Col("Pay per hour", "jobs.wage_per_hour"),
    Col("Sector", "jobs.sector"),
    Col("Notes"),
)


def harrowdene(truth: Programme, journal: Journal) -> Delivery:
    """Write what Harrowdene hands in.

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
    plan = plan_of("harrowdene")
    people = _people(truth, journal)
    jobs = _jobs(truth, journal)
    sheets = (*people, *jobs)
    note_traits(sheets, journal)
    texts = {}
    for sheet in jobs:
        encoding = _HALF_YEARS[sheet.file][2]
        texts[sheet.file] = delimited_bytes([line.cells for line in sheet.lines], "\t", encoding)
        journal.note(f"encoding {encoding}", sheet.file)
        journal.note("delimiter tab", sheet.file)
    for sheet in people:
        journal.note("one table over several sheets", sheet.file, sheet.name)
    journal.note("truncated workbook", _CUT)
    book = ods_bytes(GridBook(tuple(sheet.grid() for sheet in people)))
    part = ods_bytes(GridBook((people[1].grid(),)), compressed=False)
    return Delivery(
        plan,
        {
            _BOOK: book,
            _CUT: part[: len(part) // 9],
        }
        | texts,
        layout_text(
            plan,
            ["harrowdene_people*.ods", "harrowdene_jobs_*.tsv"],
            [
                SheetText("Referrals 2017-18", _PEOPLE, "People, first two years.", header_row=2),
                SheetText("Referrals 2019", _PEOPLE, "People, last year.", header_row=15),
                SheetText("*", _JOBS, "Jobs: the text files."),
            ],
            comment="People are in a workbook with a sheet for each period, jobs in text files with tabs.",
        ),
        sheets,
        (Refusal(_CUT, "truncated"),),
    )


def _people(truth: Programme, journal: Journal) -> tuple[ProviderSheet, ProviderSheet]:
    records = client_records(truth, plan_of("harrowdene"))
    later = records["enrolments.referral_date"] >= pd.Timestamp(2019, 1, 1)
    first = ProviderSheet(_BOOK, "Referrals 2017-18", _PEOPLE)
    first.title("Fernley House: referrals (synthetic)")
    second = ProviderSheet(_BOOK, "Referrals 2019", _PEOPLE)
    second.title("Fernley House: referrals (synthetic)", "2019")
    second.blank()
    for text in ("Prepared for the commissioner", "Personal data: do not forward", "Dates as day-month-year"):
        second.title(text)
    second.blank()
    for word in W["reason"].values():
        second.title("Exit reason", *word)
    second.blank()
    for sheet, rows in ((first, records.loc[~later]), (second, records.loc[later])):
        sheet.header()
        sheet.records(rows)
    repeat_lines(first, journal, 2)
    contradict(first, journal, "Gender", 1, without_jobs(truth))
    spoil = Spoiler(first, journal)
    spoil.cells("text date", "VP start", 20, lambda cell: f"{cell:%d-%m-%Y}")
    spoil.lost("impossible date", "VP complete", 1, lambda cell: "29-02-2019")
    spoil.lost("error cell", "Months out of work", 2, lambda cell: ErrorCell("#N/A"))
    spoil.lost("error cell", "Deprivation", 1, lambda cell: ErrorCell("#REF!"))
    spoil.cells("trailing space", "Benefit", 4, lambda cell: f"{cell} ")
    spoil.cells("", "Year of birth", 4, lambda cell: f"{cell} ")
    hide(first, journal, 3, ("Notes",))
    first.blank()
    first.total("Total", len(first.lines))
    second.total("Grand total", len(records))
    return first, second


def _jobs(truth: Programme, journal: Journal) -> tuple[ProviderSheet, ...]:
    records = job_records(truth, plan_of("harrowdene"))
    day = records["jobs.start_date"]
    sheets = []
    for file, (first, after, _) in _HALF_YEARS.items():
        sheet = ProviderSheet(file, "", _JOBS)
        sheet.header()
        sheet.records(records.loc[(day >= pd.Timestamp(first)) & (day < pd.Timestamp(after))])
        sheets.append(sheet)
    spoil = Spoiler(sheets[0], journal)
    spoil.cells("zero-width character", "Sector", 2, lambda cell: f"{cell}\u200b")
    spoil.cells("non-breaking space", "Unique reference", 2, lambda cell: f"{cell}\u00a0")
    Spoiler(sheets[2], journal).lost("stray code", "Reason left", 1, lambda cell: "Client’s choise")
    repeat_lines(sheets[2], journal, 2, sheets[0])
    return tuple(sheets)
