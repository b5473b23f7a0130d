"""Account for every line of every sheet, and stop if one is unaccounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from evaltools.domain.harmonised import ACCOUNTING

__all__ = ["SheetLines", "account_lines"]

_LINES = ("title", "header", "blank", "total", "record")
_FATES = ("kept", "merged", "quarantined")


@dataclass(frozen=True)
class SheetLines:
    """One sheet (or a file without sheets). kinds: kind of each line. fates: what became of each record."""

    site: str
    file: str
    sheet: str
    status: str
    note: str = ""
    kinds: Sequence[str] = field(default=())
    fates: Sequence[str] = field(default=())


def account_lines(sheets: Sequence[SheetLines]) -> pd.DataFrame:
    """Count the lines. lines = title + header + blank + total + rows; rows = kept + merged + quarantined.

    Raises AssertionError when a law is broken: that is a fault of ours, and no number may be shown.
    """
    accounting = pd.DataFrame([_line(sheet) for sheet in sheets], columns=list(ACCOUNTING)).astype(ACCOUNTING)
    lines = accounting[["title", "header", "blank", "total", "rows"]].sum(axis=1)
    records = accounting[["kept", "merged", "quarantined"]].sum(axis=1)
    if not (accounting["lines"] == lines).all() or not (accounting["rows"] == records).all():
        raise AssertionError("a line or a record is not accounted for")
    return accounting


def _line(sheet: SheetLines) -> dict[str, object]:
    kinds, fates = Counter(sheet.kinds), Counter(sheet.fates)
    counts = {("rows" if kind == "record" else kind): kinds[kind] for kind in _LINES}
    return {
        "site": sheet.site,
        "file": sheet.file,
        "sheet": sheet.sheet,
        "status": sheet.status,
        "lines": len(sheet.kinds),
        **counts,
        **{fate: fates[fate] for fate in _FATES},
        "note": sheet.note,
    }
