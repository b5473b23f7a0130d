"""Groups of people: the programme, each site and each stratum, under each definition profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pandas as pd

__all__ = ["PeopleGroup", "people_groups"]


class PeopleGroup(NamedTuple):
    """Some people: keys are the columns of `estimates` that name them; rows is their part of the frame."""

    keys: dict[str, str]
    rows: pd.DataFrame


def people_groups(frame: pd.DataFrame, strata: Mapping[str, str] | None = None) -> Iterator[PeopleGroup]:
    """Go through the programme, its sites and other strata, one definition after another.

    Parameters
    ----------
    frame : pandas.DataFrame
        definition, site_id and the columns of the strata.
    strata : mapping of str to str, optional
        Name of a grouping in the results: column. Missing values are a group of their own, 'unknown'.

    Examples
    --------
    >>> people = pd.DataFrame({"definition": ["d", "d"], "site_id": ["north", "south"]})
    >>> [(keys["group_by"], keys["group"], len(rows)) for keys, rows in people_groups(people)]
    [('programme', 'all', 2), ('site', 'north', 1), ('site', 'south', 1)]
    """
    columns = {"site": "site_id", **(strata or {})}
    for definition, mine in frame.groupby("definition", sort=False):
        yield PeopleGroup({"definition": str(definition), "group_by": "programme", "group": "all"}, mine)
        for group_by, column in columns.items():
            for group, rows in mine.groupby(mine[column].astype("string").fillna("unknown"), sort=True):
                yield PeopleGroup({"definition": str(definition), "group_by": group_by, "group": str(group)}, rows)
