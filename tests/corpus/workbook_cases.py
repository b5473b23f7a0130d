"""Workbooks, part by part: the same nastinesses in .xlsx, .xls, .xlsb and .ods."""

from __future__ import annotations

from cases import HEADER, Case, layout
from ods_parts import ods
from text_cases import JOBS, PEOPLE, SHORT
from xls_records import xls
from xlsb_records import xlsb
from xlsx_parts import MAIN, Cell, Day, Fault, Grid, Xml, letters, xlsx

# 3, 13 February and 1 March 2020 are days 43864, 43874 and 43891; 6 April, 4 May and 2 October 2020 are 43927, 43955, 44106
BODY: tuple[tuple[Cell, ...], ...] = (
    ("ZQ-01", "F", 34.0, Day(43864), Day(43927), Day(44106), 16.0),
    ("ZQ-02", "M", 51.0, Day(43874), None, None, None),
    ("ZQ-03", "X", 28.0, Day(43891), Day(43955), None, 37.5),
)
ROWS = (HEADER, *BODY)
LINES = {"Clients": "0 1 0 0 3 3 0 0"}
USUAL = {"people": PEOPLE, "jobs": JOBS, "lines": LINES}


def _in_1904(rows: tuple[tuple[Cell, ...], ...]) -> list[list[Cell]]:
    return [[Day(cell.serial - 1462) if isinstance(cell, Day) else cell for cell in row] for row in rows]


def _shared(title: str) -> str:
    """Shared strings with a phonetic run and a run in bold, which together read as `title`."""
    first, last = title[:3], title[3:]
    run = f'<r><t xml:space="preserve">{first}</t></r><r><rPr><b/></rPr><t xml:space="preserve">{last}</t></r>'
    names = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in (*HEADER[1:4], "ZQ-01", "F"))
    return f'<sst xmlns="{MAIN}"><si>{run}<rPh sb="0" eb="1"><t>noise</t></rPh></si>{names}</sst>'


NASTY = Grid(
    "Clients",
    (
        ("Camden\u00a0IPS", None, None, None),
        (),
        ("Client", None, None, "Referral"),
        ("ID", "Sex", "Age", "Date"),
        ("007", "F\u00a0", "34", Day(43864)),
        ("008", "\u200bM", Fault("#N/A"), "13/02/2020"),
        ("009", "X", 28.0, "29/02/2023"),
        ("Subtotal", None, 3.0, None),
        (),
        ("010", "M ", 40.0, Fault("#REF!")),
    ),
    hidden_rows=(6,),
    hidden_columns=(2,),
    merged=("A3:C3",),
)
NASTY_LAYOUT = {
    "site": "camden",
    "files": ["*"],
    "sheets": [
        {
            "sheet": "Clients",
            "header_row": 3,
            "header_rows": 2,
            "columns": {
                "Client / ID": {"field": "participants.participant_id"},
                "Client / Sex": {"field": "participants.sex"},
                "Client / Age": {"field": "participants.age_at_referral"},
                "Referral / Date": {"field": "enrolments.referral_date", "dates": ["typed", "dd/mm/yyyy"]},
            },
        }
    ],
}
NASTY_TRUTH = {
    "people": "007 | female | 34 | 2020-02-03\n008 | male | - | 2020-02-13",
    "said": {"D102": "D7", "D114": "C6; D10", "D116": "", "D117": "B5, B6, B10"},
    "lines": {"Clients": "1 2 2 1 4 2 0 2"},
}
NASTY_WORDS = (
    *("preamble", "header far down", "two-row header", "merged header", "hidden row", "hidden column", "total line"),
    *("blank line", "no such day", "leading zeros", "#N/A", "#REF!", "no-break space", "zero-width", "number as text"),
    *("trailing space", "text date"),
)
SECRET = Grid("Left early", (HEADER, ("ZQ-09", "F", 40.0, Day(43864), None, None, None)), state="hidden")
VERY_SECRET = Grid("Lists", (("Sex",), ("F",)), state="veryHidden")
TWO_SHEETS = layout(sheet="*")
PEOPLE_SHEET = Grid("People", (HEADER[:4], *(row[:4] for row in BODY)))
JOBS_SHEET = Grid(
    "Jobs",
    (
        ("Client ID", "Job no", "Start", "End", "Hours"),
        ("ZQ-01", 1.0, Day(43927), Day(44106), 16.0),
        ("ZQ-03", 1.0, Day(43955), None, 37.5),
        ("ZQ-99", 1.0, Day(43955), None, 20.0),
    ),
)
PEOPLE_AND_JOBS = {
    "site": "camden",
    "files": ["*"],
    "sheets": [
        SHORT["sheets"][0] | {"sheet": "People"},
        {
            "sheet": "Jobs",
            "columns": {
                "Client ID": {"field": "jobs.participant_id"},
                "Job no": {"field": "jobs.job_number"},
                "Start": {"field": "jobs.start_date", "dates": ["typed"]},
                "End": {"field": "jobs.end_date", "dates": ["typed"]},
                "Hours": {"field": "jobs.hours_per_week"},
            },
        },
    ],
}
PEOPLE_AND_JOBS_TRUTH = {
    "people": PEOPLE,
    "jobs": JOBS,
    "said": {"D113": "A4"},
    "lines": {"People": "0 1 0 0 3 3 0 0", "Jobs": "0 1 0 0 3 2 0 1"},
}
WIDE_HEADER = (*HEADER[:4], *(f"Job {n} {part}" for n in range(1, 7) for part in ("start", "end", "hours")))
WIDE = Grid(
    "Clients",
    (
        WIDE_HEADER,
        ("ZQ-01", "F", 34.0, Day(43864), Day(43927), Day(43955), 16.0, Day(43960), None, 20.0, *[None] * 12),
        ("ZQ-02", "M", 51.0, Day(43874), *[None] * 18),
        ("ZQ-03", "X", 28.0, Day(43891), *[None] * 15, Day(44000), Day(44106), 8.0),
    ),
)
WIDE_JOBS = """
    ZQ-01 | 1 | 2020-04-06 | 2020-05-04 | 16
    ZQ-01 | 2 | 2020-05-09 | -          | 20
    ZQ-03 | 6 | 2020-06-18 | 2020-10-02 | 8
"""
FAR_FORMATS = '<row r="1048576">' + "".join(f'<c r="{letters(n)}1048576" s="1"/>' for n in range(1, 60)) + "</row>"

