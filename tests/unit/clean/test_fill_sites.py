from __future__ import annotations

import pandas as pd

from evaltools.clean.fill_sites import fill_sites


def test_rows_of_a_person_take_the_site_that_first_recorded_the_person() -> None:
    people = pd.DataFrame({"participant_id": ["P1", "P1", "P2"], "site_id": ["a", "b", None]}).astype("string")
    jobs = pd.DataFrame({"participant_id": ["P1", "P2", "P3", "P1"], "site_id": [None, None, None, "c"]}).astype("string")
    before = jobs.copy()
    filled = fill_sites({"participants": people, "jobs": jobs, "counts": pd.DataFrame({"site_id": [None]})})
    assert filled["jobs"]["site_id"].fillna("").tolist() == ["a", "", "", "c"]
    pd.testing.assert_frame_equal(before, jobs)
