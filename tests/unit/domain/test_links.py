from __future__ import annotations

import pandas as pd

from evaltools.domain.links import LINKS, linked_groups, no_links


def test_nobody_linked_gives_no_groups() -> None:
    assert linked_groups(no_links()).empty
    assert no_links().dtypes.astype(str).to_dict() == LINKS


def test_a_group_bears_the_name_of_its_smallest_member() -> None:
    pairs = pd.DataFrame({"left": ["P5", "P3", "P8"], "right": ["P9", "P5", "P9"]})
    assert set(linked_groups(pairs)["linked_id"]) == {"P3"}
