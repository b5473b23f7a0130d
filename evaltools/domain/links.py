"""Pairs of people who may be one: the columns of the table `links`, and the groups that its pairs join."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

__all__ = ["LINKS", "linked_groups", "no_links"]

LINKS: dict[str, str] = {
    "pair_id": "string",  # of the two pseudonyms, in order
    "left": "string",  # participant_id, the smaller of the two
    "right": "string",
    "left_site": "string",
    "right_site": "string",
    "rule": "string",  # what they agree in: nhs_number, name_birth_postcode, name_birth; or probabilistic
    "weight": "Float64",  # log2 of the odds that they are one person; missing for exact rules
    "status": "string",  # linked, review (somebody must look), or apart (somebody looked)
}
"""Columns of `links`: pairs of pseudonyms, no name and no key."""


def no_links() -> pd.DataFrame:
    """Make an empty table of links."""
    return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in LINKS.items()})


def linked_groups(pairs: pd.DataFrame) -> pd.DataFrame:
    """Give the groups of people whom pairs join, each named after its smallest member.

    pairs: columns left, right. Returns participant_id, linked_id, of people in a pair only.

    >>> linked_groups(pd.DataFrame({"left": ["P1", "P2", "P7"], "right": ["P2", "P3", "P8"]}))["linked_id"].tolist()
    ['P1', 'P1', 'P1', 'P7', 'P7']
    """
    ends = pairs[["left", "right"]].to_numpy(dtype=object).astype(str)
    people, codes = np.unique(ends.ravel(), return_inverse=True)  # in order, so the first of a group is the smallest
    left, right = codes.reshape(-1, 2).T
    graph = coo_array((np.ones(len(left), dtype="int8"), (left, right)), shape=(len(people), len(people)))
    groups = connected_components(graph, directed=False)[1] if len(people) else np.array([], dtype="int64")
    _, first = np.unique(groups, return_index=True)
    names = people[first[groups]] if len(people) else people
    return pd.DataFrame({"participant_id": pd.array(people, dtype="string"), "linked_id": pd.array(names, dtype="string")})
