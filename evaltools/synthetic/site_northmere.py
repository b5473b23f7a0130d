"""Northmere hands in one workbook with the 1904 date system, and two copies of it that nobody can read."""

from __future__ import annotations

from datetime import date, timedelta

from evaltools.synthetic.blemish import Spoiler, contradict, forget_id, hide, repeat_lines
from evaltools.synthetic.delivery import Delivery, Refusal, plan_of, without_jobs
from evaltools.synthetic.journal import Journal
from evaltools.synthetic.layout_text import SheetText, layout_text
from evaltools.synthetic.locked_workbook import locked_workbook
from evaltools.synthetic.programme import Programme
from evaltools.synthetic.provider_column import ProviderColumn as Col
from evaltools.synthetic.provider_column import date_text
from evaltools.synthetic.provider_records import client_records, evidence_records, job_records, specialist_records
from evaltools.synthetic.provider_sheet import ProviderSheet
from evaltools.synthetic.provider_words import LETTERS as W
from evaltools.synthetic.sheet_traits import note_traits
from evaltools.synthetic.workbook_grid import Cell, ErrorCell, GridBook, GridSheet
from evaltools.synthetic.xlsx_bytes import xlsx_bytes

__all__ = ["northmere"]

_FILE = "northmere_register_2019-09.xlsx"
_LOCKED = "northmere_register_2019-08.xlsx"
_CUT = "northmere_register_2019-07.xlsx"
_ALL = ("typed", "dd/mm/yyyy", "d mmm yyyy", "serial 1904")
_CLIENTS = (
    Col("Client ID", "participants.participant_id"),
    Col("Postcode"),
    Col("YOB", "participants.birth_year"),
    Col("Gender", "participants.sex", W["sex"]),
    Col("Ethnicity", "participants.ethnicity", W["ethnicity"]),
    Col("Prim. Diag.", "participants.cohort", W["cohort"]),
    Col("IMD quintile", "participants.deprivation_quintile"),
    Col("ES", "enrolments.specialist_id"),
    Col("Referred by", "enrolments.referral_source", W["source"]),
    Col("Date referred", "enrolments.referral_date", dates=_ALL),
    Col("First seen", "enrolments.first_contact_date", dates=_ALL),
    Col("VP started", "enrolments.profile_started_date", dates=_ALL),
    Col("VP completed", "enrolments.profile_completed_date", dates=_ALL),
    Col("Appt 3", "enrolments.third_appointment_date", dates=_ALL),
    Col("Emp status", "enrolments.employment_at_referral", W["work"]),
    Col("Months out of work", "enrolments.months_out_of_work"),
    Col("Main benefit", "enrolments.benefit_at_entry", W["benefit"]),
    Col("Last contact", "enrolments.last_contact_date", dates=_ALL),
    Col("Date closed", "enrolments.discharge_date", dates=_ALL),
    Col("Reason closed", "enrolments.discharge_reason", W["reason"]),
    Col("Notes"),
)
_JOBS = (
    Col("Client ID", "jobs.participant_id"),
    Col("Job no", "jobs.job_number"),
    Col("Employer"),
    Col("Job start", "jobs.start_date", dates=_ALL),
    Col("Job end", "jobs.end_date", dates=_ALL),
    Col("Reason left", "jobs.end_reason", W["end"]),
    Col("Hrs/wk", "jobs.hours_per_week"),
    Col("Open employment", "jobs.competitive", W["yes"]),
    Col("Hourly rate", "jobs.wage_per_hour"),
    Col("Sector", "jobs.sector"),
    Col("Disclosed", "jobs.disclosed", W["yes"]),
    Col("Notes"),
)
_EVIDENCE = (
    Col("Client / ID", "evidence.participant_id"),
    Col("Claim / Milestone", "evidence.milestone", W["milestone"]),
    Col("Claim / Date", "evidence.evidence_date", dates=("typed",)),
    Col("Proof / Type", "evidence.evidence_type", W["evidence"]),
    Col("Proof / Verified", "evidence.validated", W["yes"]),
)
_TEAM = (
    Col("ES", "specialists.specialist_id"),
    Col("In post from", "specialists.from_date", dates=("typed",)),
    Col("In post to", "specialists.to_date", dates=("typed",)),
    Col("WTE", "specialists.fte"),
)


