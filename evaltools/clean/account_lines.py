"""Account for every line of every sheet, and stop if one is unaccounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from evaltools.clean.column_uses import USES
from evaltools.domain.harmonised import ACCOUNTING

__all__ = ["SheetLines", "account_lines"]

_LINES = ("title", "header", "blank", "total", "record")
_FATES = ("kept", "merged", "quarantined")


@dataclass(frozen=True)
class SheetLines:
    """One sheet (or a file without sheets). kinds: kind of each line. fates: what became of each record.

    cells: of its records, those that hold anything: counts of all, mapped, ignored and unmapped (see `column_uses`).
    """

    site: str
    file: str
    sheet: str
    status: str
    note: str = ""
    kinds: Sequence[str] | pd.Categorical = field(default=())
    fates: Sequence[str] | np.ndarray = field(default=())
    cells: Mapping[str, int] = field(default_factory=dict)


def account_lines(sheets: Sequence[SheetLines]) -> pd.DataFrame:
    """Count the lines. lines = title + header + blank + total + rows; rows = kept + merged + quarantined.

    And the cells of the records: cells = mapped + ignored + unmapped.
    Raises AssertionError when a law is broken: that is a fault of ours, and no number may be shown.
    """
    accounting = pd.DataFrame([_line(sheet) for sheet in sheets], columns=list(ACCOUNTING)).astype(ACCOUNTING)
    lines = accounting[["title", "header", "blank", "total", "rows"]].sum(axis=1)
    records = accounting[["kept", "merged", "quarantined"]].sum(axis=1)
    cells = accounting[list(USES)].sum(axis=1)
    if not all((accounting[name] == total).all() for name, total in (("lines", lines), ("rows", records), ("cells", cells))):
        raise AssertionError("a line, a record or a cell is not accounted for")
    return accounting


def _counted(held: Sequence[str] | np.ndarray | pd.Categorical) -> Counter[str]:
    codes, words = pd.factorize(held if isinstance(held, pd.Categorical) else np.array(held, dtype=object))
    return Counter(dict(zip(map(str, words), np.bincount(codes, minlength=len(words)).tolist(), strict=True)))


def _line(sheet: SheetLines) -> dict[str, object]:
    kinds, fates = (_counted(held) for held in (sheet.kinds, sheet.fates))
    counts = {("rows" if kind == "record" else kind): kinds[kind] for kind in _LINES}
    return {
        "site": sheet.site,
        "file": sheet.file,
        "sheet": sheet.sheet,
        "status": sheet.status,
        "lines": len(sheet.kinds),
        **counts,
        **{fate: fates[fate] for fate in _FATES},
        **{name: sheet.cells.get(name, 0) for name in ("cells", *USES)},
        "note": sheet.note,
    }
