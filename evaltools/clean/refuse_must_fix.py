"""Refuse to go on while something must be fixed: only for those who ask for it (`--strict`)."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from evaltools.errors import DataError, Problem
from evaltools.schema.table import Check

__all__ = ["refuse_must_fix"]


def refuse_must_fix(faults: pd.DataFrame, checks: Mapping[str, Check], place: str) -> None:
    """Raise DataError (exit code 1) with one problem for each kind of fault that must be fixed.

    faults: columns code, severity, count. checks: the catalogue. place: where the reader should look.
    """
    grave = faults[faults["severity"] == "must fix"]
    problems = [
        Problem(code, f"{checks[code].title} ({int(held['count'].sum())})", place, fix=checks[code].fix)
        for code, held in grave.groupby(grave["code"].astype(str))
    ]
    if problems:
        raise DataError(*problems)