def northmere(truth: Programme, journal: Journal) -> Delivery:
    """Write what Northmere hands in.

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
    plan = plan_of("northmere")
    sheets = (_clients(truth, journal), _jobs(truth, journal), _evidence(truth), _team(truth))
    note_traits(sheets, journal)
    lists = GridSheet("Lists", (("Reason closed",), ("Completed",), ("Disengaged",)), hidden=True)
    book = GridBook((*(sheet.grid() for sheet in sheets), lists), date1904=True)
    whole = xlsx_bytes(GridBook((sheets[1].grid(),), date1904=True), compressed=False)
    journal.note("1904 date system", _FILE)
    journal.note("hidden sheet", _FILE, "Lists")
    journal.note("password-protected workbook", _LOCKED)
    journal.note("truncated workbook", _CUT)
    return Delivery(
        plan,
        {_FILE: xlsx_bytes(book), _LOCKED: locked_workbook(_LOCKED), _CUT: whole[: len(whole) // 4]},
        layout_text(
            plan,
            ["northmere_register_*.xlsx"],
            [
                SheetText("Clients", _CLIENTS, "One line a person, under a title of three lines.", header_row=5),
                SheetText("Jobs", _JOBS, "One line a job.", header_row=2),
                SheetText("Evidence", _EVIDENCE, "What was claimed. Two header rows.", header_row=1, header_rows=2),
                SheetText("Team", _TEAM, "Posts. The sheet is hidden, and real."),
            ],
            ignore_sheets=["Lists"],
            comment="Days are counted from 1904 here; text dates and bare day numbers stand among real dates.",
        ),
        sheets,
        (Refusal(_LOCKED, "password"), Refusal(_CUT, "truncated")),
        ((_FILE, "Lists"),),
    )


def _clients(truth: Programme, journal: Journal) -> ProviderSheet:
    sheet = ProviderSheet(_FILE, "Clients", _CLIENTS)
    sheet.title("Larkfield Works: IPS register, Northmere")
    sheet.title("Synthetic data", "made by evaltools")
    sheet.title("Return to 30/09/2019")
    sheet.blank()
    sheet.header()
    records = client_records(truth, plan_of("northmere"))
    for year, part in records.groupby(records["enrolments.referral_date"].dt.year):
        sheet.records(part)
        sheet.total("Subtotal", f"{year}", len(part))
        sheet.blank()
    free = without_jobs(truth)
    repeat_lines(sheet, journal, 4)
    contradict(sheet, journal, "Gender", 2, free)
    forget_id(sheet, journal, "Client ID", 2, free)
    sheet.total("Total", None, len(records))
    _spoil_clients(Spoiler(sheet, journal))
    hide(sheet, journal, 3, ("Postcode",))
    return sheet


def _spoil_clients(spoil: Spoiler) -> None:
    spoil.cells("text date", "First seen", 25, lambda cell: _written(cell, "dd/mm/yyyy"))
    spoil.cells("text date", "VP completed", 15, lambda cell: _written(cell, "d mmm yyyy"))
    spoil.cells("", "VP started", 12, lambda cell: _written(cell, "serial 1904"))
    spoil.cells("", "VP started", 6, lambda cell: str(_written(cell, "serial 1904")))
    spoil.lost("impossible date", "VP completed", 2, lambda cell: "29/02/2019")
    spoil.lost("impossible date", "Appt 3", 1, lambda cell: "31/04/2018")
    spoil.lost("error cell", "Months out of work", 5, lambda cell: ErrorCell("#N/A"))
    spoil.lost("error cell", "IMD quintile", 2, lambda cell: ErrorCell("#REF!"))
    spoil.lost("error as text", "Months out of work", 2, lambda cell: "#N/A")
    spoil.lost("stray code", "Ethnicity", 2, lambda cell: "Wht Brit?")
    spoil.cells("trailing space", "Client ID", 6, lambda cell: f"{cell} ")
    spoil.cells("trailing space", "Main benefit", 6, lambda cell: f"{cell} ")
    spoil.cells("non-breaking space", "Client ID", 3, lambda cell: f"\u00a0{cell}")
    spoil.cells("zero-width character", "Gender", 3, lambda cell: f"{cell}\u200b")
    spoil.cells("", "YOB", 8, lambda cell: f"{cell}")


def _jobs(truth: Programme, journal: Journal) -> ProviderSheet:
    plan = plan_of("northmere")
    sheet = ProviderSheet(_FILE, "Jobs", _JOBS)
    sheet.title("Jobs started, all years")
    sheet.header()
    sheet.records(job_records(truth, plan))
    referred = truth.enrolments.set_index("participant_id")["referral_date"]
    spoil = Spoiler(sheet, journal)
    for line in spoil.cells("job start before referral", "Job start", 2, lambda cell: cell, lambda line: line.key[1] == 2):
        before = referred[line.key[0]].date() - timedelta(days=200)
        line.cells[sheet.place("Job start")] = before
        journal.change("jobs.start_date", line.key, before)
    spoil.refused("impossible date", "Job start", 1, lambda cell: "30/02/2018", lambda line: line.key[1] >= 2)
    spoil.lost("impossible date", "Job end", 1, lambda cell: "31/11/2018", lambda line: line.key[1] >= 2)
    spoil.cells("trailing space", "Client ID", 5, lambda cell: f"{cell} ")
    spoil.cells("", "Hrs/wk", 5, lambda cell: f"{cell} ")
    spoil.cells("text date", "Job start", 9, lambda cell: _written(cell, "d mmm yyyy"))
    repeat_lines(sheet, journal, 3)
    hide(sheet, journal, 0, ("Employer",))
    sheet.blank()
    sheet.total("Total", None, None, len(sheet.lines))
    return sheet


def _evidence(truth: Programme) -> ProviderSheet:
    sheet = ProviderSheet(_FILE, "Evidence", _EVIDENCE)
    sheet.header()
    sheet.records(evidence_records(truth, plan_of("northmere")))
    return sheet


def _team(truth: Programme) -> ProviderSheet:
    sheet = ProviderSheet(_FILE, "Team", _TEAM, hidden=True)
    sheet.header()
    sheet.records(specialist_records(truth, plan_of("northmere")))
    return sheet


def _written(cell: Cell, notation: str) -> Cell:
    if not isinstance(cell, date):
        raise TypeError("only a day can be written in another notation")
    return date_text(cell, notation)
