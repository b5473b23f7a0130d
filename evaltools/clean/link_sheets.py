"""Link people from the columns that the layouts declare for it, before those columns are dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import pandas as pd

from evaltools.clean.coded_texts import plain_column
from evaltools.clean.link_fields import read_link_fields
from evaltools.clean.link_people import link_exactly, link_keys, without_bridges
from evaltools.clean.link_probably import link_probably
from evaltools.clean.name_columns import header_key
from evaltools.clean.open_sheets import OpenSheet
from evaltools.clean.sheet import Cell
from evaltools.domain.links import no_links
from evaltools.errors import LayoutError, Problem
from evaltools.schema.layout import SheetLayout
from evaltools.schema.linkage import Linkage, LinkField

__all__ = ["link_sheets"]


def link_sheets(
    sheets: Sequence[OpenSheet],
    people: pd.Series,
    participants: pd.DataFrame,
    rule: Linkage,
    key: bytes,
    last_day: date,
) -> pd.DataFrame:
    """Link the people of a study.

    Parameters
    ----------
    sheets, people
        Sheets that are read, and whom each of their records names: a pseudonym, or missing for nobody.
    participants
        The canonical table: who they are, and of which site. People who are not in it are not linked.
    rule, key
        The study's `[linkage]` and its key. 'probabilistic' adds pairs to the exact ones.
    last_day
        A birth date after it is none.

    Returns
    -------
    pandas.DataFrame
        Columns of `domain.links.LINKS`. Names, birth dates, numbers and postcodes end here.

    Raises
    ------
    LayoutError
        L209 for each column that a layout links by and a sheet does not have.
    StudyError
        S120, where splink is asked for and not installed.
    """
    if rule.method == "none":
        return no_links()
    if not any(layout.link for sheet in sheets for layout in sheet.layouts):
        return no_links()
    ends = np.cumsum([0, *(len(sheet.records) for sheet in sheets)])
    if ends[-1] != len(people):
        raise AssertionError("a record without a sheet, or a sheet without its records: people would be mixed up")
    places = [
        (sheet, people.iloc[start:end], layout)
        for sheet, start, end in zip(sheets, ends[:-1], ends[1:], strict=True)
        for layout in sheet.layouts
        if layout.link
    ]
    faults = [fault for sheet, _, layout in places for fault in _missing(sheet, layout)]
    if faults:
        raise LayoutError(*faults)
    held = pd.concat([_fields(sheet, named, layout, last_day) for sheet, named, layout in places], ignore_index=True)
    site = participants.set_index("participant_id")["site_id"]
    held["site_id"] = held["participant_id"].map(site).astype("string")
    held = held.dropna(subset=["participant_id", "site_id"]).reset_index(drop=True)
    keys = link_keys(held, key)
    links = link_exactly(keys)
    if rule.method == "probabilistic" and len(held):
        weighed = link_probably(held, rule.link_above, rule.review_above)
        links = without_bridges(_surer(links, weighed), keys)
    return links


def _surer(exact: pd.DataFrame, weighed: pd.DataFrame) -> pd.DataFrame:
    """Join both: what is linked exactly stands; what exact rules leave to review is decided by weight where there is one."""
    weights = weighed.set_index("pair_id")
    known = exact["pair_id"].isin(weights.index)
    unsure = known & (exact["status"] == "review") & exact["rule"].eq("name_birth")
    status = exact["pair_id"].map(weights["status"])
    joined = exact.assign(
        weight=exact["pair_id"].map(weights["weight"]).astype("Float64"), status=exact["status"].mask(unsure, status)
    )
    added = weighed[~weighed["pair_id"].isin(exact["pair_id"])]
    return pd.concat([one for one in (joined, added) if len(one)] or [exact]).sort_values("pair_id", ignore_index=True)


def _missing(sheet: OpenSheet, layout: SheetLayout) -> Iterator[Problem]:
    here = {header_key(name) for name in sheet.names}
    for header in layout.link:
        if header_key(header) not in here:
            where = f"{sheet.spot.file}, {sheet.spot.sheet}".removesuffix(", ")
            what = f"the column '{header}' is missing, by which the layout links people"
            fix = "correct its name under 'link' in the site's layout, or take it out there"
            yield Problem("L209", what, where, fix=fix)


def _fields(sheet: OpenSheet, people: pd.Series, layout: SheetLayout, last_day: date) -> pd.DataFrame:
    place = {header_key(name): position for position, name in reversed(list(enumerate(sheet.names)))}
    cells: dict[LinkField, list[Cell]] = {
        serves: sheet.records[place[header_key(header)]].tolist() for header, serves in layout.link.items()
    }
    read = read_link_fields(cells, layout.link_dates, last_day)
    return read.assign(participant_id=plain_column(people))
