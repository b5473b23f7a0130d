"""Find rows of the released results; every missing value comes back as None."""

from __future__ import annotations

from typing import Any

import pandas as pd

from evaltools.domain.alternative import is_default
from evaltools.domain.release import Release

__all__ = ["Row", "by_horizon", "decimals", "headline", "in_order", "one", "outcomes", "picked", "picked_rows", "rows"]

Row = dict[str, Any]


def picked(frame: pd.DataFrame, **where: object) -> pd.DataFrame:
    """Return the rows whose columns hold these values."""
    kept = pd.Series(True, index=frame.index)
    for column, wanted in where.items():
        kept &= (frame[column] == wanted).fillna(False).astype(bool)
    return frame[kept]


def headline(release: Release) -> str:
    """Id of the definition profile that the report speaks in: the first of the study."""
    return next(iter(release.meta.definitions), "")


def _plain(frame: pd.DataFrame) -> list[Row]:
    return [
        {str(key): (None if pd.isna(value) else value) for key, value in row.items()} for row in frame.to_dict("records")
    ]


def rows(release: Release, **where: object) -> list[Row]:
    """Return estimates under the headline definition (or under the one asked for), in the order of the results.

    Further readings (domain/alternative.py) come only when their term is asked for.
    """
    frame = release.results.estimates
    frame = frame if "term" in where else frame[is_default(frame["term"])]
    if "definition" not in where:
        under = picked(frame, definition=headline(release))
        frame = under if len(under) else frame
    return _plain(picked(frame, **where))


def picked_rows(release: Release, **where: object) -> list[Row]:
    """Return the estimates that fit, further readings too, in the order of the results."""
    return _plain(picked(release.results.estimates, **where))


def one(release: Release, **where: object) -> Row | None:
    """Return the first estimate that fits, or None."""
    return next(iter(rows(release, **where)), None)


def outcomes(release: Release, **where: object) -> list[str]:
    """Ids of the outcomes that have proportions, in the order of the results."""
    found = [str(row["outcome"]) for row in rows(release, statistic="proportion", **where)]
    return list(dict.fromkeys(found))


def by_horizon(found: list[Row]) -> list[Row]:
    """Keep one row for each outcome and horizon: the first, whose denominator is the one the study counts by."""
    first: dict[tuple[object, object], Row] = {}
    for row in found:
        first.setdefault((row["outcome"], row["horizon"]), row)
    return list(first.values())


def in_order(release: Release, found: list[Row]) -> list[Row]:
    """Put rows of sites in the order of the study file, and rows of the programme after them."""
    place = {site: at for at, site in enumerate(release.meta.sites)}
    return sorted(found, key=lambda row: (row["group_by"] == "programme", place.get(str(row["group"]), len(place))))


def decimals(release: Release, *estimates: Row) -> int:
    """How many decimals the percentages of one table or figure carry.

    One when the data are public, so that a reader can check them against their source. None when counts were rounded before
    release and a second figure would pretend to more than is known, unless a denominator is 10,000 or more.
    """
    sizes = [float(row["denominator"] or row["n"] or 0) for row in estimates]
    return 1 if release.meta.profile == "open" or max(sizes, default=0) >= 10_000 else 0