WORKBOOK_CASES = (
    Case("xlsx", "april.xlsx", xlsx(Grid("Clients", ROWS)), (), layout(), **USUAL),
    Case("xls", "april.xls", xls(Grid("Clients", ROWS)), ("xls",), layout(), **USUAL),
    Case("xlsb", "april.xlsb", xlsb(Grid("Clients", ROWS)), ("xlsb",), layout(), **USUAL),
    Case("ods", "april.ods", ods(Grid("Clients", ROWS)), ("ods",), layout(), **USUAL),
    *(
        Case(
            f"1904_{kind}",
            f"april.{kind}",
            write(Grid("Clients", _in_1904(ROWS)), date1904=True),
            ("1904", *({kind} - {"xlsx"})),
            layout(),
            note="days counted from 1904",
            **USUAL,
        )
        for kind, write in (("xlsx", xlsx), ("xls", xls), ("xlsb", xlsb))
    ),
    *(
        Case(
            f"nasty_{kind}", f"april.{kind}", write(NASTY), (*NASTY_WORDS, *({kind} - {"xlsx"})), NASTY_LAYOUT, **NASTY_TRUTH
        )
        for kind, write in (("xlsx", xlsx), ("xls", xls), ("xlsb", xlsb), ("ods", ods))
    ),
    *(
        Case(
            f"hidden_sheets_{kind}",
            f"april.{kind}",
            write(Grid("Clients", ROWS), SECRET, VERY_SECRET),
            ("hidden sheet", "several sheets", *({kind} - {"xlsx"})),
            layout() | {"ignore_sheets": ["Lists"]},
            people=PEOPLE + "ZQ-09 | female | 40 | 2020-02-03",
            jobs=JOBS,
            said={"D116": ""},
            lines=LINES | {"Left early": "0 1 0 0 1 1 0 0"},
            note="hidden: the whole sheet",
        )
        for kind, write in (("xlsx", xlsx), ("xls", xls), ("xlsb", xlsb), ("ods", ods))
    ),
    *(
        Case(
            f"people_and_jobs_{kind}",
            f"april.{kind}",
            write(PEOPLE_SHEET, JOBS_SHEET),
            ("several sheets", *({kind} - {"xlsx"})),
            PEOPLE_AND_JOBS,
            **PEOPLE_AND_JOBS_TRUTH,
        )
        for kind, write in (("xlsx", xlsx), ("ods", ods))
    ),
    *(
        Case(
            f"job_1_to_job_6_{kind}",
            f"april.{kind}",
            write(WIDE),
            ("wide jobs", *({kind} - {"xlsx"})),
            layout(times=6),
            people=PEOPLE,
            jobs=WIDE_JOBS,
            lines=LINES,
        )
        for kind, write in (("xlsx", xlsx), ("xls", xls), ("xlsb", xlsb))
    ),
    Case(
        "several_sheets_of_one_table",
        "year.xlsx",
        xlsx(Grid("April", ROWS[:3]), Grid("May", (HEADER, BODY[2], BODY[1])), Grid("Notes", (("Read me first",),))),
        ("several sheets",),
        layout() | {"ignore_sheets": ["Notes"]},
        people=PEOPLE,
        jobs=JOBS,
        said={"D112": ""},
        lines={"April": "0 1 0 0 2 2 0 0", "May": "0 1 0 0 2 1 1 0"},
    ),
    Case(
        "typed_serial_and_text_days_in_one_column",
        "april.xlsx",
        xlsx(
            Grid(
                "Clients",
                (
                    HEADER[:4],
                    ("ZQ-01", "F", 34.0, Day(43864)),
                    ("ZQ-02", "M", 51.0, 43874.0),
                    ("ZQ-03", "X", 28.0, "01/03/2020"),
                    ("ZQ-04", "F", 30.0, Day(43893.5, 3)),
                    ("ZQ-05", "F", 31.0, "soon"),
                    ("ZQ-06", "F", 32.0, Day(0.5, 4)),
                ),
            )
        ),
        ("serial", "text date"),
        layout(times=0, dates=("typed", "serial 1900", "dd/mm/yyyy")),
        people=PEOPLE + "ZQ-04 | female | 30 | 2020-03-03",
        said={"D102": "D6, D7"},
        lines={"Clients": "0 1 0 0 6 4 0 2"},
    ),
    Case(
        "typed_days_beside_text_that_two_notations_read",
        "april.xlsx",
        xlsx(
            Grid(
                "Clients",
                (
                    HEADER[:4],
                    ("ZQ-01", "F", 34.0, Day(43864)),
                    ("ZQ-02", "M", 51.0, "02/10/2020"),
                    ("ZQ-03", "X", 28.0, "03/03/2020"),
                ),
            )
        ),
        ("two readings", "text date"),
        layout(times=0, dates=("typed", "dd/mm/yyyy", "mm/dd/yyyy")),
        people="ZQ-01 | female | 34 | 2020-02-03\nZQ-03 | other | 28 | 2020-03-03",
        said={"D103": "D3"},
        lines={"Clients": "0 1 0 0 3 2 0 1"},
    ),
    Case(
        "iso_date_cells",
        "april.xlsx",
        xlsx(
            Grid(
                "Clients",
                (
                    HEADER[:4],
                    ("ZQ-01", "F", 34.0, Xml('<c r="{r}" t="d"><v>2020-02-03</v></c>')),
                    ("ZQ-02", "M", 51.0, Xml('<c r="{r}" s="1" t="d"><v>2020-02-13T09:30:00</v></c>')),
                ),
            )
        ),
        ("text date",),
        SHORT,
        people="ZQ-01 | female | 34 | 2020-02-03\nZQ-02 | male | 51 | 2020-02-13",
        lines={"Clients": "0 1 0 0 2 2 0 0"},
    ),
    Case(
        "numbers_shown_with_leading_zeros",
        "april.xlsx",
        xlsx(
            Grid(
                "Clients",
                (
                    HEADER[:4],
                    (Day(7.0, 5), "F", 34.0, Day(43864)),
                    ("0008", "M", 51.0, Day(43874)),
                    (12345.0, "X", 28.0, Day(43891)),
                ),
            )
        ),
        ("leading zeros", "number as text"),
        SHORT,
        people="0007 | female | 34 | 2020-02-03\n0008 | male | 51 | 2020-02-13\n12345 | other | 28 | 2020-03-01",
        lines=LINES,
    ),
    Case(
        "newer_error_values",
        "april.xlsx",
        xlsx(
            Grid(
                "Clients",
                (
                    HEADER[:4],
                    ("ZQ-01", Fault("#SPILL!"), 34.0, Day(43864)),
                    ("ZQ-02", "M", Fault("#CALC!"), Day(43874)),
                    ("ZQ-03", "X", Fault("#N/A"), Day(43891)),
                ),
            )
        ),
        ("newer error", "#N/A"),
        SHORT,
        people="ZQ-01 | - | 34 | 2020-02-03\nZQ-02 | male | - | 2020-02-13\nZQ-03 | other | - | 2020-03-01",
        said={"D114": "B2; C3, C4"},
        lines=LINES,
    ),
    Case(
        "newer_error_values_in_cells_without_places",
        "april.xlsx",
        xlsx(Grid("Clients", (HEADER[:4], (Fault("#FIELD!"), "F", 34.0, Day(43864)), (None, *BODY[1][1:4])), places=False)),
        ("newer error",),
        SHORT,
        said={"D114": "A2", "D110": "A3"},
        lines={"Clients": "0 1 0 0 2 0 0 2"},
    ),
    Case(
        "formulas_with_and_without_values",
        "april.xlsx",
        xlsx(
            Grid(
                "Clients",
                (
                    HEADER[:4],
                    (
                        Xml('<c r="{r}" t="str"><f>"ZQ-"&amp;"01"</f><v>ZQ-01</v></c>'),
                        "F",
                        Xml('<c r="{r}"><f>30+4</f><v>34</v></c>'),
                        Xml('<c r="{r}" s="1"><f>DATE(2020,2,3)</f><v>43864</v></c>'),
                    ),
                    ("ZQ-02", "M", Xml('<c r="{r}"><f>50+1</f></c>'), Day(43874)),
                    ("ZQ-03", Xml('<c r="{r}" t="str"><f>""</f><v></v></c>'), 28.0, Day(43891)),
                ),
            )
        ),
        ("formula",),
        SHORT,
        people="ZQ-01 | female | 34 | 2020-02-03\nZQ-02 | male | - | 2020-02-13\nZQ-03 | - | 28 | 2020-03-01",
        said={"D114": "C3"},
        lines=LINES,
    ),
    Case(
        "an_identifier_whose_formula_has_no_value",
        "april.xlsx",
        xlsx(Grid("Clients", (HEADER[:4], (Xml('<c r="{r}"><f>A1</f></c>'), "F", 34.0, Day(43864)), BODY[1][:4]))),
        ("formula",),
        SHORT,
        people="ZQ-02 | male | 51 | 2020-02-13",
        said={"D114": "A2"},
        lines={"Clients": "0 1 0 0 2 1 0 1"},
    ),
    Case(
        "rich_text_and_phonetic_runs",
        "april.xlsx",
        xlsx(
            Grid("Clients", (("Client ID", *HEADER[1:4]), ("ZQ-01", "F", 34.0, Day(43864)))),
            **{"xl__sharedStrings.xml": _shared("Client ID")},
        ),
        ("line break in cell",),
        SHORT,
        people="ZQ-01 | female | 34 | 2020-02-03",
        lines={"Clients": "0 1 0 0 1 1 0 0"},
    ),
    Case(
        "inline_texts_with_breaks",
        "april.xlsx",
        xlsx(
            Grid(
                "Clients",
                (("Client\nID", *HEADER[1:4], "Notes"), ("ZQ-01", "F", 34.0, Day(43864), "seen\ntwice")),
                inline=True,
            )
        ),
        ("line break in cell",),
        layout(times=0, ignore=["Notes"]),
        people="ZQ-01 | female | 34 | 2020-02-03",
        lines={"Clients": "0 1 0 0 1 1 0 0"},
    ),
    Case(
        "columns_of_no_width_and_rows_of_no_height",
        "april.xlsx",
        xlsx(
            Grid(
                "Clients",
                ROWS,
                columns='<col min="7" max="7" width="0" customWidth="1"/>',
                more_rows='<row r="5" ht="0" customHeight="1"><c r="A5" t="inlineStr"><is><t>ZQ-04</t></is></c>'
                '<c r="D5" s="1"><v>43864</v></c></row>',
            )
        ),
        ("hidden row", "hidden column"),
        layout(),
        people=PEOPLE + "ZQ-04 | - | - | 2020-02-03",
        jobs=JOBS,
        said={"D116": ""},
        lines={"Clients": "0 1 0 0 4 4 0 0"},
        note="hidden: row 5, column G",
    ),
    Case(
        "formatted_to_the_last_row",
        "april.xlsx",
        xlsx(Grid("Clients", ROWS, more_rows=FAR_FORMATS)),
        ("formatted far",),
        layout(),
        **USUAL,
    ),
    Case(
        "ods_with_a_million_empty_rows",
        "april.ods",
        ods(
            Grid(
                "Clients",
                ROWS,
                more_rows='<table:table-row table:number-rows-repeated="1048572">'
                '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>',
            )
        ),
        ("formatted far", "ods"),
        layout(),
        **USUAL,
    ),
    Case(
        "ods_notes_breaks_and_repeats",
        "april.ods",
        ods(
            Grid(
                "Clients",
                (
                    (
                        Xml(
                            '<table:table-cell office:value-type="string"><office:annotation><text:p>a note</text:p>'
                            "</office:annotation><text:p>Client<text:line-break/>ID</text:p></table:table-cell>"
                        ),
                        *HEADER[1:4],
                    ),
                    BODY[0][:4],
                ),
                more_rows='<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string">'
                '<text:p>ZQ-02</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>M</text:p>'
                '</table:table-cell><table:table-cell office:value-type="float" office:value="51"/>'
                '<table:table-cell office:value-type="date" office:date-value="2020-02-13"/></table:table-row>',
            )
        ),
        ("ods", "line break in cell"),
        SHORT,
        people="ZQ-01 | female | 34 | 2020-02-03\nZQ-02 | male | 51 | 2020-02-13",
        said={"D112": ""},
        lines={"Clients": "0 1 0 0 3 2 1 0"},
    ),
    Case(
        "a_part_in_utf16",
        "april.xlsx",
        xlsx(
            Grid("Clients", ()),
            **{
                "xl__worksheets__sheet1.xml": (
                    f'<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="{MAIN}"><sheetData>'
                    '<row r="1">'
                    + "".join(
                        f'<c r="{letters(n)}1" t="inlineStr"><is><t>{name}</t></is></c>'
                        for n, name in enumerate(HEADER[:4], 1)
                    )
                    + '</row><row r="2"><c r="A2" t="inlineStr"><is><t>ZQ-01</t></is></c><c r="B2" t="e"><v>#N/A</v></c>'
                    '<c r="C2"><v>34</v></c><c r="D2" s="1"><v>43864</v></c></row></sheetData></worksheet>'
                ).encode("utf-16"),
            },
        ),
        ("utf-16", "#N/A"),
        SHORT,
        people="ZQ-01 | - | 34 | 2020-02-03",
        said={"D114": "B2"},
        lines={"Clients": "0 1 0 0 1 1 0 0"},
    ),
    Case(
        "a_workbook_named_csv",
        "april.csv",
        xlsx(Grid("Clients", ROWS)),
        ("mislabelled",),
        layout(),
        people=PEOPLE,
        jobs=JOBS,
        said={"D120": ""},
        lines=LINES,
    ),
    Case(
        "a_new_workbook_named_xls",
        "april.xls",
        xlsx(Grid("Clients", _in_1904(ROWS)), date1904=True),
        ("mislabelled", "1904"),
        layout(),
        people=PEOPLE,
        jobs=JOBS,
        said={"D120": ""},
        lines=LINES,
    ),
    Case(
        "header_in_row_30_of_a_workbook",
        "april.xlsx",
        xlsx(Grid("Clients", (*[(f"Note {n}",) for n in range(1, 30)], *ROWS))),
        ("preamble", "header far down"),
        layout(header_row=30),
        people=PEOPLE,
        jobs=JOBS,
        lines={"Clients": "29 1 0 0 3 3 0 0"},
    ),
    Case(
        "merged_header_over_two_jobs",
        "april.xlsx",
        xlsx(
            Grid(
                "Clients",
                (
                    ("Client", None, None, None, "Job", None, None),
                    ("ID", "Sex", "Age", "Referred", "Start", "End", "Hours"),
                    *BODY,
                ),
                merged=("A1:D1", "E1:G1"),
            )
        ),
        ("two-row header", "merged header"),
        {
            "site": "camden",
            "files": ["*"],
            "sheets": [
                {
                    "header_rows": 2,
                    "columns": {
                        "Client / ID": {"field": "participants.participant_id"},
                        "Client / Sex": {"field": "participants.sex"},
                        "Client / Age": {"field": "participants.age_at_referral"},
                        "Client / Referred": {"field": "enrolments.referral_date", "dates": ["typed"]},
                        "Job / Start": {"field": "jobs.start_date", "dates": ["typed"]},
                        "Job / End": {"field": "jobs.end_date", "dates": ["typed"]},
                        "Job / Hours": {"field": "jobs.hours_per_week"},
                    },
                }
            ],
        },
        people=PEOPLE,
        jobs=JOBS.replace("| 1 |", "| - |"),
        lines={"Clients": "0 2 0 0 3 3 0 0"},
    ),
)
