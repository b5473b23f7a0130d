"""Quality of the data as counts: cells, findings, missing entries, heaping at thresholds, and the lag of evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from evaltools.domain.evidence_lag import evidence_lag
from evaltools.domain.heaping import beside, days_held
from evaltools.domain.results import COUNTS, tidy

__all__ = ["LAG_BANDS", "data_quality"]

LAG_BANDS: dict[str, tuple[float, float]] = {
    "before": (-np.inf, -1),
    "0_30": (0, 30),
    "31_91": (31, 91),
    "92_183": (92, 183),
    "184_more": (184, np.inf),
}
"""Days from an event to its evidence, both ends included; 'before' is evidence dated before its event."""
_CELLS = ("cells", "mapped", "ignored", "unmapped")
Row = dict[str, object]


def data_quality(
    tables: Mapping[str, pd.DataFrame],
    heaping_weeks: tuple[int, ...] = (6, 13),
    heaping_hours: tuple[float, ...] = (16.0,),
    heaping_days: float = 7,
    heaping_width: float = 2,
) -> pd.DataFrame:
    """Count what a reader needs to judge the data by (columns COUNTS); rows are sites and 'all'.

    tables: of 1_prepared. Table ids: `cells` (cells, mapped, ignored, unmapped), `findings` (code), `fields`
    (`<table>.<field>.rows` and `.missing`), `heaping` (`<weeks or hours>_<threshold>.below` and `.above`, within
    heaping_days or heaping_width), `lag` (LAG_BANDS). Numbers of the definitions' item O20.
    """
    rows = [*_cells(tables["accounting"]), *_findings(tables["faults"]), *_fields(tables["fields"])]
    jobs = tables["jobs"]
    lengths, hours = days_held(jobs), jobs["hours_per_week"]
    for weeks in heaping_weeks:
        rows += _heaping(jobs["site_id"], lengths, 7 * weeks, heaping_days, f"weeks_{weeks}")
    for threshold in heaping_hours:
        rows += _heaping(jobs["site_id"], hours, threshold, heaping_width, f"hours_{threshold:g}")
    return tidy([*rows, *_lags(tables["evidence"], jobs)], COUNTS)


def _row(table: str, row: object, column: str, n: object) -> Row:
    return {"table_id": table, "row": str(row), "column": column, "n": float(str(n))}


def _cells(accounting: pd.DataFrame) -> Iterator[Row]:
    counted = accounting.groupby("site")[list(_CELLS)].sum()
    counted.loc["all"] = accounting[list(_CELLS)].sum()
    for site, held in counted.iterrows():
        yield from (_row("cells", site, name, held[name]) for name in _CELLS)


def _findings(faults: pd.DataFrame) -> Iterator[Row]:
    counted = faults.groupby(["site", "code"], as_index=False)["count"].sum()
    for site, code, n in zip(counted["site"], counted["code"], counted["count"], strict=True):
        yield _row("findings", site, str(code), n)


def _fields(fields: pd.DataFrame) -> Iterator[Row]:
    given = fields[fields["mapped"] & (fields["rows"] > 0)]
    names = given["table"].astype(str) + "." + given["field"].astype(str)
    for site, name, rows, missing in zip(given["site"], names, given["rows"], given["rows"] - given["filled"], strict=True):
        yield _row("fields", site, f"{name}.rows", rows)
        yield _row("fields", site, f"{name}.missing", missing)


def _heaping(sites: pd.Series, values: pd.Series, threshold: float, width: float, name: str) -> Iterator[Row]:
    sides = beside(values, threshold, width)
    frame = pd.DataFrame({"below": sides.below, "above": sides.above})
    counted = frame.groupby(sites.to_numpy(dtype=object)).sum()
    counted.loc["all"] = frame.sum()
    if not counted.loc["all"].any():
        return
    for site, held in counted.iterrows():
        yield from (_row("heaping", site, f"{name}.{side}", held[side]) for side in ("below", "above"))


def _lags(evidence: pd.DataFrame, jobs: pd.DataFrame) -> Iterator[Row]:
    found = evidence_lag(evidence, jobs)
    if found["lag"].isna().all():
        return
    frame = pd.DataFrame({band: found["lag"].between(*ends) for band, ends in LAG_BANDS.items()})
    frame["no_job"] = found["of_job"] & ~found["has_job"]
    counted = frame.groupby(evidence["site_id"].to_numpy(dtype=object)).sum()
    counted.loc["all"] = frame.sum()
    for site, held in counted.iterrows():
        yield from (_row("lag", site, str(band), held[band]) for band in frame.columns)
