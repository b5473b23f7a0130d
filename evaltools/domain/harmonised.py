"""What cleaning returns: canonical tables, and an explanation of every row and every changed value."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from evaltools.domain.links import no_links

__all__ = ["ACCOUNTING", "FINDINGS", "LEDGER", "QUARANTINE", "Harmonised"]

LEDGER: dict[str, str] = {
    "file": "string",
    "sheet": "string",
    "column": "string",  # the provider's header; empty for a whole row
    "cells": "string",  # all of them, such as 'G15:G20, G33'; of column A for whole rows
    "count": "Int64",  # how many cells (or rows)
    "table": "string",
    "field": "string",
    "rule": "string",  # what was done: trim, code, date, number, weeks, pseudonym, merge, blank row, ...
    "raw": "string",  # the entered text; empty for identifiers
    "new": "string",  # what it became; empty when it became unknown
    "part": "Int64",  # of a row of one table: which part of its sheet gave it, from 0; else missing
}

QUARANTINE: dict[str, str] = {
    "level": "string",  # file, row or value
    "code": "string",  # catalogue code
    "file": "string",
    "sheet": "string",
    "row": "Int64",  # row number in the sheet, from 1; missing for a file
    "cell": "string",
    "column": "string",
    "table": "string",
    "field": "string",
    "raw": "string",  # the entered text; empty for identifiers
    "why": "string",
    "part": "Int64",  # of a row that goes while its record stays: which part of its sheet gave it, from 0; else missing
}

FINDINGS: dict[str, str] = {
    "code": "string",
    "severity": "string",  # must fix, please check, changed for you
    "site": "string",
    "file": "string",
    "sheet": "string",
    "cells": "string",
    "count": "Int64",
    "what": "string",  # everyday words, no entered value but a header or a code
    "detail": "string",
    "fix": "string",
}

ACCOUNTING: dict[str, str] = {
    "site": "string",
    "file": "string",
    "sheet": "string",
    "status": "string",  # read, refused, or not used
    "lines": "Int64",  # every line of the sheet, = title + header + blank + total + rows
    "title": "Int64",
    "header": "Int64",
    "blank": "Int64",
    "total": "Int64",
    "rows": "Int64",  # records in, = kept + merged + quarantined
    "kept": "Int64",
    "merged": "Int64",
    "quarantined": "Int64",
    "cells": "Int64",  # cells of the records that hold anything, = mapped + ignored + unmapped
    "mapped": "Int64",  # in columns that the layout gives a place
    "ignored": "Int64",  # in columns that the layout knows and does not read
    "unmapped": "Int64",  # in columns that the layout does not know
    "note": "string",  # hidden parts, file kind found by content, date system
}


@dataclass(frozen=True)
class Harmonised:
    """Canonical tables and their explanation.

    tables: frame by canonical table name, columns as in data_schema/tables.
    ledger, quarantine, findings, accounting: frames with the columns above. The first two hold personal data and never
    leave `build/<study>/private/`. questions: what only people can answer, columns of `clean.ask_questions.QUESTIONS` and
    'applied': whether a decision was found and applied. restatements: what newer deliveries changed (private). people:
    pseudonym of whom each record names, by file, sheet and row (private). links: pairs of people who may be one.
    places, spots: where the rows and columns of the tables stand in the files (`clean.place_rows`, private).
    """

    tables: dict[str, pd.DataFrame]
    ledger: pd.DataFrame
    quarantine: pd.DataFrame
    findings: pd.DataFrame
    accounting: pd.DataFrame
    questions: pd.DataFrame = field(default_factory=pd.DataFrame)
    restatements: pd.DataFrame = field(default_factory=pd.DataFrame)
    people: pd.DataFrame = field(default_factory=pd.DataFrame)
    links: pd.DataFrame = field(default_factory=no_links)
    places: pd.DataFrame = field(default_factory=pd.DataFrame)
    spots: pd.DataFrame = field(default_factory=pd.DataFrame)
