"""What cleaning returns: canonical tables, and an explanation of every row and every changed value."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

__all__ = ["ACCOUNTING", "FINDINGS", "LEDGER", "QUARANTINE", "Harmonised"]

LEDGER: dict[str, str] = {
    "file": "string",
    "sheet": "string",
    "column": "string",  # the provider's header; empty for a whole row
    "cells": "string",  # positions such as G15; the first ten, then '...'
    "count": "Int64",  # how many cells (or rows)
    "table": "string",
    "field": "string",
    "rule": "string",  # what was done: trim, code, date, number, weeks, pseudonym, merge, blank row, ...
    "raw": "string",  # the entered text; empty for identifiers
    "new": "string",  # what it became; empty when it became unknown
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
    "note": "string",  # hidden parts, file kind found by content, date system
}


@dataclass(frozen=True)
class Harmonised:
    """Canonical tables and their explanation.

    tables: frame by canonical table name, columns as in data_schema/tables.
    ledger, quarantine, findings, accounting: frames with the columns above. The first two hold personal data and never
    leave `build/<study>/private/`.
    """

    tables: dict[str, pd.DataFrame]
    ledger: pd.DataFrame
    quarantine: pd.DataFrame
    findings: pd.DataFrame
    accounting: pd.DataFrame
