"""Eastvale hands in semicolon-delimited text in the encoding of old Windows, month after month, one file misnamed."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from evaltools.synthetic.blemish import Spoiler, contradict, forget_id, repeat_lines
from evaltools.synthetic.delimited_bytes import delimited_bytes
from evaltools.synthetic.delivery import Delivery, plan_of, without_jobs
from evaltools.synthetic.journal import Journal
from evaltools.synthetic.layout_text import SheetText, layout_text
from evaltools.synthetic.programme import Programme
from evaltools.synthetic.provider_column import ProviderColumn as Col
from evaltools.synthetic.provider_column import date_text
from evaltools.synthetic.provider_records import client_records
from evaltools.synthetic.provider_sheet import ProviderSheet
from evaltools.synthetic.provider_words import SENTENCES as W
from evaltools.synthetic.sheet_traits import note_traits
from evaltools.synthetic.workbook_grid import Cell

__all__ = ["eastvale"]

_MAIN = "eastvale_clients_2018-08.csv"
_MISNAMED = "eastvale_clients_2018-09.xlsx"
_LAST = "eastvale_clients_2018-10.csv"
_DAY = ("dd/mm/yyyy",)


def _job(number: int) -> tuple[Col, ...]:
    return (
        Col(f"Job {number} start", "jobs.start_date", dates=_DAY, number=number),
        Col(f"Job {number} end", "jobs.end_date", dates=_DAY, number=number),
        Col(f"Job {number} reason left", "jobs.end_reason", W["end"], number=number),
        Col(f"Job {number} hours", "jobs.hours_per_week", number=number),
        Col(f"Job {number} pay (£/hr)", "jobs.wage_per_hour", number=number),
    )


_COLUMNS = (
    Col("Client’s number", "participants.participant_id"),
    Col("Age at referral", "participants.age_at_referral"),
    Col("Sex", "participants.sex", W["sex"]),
    Col("Ethnic group", "participants.ethnicity", W["ethnicity"]),
    Col("Client group", "participants.cohort", W["cohort"]),
    Col("Key worker", "enrolments.specialist_id"),
    Col("Source of referral", "enrolments.referral_source", W["source"]),
    Col("Date of referral", "enrolments.referral_date", dates=_DAY),
    Col("Date of first contact", "enrolments.first_contact_date", dates=_DAY),
    Col("Date engaged", "enrolments.engaged_date", dates=_DAY),
    Col("Work status at referral", "enrolments.employment_at_referral", W["work"]),
    Col("Months since last job", "enrolments.months_out_of_work"),
    Col("Benefit type", "enrolments.benefit_at_entry", W["benefit"]),
    *_job(1),
    *_job(2),
    *_job(3),
    Col("Date last seen", "enrolments.last_contact_date", dates=("d mmm yy",)),
    Col("Exit date", "enrolments.discharge_date", dates=("d mmm yy", "dd/mm/yyyy")),
    Col("Exit reason", "enrolments.discharge_reason", W["reason"]),
    Col("Notes"),
)


def eastvale(truth: Programme, journal: Journal) -> Delivery:
    """Write what Eastvale hands in.

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
    plan = plan_of("eastvale")
    records = client_records(truth, plan, wide_jobs=3)
    day = records["enrolments.referral_date"]
    second, third = pd.Timestamp(2018, 8, 1), pd.Timestamp(2018, 9, 1)
    main = _sheet(_MAIN, records.loc[day < second])
    misnamed = _sheet(_MISNAMED, records.loc[(day >= second) & (day < third)])
    last = _sheet(_LAST, records.loc[day >= third])
    repeat_lines(last, journal, 6, misnamed)
    free = without_jobs(truth)
    contradict(main, journal, "Sex", 1, free)
    forget_id(main, journal, "Client’s number", 1, free)
    _spoil(Spoiler(main, journal))
    main.blank()
    main.total("Total", len(main.lines))
    last.total("Total", len(last.lines))
    sheets = (main, misnamed, last)
    note_traits(sheets, journal)
    for sheet in sheets:
        journal.note("encoding cp1252", sheet.file)
        journal.note("delimiter semicolon", sheet.file)
    journal.note("mislabelled file", _MISNAMED)
    return Delivery(
        plan,
        {sheet.file: delimited_bytes([[*line.cells] for line in sheet.lines], ";", "cp1252") for sheet in sheets},
        layout_text(
            plan,
            ["eastvale_clients_*"],
            [
                SheetText(
                    "*", _COLUMNS, "One line a person with up to three jobs.", 3, constants={"jobs.competitive": "true"}
                )
            ],
            comment="Text files, one of them named .xlsx. Every job here is in open employment, so no column says so.",
        ),
        sheets,
    )


def _sheet(file: str, records: pd.DataFrame) -> ProviderSheet:
    sheet = ProviderSheet(file, "", _COLUMNS)
    sheet.title("Larkfield Works – Eastvale caseload (synthetic)")
    sheet.blank()
    sheet.header()
    sheet.records(records)
    return sheet


def _spoil(spoil: Spoiler) -> None:
    spoil.lost("impossible date", "Date of first contact", 2, lambda cell: "29/02/2018")
    spoil.lost("impossible date", "Exit date", 1, lambda cell: "31/06/2017")
    spoil.cells("second notation among text dates", "Exit date", 5, _slashed)
    spoil.lost("error as text", "Months since last job", 3, lambda cell: "#N/A")
    spoil.lost("error as text", "Age at referral", 1, lambda cell: "#REF!")
    spoil.lost("stray code", "Benefit type", 2, lambda cell: "ESA – see file")
    spoil.cells("trailing space", "Sex", 5, lambda cell: f"{cell}  ")
    spoil.cells("non-breaking space", "Ethnic group", 4, lambda cell: str(cell).replace(" ", "\u00a0"), _two_words)
    spoil.cells("", "Job 1 hours", 4, lambda cell: f"{cell} ")


def _two_words(line: object) -> bool:
    cells = getattr(line, "cells", [])
    return " " in str(cells[3])


def _slashed(cell: Cell) -> Cell:
    return date_text(datetime.strptime(str(cell), "%d-%b-%y").date(), "dd/mm/yyyy")
