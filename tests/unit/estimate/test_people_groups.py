from __future__ import annotations

import pandas as pd
import pytest

from evaltools.estimate.people_groups import people_groups

PEOPLE = pd.DataFrame(
    {
        "definition": ["d", "d", "e", "d"],
        "site_id": ["south", "north", "north", "north"],
        "benefit": ["uc", None, "is", "uc"],
    }
)


def test_the_programme_comes_first_then_sites_then_strata_of_each_definition():
    groups = [(*keys.values(), len(rows)) for keys, rows in people_groups(PEOPLE, {"benefit": "benefit"})]
    assert groups == [
        ("d", "programme", "all", 3),
        ("d", "site", "north", 2),
        ("d", "site", "south", 1),
        ("d", "benefit", "uc", 2),
        ("d", "benefit", "unknown", 1),
        ("e", "programme", "all", 1),
        ("e", "site", "north", 1),
        ("e", "benefit", "is", 1),
    ]


@pytest.mark.parametrize("grouping", ["programme", "site", "benefit"])
def test_nobody_is_lost_in_a_grouping(grouping):
    rows = [rows for keys, rows in people_groups(PEOPLE, {"benefit": "benefit"}) if keys["group_by"] == grouping]
    assert sorted(pd.concat(rows).index) == [0, 1, 2, 3]
