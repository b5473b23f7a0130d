"""Text files, byte by byte."""

from __future__ import annotations

from cases import Case, layout

HEAD = "Client ID,Sex,Age,Referred,Job 1 start,Job 1 end,Job 1 hours\n"
BODY = "ZQ-01,F,34,03/02/2020,06/04/2020,02/10/2020,16\nZQ-02,M,51,13/02/2020,,,\nZQ-03,X,28,01/03/2020,04/05/2020,,37.5\n"
PLAIN = HEAD + BODY
PEOPLE = """
    ZQ-01 | female | 34 | 2020-02-03
    ZQ-02 | male   | 51 | 2020-02-13
    ZQ-03 | other  | 28 | 2020-03-01
"""
JOBS = """
    ZQ-01 | 1 | 2020-04-06 | 2020-10-02 | 16
    ZQ-03 | 1 | 2020-05-04 | -          | 37.5
"""
USUAL = {"people": PEOPLE, "jobs": JOBS, "lines": {"": "0 1 0 0 3 3 0 0"}}
SHORT = layout(times=0)


def _semicolons(text: str) -> str:
    return text.replace(",", ";")


TEXT_CASES = (
    Case("plain", "april.csv", PLAIN.encode(), (), layout(), **USUAL),
    Case("utf8_mark", "april.csv", b"\xef\xbb\xbf" + PLAIN.encode(), ("utf-8 mark",), layout(), **USUAL),
    Case(
        "utf8_mark_semicolon_crlf",
        "april.csv",
        b"\xef\xbb\xbf" + _semicolons(PLAIN).replace("\n", "\r\n").encode(),
        ("utf-8 mark", "semicolon"),
        layout(),
        **USUAL,
    ),
    Case(
        "utf16_little_endian_tabs",
        "april.txt",
        b"\xff\xfe" + PLAIN.replace(",", "\t").encode("utf-16-le"),
        ("utf-16", "tab", "tsv"),
        layout(),
        **USUAL,
    ),
    Case("utf16_big_endian", "april.csv", b"\xfe\xff" + PLAIN.encode("utf-16-be"), ("utf-16",), layout(), **USUAL),
    Case("utf16_no_mark", "april.csv", PLAIN.encode("utf-16-le"), ("utf-16 without mark",), layout(), **USUAL),
    Case(
        "utf16_big_no_mark_semicolon_accents",
        "april.csv",
        _semicolons(PLAIN.replace("Sex", "Séx")).encode("utf-16-be"),
        ("utf-16 without mark", "semicolon"),
        layout(columns={"Sex": None, "Séx": {"field": "participants.sex"}}),
        **USUAL,
    ),
    Case(
        "cp1252_accents_in_headers_and_codes",
        "april.csv",
        b"Client ID,S\xe9x,Age,Referred\nZQ-01,F\xe9minin,34,03/02/2020\nZQ-02,\x93M\x94,51,13/02/2020\n",
        ("cp1252", "smart quotes"),
        layout(
            times=0,
            columns={"Sex": None, "Séx": {"field": "participants.sex", "codes": {"Féminin": "female", '"M"': "male"}}},
        ),
        people="ZQ-01 | female | 34 | 2020-02-03\nZQ-02 | male | 51 | 2020-02-13",
        said={"D117": "B3"},
        lines={"": "0 1 0 0 2 2 0 0"},
    ),
    Case(
        "cp1252_pounds_and_no_break_spaces",
        "april.csv",
        b"Client ID;Sex;Age;Referred;Wage\r\nZQ-01\xa0;F\xa0;34;03/02/2020;\xa39.50\r\n",
        ("cp1252", "semicolon", "no-break space"),
        layout(times=0, ignore=["Wage"]),
        people="ZQ-01 | female | 34 | 2020-02-03",
        said={"D117": ""},
        lines={"": "0 1 0 0 1 1 0 0"},
    ),
    Case(
        "half_utf8_half_cp1252",
        "april.csv",
        "Client ID,Sex,Age,Referred,Town\nZQ-01,F,34,03/02/2020,Fishguard – Café\n".encode()
        + b"ZQ-02,M,51,13/02/2020,Caf\xe9\n",
        ("mixed encodings",),
        SHORT,
        refused="UTF-8 in some lines and not in others (from line 3)",
        said={"D101": ""},
    ),
    Case(
        "cp1252_pasted_under_utf8",
        "april.csv",
        b"Client ID,Sex,Age,Referred,Town\nZQ-01,F,34,03/02/2020,Llanf\xf4r\n" + "ZQ-02,M,51,13/02/2020,Llanfôr\n".encode(),
        ("mixed encodings", "cp1252"),
        SHORT,
        refused="UTF-8 in some lines and not in others (from line 2)",
        said={"D101": ""},
    ),
    Case(
        "bytes_of_no_encoding",
        "april.csv",
        b"Client ID,Sex,Age,Referred,Town\nZQ-01,F,34,03/02/2020,Caf\x8f\x81\n",
        ("not a table",),
        SHORT,
        refused="cannot be read as utf-8 or cp1252 (line 2)",
        said={"D101": ""},
    ),
    Case("semicolons", "april.csv", _semicolons(PLAIN).encode(), ("semicolon",), layout(), **USUAL),
    Case(
        "semicolons_decimal_commas",
        "april.csv",
        b"Client ID;Sex;Age;Referred;Job 1 start;Job 1 end;Job 1 hours\nZQ-01;F;34;03/02/2020;06/04/2020;;37,5\n",
        ("semicolon",),
        layout(),
        people="ZQ-01 | female | 34 | 2020-02-03",
        jobs="ZQ-01 | 1 | 2020-04-06 | - | -",
        said={"D108": "G2"},
        lines={"": "0 1 0 0 1 1 0 0"},
    ),
    Case("tabs", "april.tsv", PLAIN.replace(",", "\t").encode(), ("tab", "tsv"), layout(), **USUAL),
    Case("bars", "april.psv", PLAIN.replace(",", "|").encode(), ("bar",), layout(), **USUAL),
    Case(
        "bars_with_commas_in_entries",
        "april.txt",
        b"Client ID|Sex|Age|Referred|Notes\nZQ-01|F|34|03/02/2020|well, keen, early\nZQ-02|M|51|13/02/2020|none, yet, no\n",
        ("bar",),
        layout(times=0, ignore=["Notes"]),
        people="ZQ-01 | female | 34 | 2020-02-03\nZQ-02 | male | 51 | 2020-02-13",
        lines={"": "0 1 0 0 2 2 0 0"},
    ),
    Case(
        "excels_own_hint",
        "april.csv",
        b"sep=;\r\n" + _semicolons(PLAIN).encode(),
        ("semicolon", "preamble"),
        layout(header_row=2),
        people=PEOPLE,
        jobs=JOBS,
        lines={"": "1 1 0 0 3 3 0 0"},
    ),
    Case(
        "hint_of_a_tab",
        "april.csv",
        b"sep=\t\r\n" + PLAIN.replace(",", "\t").encode(),
        ("tab", "preamble"),
        layout(header_row=2),
        people=PEOPLE,
        jobs=JOBS,
        lines={"": "1 1 0 0 3 3 0 0"},
    ),
    Case(
        "titles_above",
        "april.csv",
        b"Camden IPS: monthly return\nExtracted 02/04/2020\n\n" + PLAIN.encode(),
        ("preamble", "blank line"),
        layout(header_row=4),
        people=PEOPLE,
        jobs=JOBS,
        lines={"": "2 1 1 0 3 3 0 0"},
    ),
    Case(
        "header_in_row_30",
        "april.csv",
        "".join(f"Note {n}\n" for n in range(1, 30)).encode() + PLAIN.encode(),
        ("preamble", "header far down"),
        layout(header_row=30),
        people=PEOPLE,
        jobs=JOBS,
        lines={"": "29 1 0 0 3 3 0 0"},
    ),
    Case(
        "header_not_where_the_layout_says",
        "april.csv",
        b"Camden IPS\n\n\n" + PLAIN.encode(),
        ("preamble", "header far down"),
        layout(),
        stopped="they stand in row 4",
    ),
    Case(
        "two_header_rows",
        "april.csv",
        b"Client,,,Referral,First job,,\nID,Sex,Age,Date,Start,End,Hours\nZQ-01,F,34,03/02/2020,06/04/2020,02/10/2020,16\n",
        ("two-row header",),
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
                        "Referral / Date": {"field": "enrolments.referral_date", "dates": ["dd/mm/yyyy"]},
                        "First job / Start": {"field": "jobs.start_date", "dates": ["dd/mm/yyyy"]},
                        "First job / End": {"field": "jobs.end_date", "dates": ["dd/mm/yyyy"]},
                        "First job / Hours": {"field": "jobs.hours_per_week"},
                    },
                }
            ],
        },
        people="ZQ-01 | female | 34 | 2020-02-03",
        jobs="ZQ-01 | - | 2020-04-06 | 2020-10-02 | 16",
        lines={"": "0 2 0 0 1 1 0 0"},
    ),
    Case(
        "totals_blanks_and_repeated_header",
        "april.csv",
        (HEAD + BODY.replace("ZQ-02", "\nSubtotal,,,,,,1\n\nZQ-02", 1) + "\n" + HEAD + "Total:,,,,,,2\n,,,,,,\n").encode(),
        ("total line", "blank line"),
        layout(),
        people=PEOPLE,
        jobs=JOBS,
        lines={"": "0 2 4 2 3 3 0 0"},
    ),
    Case(
        "grand_total_between_blanks",
        "april.csv",
        PLAIN.encode() + b",,,,,,\nGrand total,,113,,,,53.5\n,,,,,,\n",
        ("total line", "blank line"),
        layout(),
        people=PEOPLE,
        jobs=JOBS,
        lines={"": "0 1 2 1 3 3 0 0"},
    ),
    Case(
        "text_dates_of_five_notations",
        "april.csv",
        b"Client ID,Sex,Age,Referred\nZQ-01,F,34,3 Feb 2020\nZQ-02,M,51,13-02-2020\nZQ-03,X,28,2020-03-01\n"
        b"ZQ-04,F,40,04.03.2020\nZQ-05,M,41,05/03/20\n",
        ("text date",),
        layout(dates=("d mmm yyyy", "dd-mm-yyyy", "yyyy-mm-dd", "dd.mm.yyyy", "dd/mm/yy"), times=0),
        people="""
            ZQ-01 | female | 34 | 2020-02-03
            ZQ-02 | male   | 51 | 2020-02-13
            ZQ-03 | other  | 28 | 2020-03-01
            ZQ-04 | female | 40 | 2020-03-04
            ZQ-05 | male   | 41 | 2020-03-05
        """,
        lines={"": "0 1 0 0 5 5 0 0"},
    ),
    Case(
        "no_such_days",
        "april.csv",
        b"Client ID,Sex,Age,Referred,Job 1 start,Job 1 end,Job 1 hours\nZQ-01,F,34,03/02/2020,29/02/2023,31/04/2023,16\n"
        b"ZQ-02,M,51,13/02/2020,29/02/2024,30/04/2024,20\n",
        ("no such day", "text date"),
        layout(),
        people="ZQ-01 | female | 34 | 2020-02-03\nZQ-02 | male | 51 | 2020-02-13",
        jobs="ZQ-02 | 1 | 2024-02-29 | 2024-04-30 | 20",
        said={"D102": "E2; F2"},
        lines={"": "0 1 0 0 2 2 0 0"},
    ),
    Case(
        "days_that_two_notations_read",
        "april.csv",
        b"Client ID,Sex,Age,Referred,Job 1 start,Job 1 end,Job 1 hours\nZQ-01,F,34,03/02/2020,02/10/2020,04/04/2021,16\n"
        b"ZQ-02,M,51,13/02/2020,10/25/2020,,20\n",
        ("two readings", "text date"),
        layout(
            columns={"Referred": {"field": "enrolments.referral_date", "dates": ["dd/mm/yyyy"]}},
            dates=("dd/mm/yyyy", "mm/dd/yyyy"),
        ),
        people="ZQ-01 | female | 34 | 2020-02-03\nZQ-02 | male | 51 | 2020-02-13",
        jobs="ZQ-02 | 1 | 2020-10-25 | - | 20",
        said={"D103": "E2"},
        lines={"": "0 1 0 0 2 2 0 0"},
    ),
    Case(
        "serials_beside_text",
        "april.csv",
        b"Client ID,Sex,Age,Referred\nZQ-01,F,34,43864\nZQ-02,M,51,13/02/2020\nZQ-03,X,28,43891.5\nZQ-04,F,30,2020\n",
        ("serial", "text date"),
        layout(dates=("dd/mm/yyyy", "serial 1900"), times=0),
        people="ZQ-01 | female | 34 | 2020-02-03\nZQ-02 | male | 51 | 2020-02-13\nZQ-03 | other | 28 | 2020-03-01",
        said={"D102": "D5"},
        lines={"": "0 1 0 0 4 3 0 1"},
    ),
    Case(
        "serials_of_1904",
        "april.csv",
        b"Client ID,Sex,Age,Referred\nZQ-01,F,34,42402\nZQ-02,M,51,42412\n",
        ("serial", "1904"),
        layout(dates=("serial 1904",), times=0),
        people="ZQ-01 | female | 34 | 2020-02-03\nZQ-02 | male | 51 | 2020-02-13",
        lines={"": "0 1 0 0 2 2 0 0"},
    ),
    Case(
        "leading_zeros",
        "april.csv",
        b'Client ID,Sex,Age,Referred\n007,F,34,03/02/2020\n7,M,51,13/02/2020\n"0007",X,28,01/03/2020\n',
        ("leading zeros",),
        SHORT,
        people="007 | female | 34 | 2020-02-03\n7 | male | 51 | 2020-02-13\n0007 | other | 28 | 2020-03-01",
        lines={"": "0 1 0 0 3 3 0 0"},
    ),
    Case(
        "identifiers_that_look_like_something_else",
        "april.csv",
        b"Client ID,Sex,Age,Referred\n1E5,F,34,03/02/2020\nNA,M,51,13/02/2020\nNone,X,28,01/03/2020\n+44,F,40,02/03/2020\n"
        b"TRUE,M,41,03/03/2020\n3/4,F,42,04/03/2020\n",
        ("leading zeros",),
        SHORT,
        people="""
            1E5  | female | 34 | 2020-02-03
            NA   | male   | 51 | 2020-02-13
            None | other  | 28 | 2020-03-01
            +44  | female | 40 | 2020-03-02
            TRUE | male   | 41 | 2020-03-03
            3/4  | female | 42 | 2020-03-04
        """,
        lines={"": "0 1 0 0 6 6 0 0"},
    ),
    Case(
        "error_values",
        "april.csv",
        b"Client ID,Sex,Age,Referred,Job 1 start,Job 1 end,Job 1 hours\nZQ-01,#N/A,34,03/02/2020,06/04/2020,#REF!,#VALUE!\n"
        b"ZQ-02,M,#N/A,13/02/2020,,,\n",
        ("#N/A", "#REF!"),
        layout(),
        people="ZQ-01 | - | 34 | 2020-02-03\nZQ-02 | male | - | 2020-02-13",
        jobs="ZQ-01 | 1 | 2020-04-06 | - | -",
        said={"D114": "B2; C3; F2; G2"},
        lines={"": "0 1 0 0 2 2 0 0"},
    ),
    Case(
        "an_identifier_that_is_an_error",
        "april.csv",
        b"Client ID,Sex,Age,Referred\n#N/A,F,34,03/02/2020\nZQ-02,M,51,13/02/2020\n",
        ("#N/A",),
        SHORT,
        people="ZQ-02 | male | 51 | 2020-02-13",
        said={"D114": "A2"},
        lines={"": "0 1 0 0 2 1 0 1"},
    ),
    Case(
        "spaces_seen_and_unseen",
        "april.csv",
        (
            "Client ID , Sex,Age\u00a0,Referred\u200b\nZQ-01 ,F\u00a0, 34,03/02/2020\u200b\n"
            "\u200eZQ-02,\u2009M,51\u202f,\t13/02/2020\n"
        ).encode(),
        ("trailing space", "no-break space", "zero-width"),
        SHORT,
        people="ZQ-01 | female | 34 | 2020-02-03\nZQ-02 | male | 51 | 2020-02-13",
        said={"D117": "A2, A3; B2, B3; C2, C3; D2, D3"},
        lines={"": "0 1 0 0 2 2 0 0"},
    ),
    Case(
        "smart_quotes",
        "april.csv",
        "Client ID,Sex,Age,Client\u2019s referral\nZQ-01,\u201cwoman\u201d,34,03/02/2020\n".encode(),
        ("smart quotes",),
        layout(
            times=0,
            columns={
                "Sex": {"field": "participants.sex", "codes": {'"woman"': "female"}},
                "Referred": None,
                "Client's referral": {"field": "enrolments.referral_date", "dates": ["dd/mm/yyyy"]},
            },
        ),
        people="ZQ-01 | female | 34 | 2020-02-03",
        said={"D117": "B2"},
        lines={"": "0 1 0 0 1 1 0 0"},
    ),
    Case(
        "zero_width_inside_an_identifier",
        "april.csv",
        "Client ID,Sex,Age,Referred\nZQ\u200b-01,F,34,03/02/2020\nZQ\u00ad-02,M,51,13/02/2020\n".encode(),
        ("zero-width",),
        SHORT,
        people="ZQ-01 | female | 34 | 2020-02-03\nZQ-02 | male | 51 | 2020-02-13",
        said={"D117": "A2, A3"},
        lines={"": "0 1 0 0 2 2 0 0"},
    ),
    Case(
        "numbers_as_text",
        "april.csv",
        b'Client ID,Sex,Age,Referred,Job 1 start,Job 1 end,Job 1 hours\nZQ-01,F,"34 ",03/02/2020,06/04/2020,,"16.0"\n'
        b'ZQ-02,M,51.0,13/02/2020,06/04/2020,,16 hrs\nZQ-03,X,"twenty",01/03/2020,06/04/2020,,.5\n',
        ("number as text", "trailing space"),
        layout(),
        people="ZQ-01 | female | 34 | 2020-02-03\nZQ-02 | male | 51 | 2020-02-13\nZQ-03 | other | - | 2020-03-01",
        jobs="""
            ZQ-01 | 1 | 2020-04-06 | - | 16
            ZQ-02 | 1 | 2020-04-06 | - | -
            ZQ-03 | 1 | 2020-04-06 | - | 0.5
        """,
        said={"D108": "C4; G3", "D117": "C2"},
        lines={"": "0 1 0 0 3 3 0 0"},
    ),
    Case(
        "line_breaks_in_cells",
        "april.csv",
        b'Client ID,Sex,Age,Referred,Notes\r\nZQ-01,F,34,03/02/2020,"seen\r\ntwice, well"\r\n'
        b'ZQ-02,M,51,13/02/2020,"a ""b"" c"\r\n',
        ("line break in cell",),
        layout(times=0, ignore=["Notes"]),
        people="ZQ-01 | female | 34 | 2020-02-03\nZQ-02 | male | 51 | 2020-02-13",
        lines={"": "0 1 0 0 2 2 0 0"},
    ),
    Case(
        "line_break_in_a_header",
        "april.csv",
        b'Client ID,Sex,Age,"Date of\nreferral"\nZQ-01,F,34,03/02/2020\n',
        ("line break in cell",),
        layout(
            times=0,
            columns={
                "Referred": None,
                "Date of referral": {"field": "enrolments.referral_date", "dates": ["dd/mm/yyyy"]},
            },
        ),
        people="ZQ-01 | female | 34 | 2020-02-03",
        lines={"": "0 1 0 0 1 1 0 0"},
    ),
    Case("old_mac_line_ends", "april.csv", PLAIN.replace("\n", "\r").encode(), ("other line ends",), layout(), **USUAL),
    Case(
        "mixed_line_ends",
        "april.csv",
        PLAIN.replace("\n", "\r\n", 2).encode(),
        ("other line ends",),
        layout(),
        **USUAL,
    ),
    Case(
        "stray_quotation_mark_swallows",
        "april.csv",
        (HEAD + "".join(f"ZQ-{n:02d},F,34,03/02/2020,,,{chr(34) if n in (3, 9) else ''}\n" for n in range(1, 15))).encode(),
        ("stray quotation mark",),
        layout(),
        refused="swallows the lines after it",
        said={"D101": ""},
    ),
    Case(
        "quotation_mark_never_closed",
        "april.csv",
        (HEAD + 'ZQ-01,"F,34,03/02/2020,,,\n').encode(),
        ("stray quotation mark", "truncated"),
        layout(),
        refused="record that starts on line 2",
        said={"D101": ""},
    ),
    Case(
        "cut_in_the_middle_of_a_letter",
        "april.csv",
        (HEAD + "ZQ-01,F,34,03/02/2020,,,\nZQ-02,\u00e9").encode()[:-1],
        ("truncated",),
        layout(),
        refused="ends in the middle of a letter",
        said={"D101": ""},
    ),
    Case(
        "a_line_with_fewer_entries",
        "april.csv",
        (HEAD + BODY + "ZQ-04,F\n").encode(),
        ("short line", "truncated"),
        layout(),
        people=PEOPLE,
        jobs=JOBS,
        said={"D124": "A5", "D110": "D5"},
        lines={"": "0 1 0 0 4 3 0 1"},
    ),
    Case(
        "a_delimiter_left_out",
        "april.csv",
        _semicolons("Client ID,Sex,Age,Referred\nZQ-01,F,34,03/02/2020\nZQ-02,M51,13/02/2020\n").encode(),
        ("short line", "semicolon"),
        SHORT,
        people="ZQ-01 | female | 34 | 2020-02-03",
        said={"D107": "B3", "D108": "C3", "D110": "D3", "D124": "A3"},
        lines={"": "0 1 0 0 2 1 0 1"},
    ),
    Case(
        "a_line_with_more_entries",
        "april.csv",
        (HEAD + BODY + "ZQ-04,F,40,04/03/2020,06/04/2020,,20,Smith, J\n").encode(),
        ("long line",),
        layout(),
        people=PEOPLE + "ZQ-04 | female | 40 | 2020-03-04",
        jobs=JOBS + "ZQ-04 | 1 | 2020-04-06 | - | 20",
        said={"D115": "H5; I5"},
        lines={"": "0 1 0 0 4 4 0 0"},
    ),
    Case(
        "trailing_delimiters",
        "april.csv",
        PLAIN.replace("\n", ",,\n").encode(),
        ("long line",),
        layout(),
        **USUAL,
    ),
    Case(
        "a_text_file_named_xlsx",
        "april.xlsx",
        PLAIN.encode(),
        ("mislabelled",),
        layout(),
        people=PEOPLE,
        jobs=JOBS,
        said={"D120": ""},
        lines={"": "0 1 0 0 3 3 0 0"},
    ),
    Case(
        "everything_at_once",
        "april.txt",
        b"\xff\xfe"
        + (
            "Camden\u00a0IPS\t\t\t\t\t\t\r\n\r\nClient ID\tSex \tAge\tReferred\tJob 1 start\tJob 1 end\tJob 1 hours\r\n"
            "007\t\u201cF\u201d\t 34\t03/02/2020\t43927\t29/02/2023\t16\r\n\r\n"
            "008\tM\u00a0\t51\t#N/A\t\t\t\r\nTotal\t\t2\t\t\t\t\r\n"
        ).encode("utf-16-le"),
        ("utf-16", "tab", "preamble", "blank line", "total line", "serial", "no such day", "leading zeros", "smart quotes"),
        layout(
            header_row=3,
            dates=("dd/mm/yyyy", "serial 1900"),
            columns={"Sex": {"field": "participants.sex", "codes": {'"F"': "female"}}},
        ),
        people="007 | female | 34 | 2020-02-03",
        jobs="007 | 1 | 2020-04-06 | - | 16",
        said={"D102": "F4", "D114": "D6", "D117": "B4, B6; C4"},
        lines={"": "1 1 2 1 2 1 0 1"},
    ),
)
