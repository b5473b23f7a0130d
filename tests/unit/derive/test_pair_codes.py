from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltools.derive.pair_codes import pair_codes

PAIRS = st.lists(st.tuples(st.sampled_from(["s1", "s2", "s10", None]), st.sampled_from(["n", "s"])), max_size=12)


@settings(max_examples=40)
@given(PAIRS)
def test_two_rows_have_one_code_exactly_when_they_are_one_pair(pairs):
    found = pair_codes(pd.DataFrame(pairs, columns=["specialist_id", "site_id"]))
    named = [
        (None if pd.isna(who) else who, site)
        for who, site in found.names.take(found.code).itertuples(index=False, name=None)
    ]
    assert named == pairs
    assert len(found.names) == len(set(pairs))
    assert set(found.code.tolist()) == set(range(len(found.names)))
