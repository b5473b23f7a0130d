"""What to fix as a CSV file, for case systems: one line for each cell."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from evaltools.clean.returned_entries import inert_text
from evaltools.clean.returned_lines import fault_lines
from evaltools.clean.returned_sheet import ReturnedSheet
from evaltools.clean.workbook_look import PRIORITIES

__all__ = ["returned_csv"]


def returned_csv(sheets: Sequence[ReturnedSheet], findings: pd.DataFrame, quarantine: pd.DataFrame) -> bytes:
    """Give every line of 'What to fix', none left out, as UTF-8 with a mark; entries are inert. Arguments: of one site.

    Columns: priority, code, file, sheet, cell, row, entered, problem, what to do.
    """
    lines = fault_lines(findings, quarantine, sheets)
    shown = pd.DataFrame(
        {
            "priority": lines["severity"].map({severity: words for severity, (words, _) in PRIORITIES.items()}),
            "code": lines["code"],
            "file": lines["file"],
            "sheet": lines["sheet"],
            "cell": lines["cell"],
            "row": lines["row"].astype("Int64").mask(lines["row"] == 0),
            "what was entered": lines["entered"],
            "problem": lines["problem"],
            "what to do": lines["fix"],
        }
    )
    for name in ("file", "sheet", "what was entered", "problem"):
        column = shown[name].astype(object)
        shown[name] = column.map({text: inert_text(text) for text in pd.unique(column)})
    return shown.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
