"""Records flow: what became of every line of every file, before anybody is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from evaltools.domain.results import COUNTS, tidy
from evaltools.errors import EstimateError, Problem

__all__ = ["assert_rows", "records_flow"]

_LINES = ("title", "header", "blank", "total", "rows")
_ROWS = ("kept", "merged", "quarantined")


def assert_rows(accounting: pd.DataFrame) -> None:
    """Refuse an accounting in which a line of a sheet or a record is lost or counted twice: EstimateError.

    accounting: one row a sheet (domain/harmonised.py). Lines = title + header + blank + total + rows, and rows = kept +
    merged + quarantined.
    """
    for whole, parts in (("lines", _LINES), ("rows", _ROWS)):
        held = accounting[[whole, *parts]].fillna(0).astype("int64")
        wrong = held[whole] != held[list(parts)].sum(axis=1)
        if wrong.any():
            what = f"the {whole} of {int(wrong.sum())} sheets do not add up"
            fix = "this is a fault of evaltools: please report it"
            raise EstimateError(Problem("E197", what, detail=f"{whole} = {' + '.join(parts)}", fix=fix))


def records_flow(
    accounting: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    names: Sequence[str] = ("participants", "enrolments", "jobs"),
) -> pd.DataFrame:
    """Count the records of each canonical table that the rows of the files became, for all and each site.

    tables: canonical tables. names: those to count; one without site_id is counted for all only.

    Returns rows of `counts`: table 'records', row 'all' or a site's id, column the table's name. EstimateError where the
    rows of the files are not all accounted for.
    """
    assert_rows(accounting)
    rows = []
    for name in names:
        table = tables.get(name, pd.DataFrame())
        rows.append({"table_id": "records", "row": "all", "column": name, "n": len(table)})
        by_site = (table["site_id"] if "site_id" in table else pd.Series(dtype="string")).value_counts().sort_index()
        rows += [{"table_id": "records", "row": str(site), "column": name, "n": int(n)} for site, n in by_site.items()]
    return tidy(rows, COUNTS)
