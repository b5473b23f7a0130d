from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.derive.doubtful_spells import open_doubtful


def _spell(start, until, ended, because=""):
    return pd.DataFrame(
        {
            "person": [0], "start_date": [pd.Timestamp(start)], "known_until": [pd.Timestamp(until)], "ended": [ended],
            "open_because": pd.array([because], dtype="string"),
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wider", "undated", "ended", "most", "because"),
    [
        (("2018-03-01", "2018-05-01", True), False, True, "2018-05-01", ""),
        (("2018-02-01", "2018-08-01", True), False, False, "2018-08-01", "hours not known"),
        (("2018-03-01", "2018-05-01", False), False, False, None, "hours not known"),
        (("2018-03-01", "2018-05-01", True), True, False, None, "a job is not dated"),
    ],
)
def test_a_spell_that_a_doubtful_job_may_have_prolonged_has_not_ended(wider, undated, ended, most, because):
    found = open_doubtful(_spell("2018-03-01", "2018-05-01", True), _spell(*wider), np.array([undated])).iloc[0]
    assert [found["ended"], found["open_because"]] == [ended, because]
    assert found["may_last_until"] is pd.NaT if most is None else found["may_last_until"] == pd.Timestamp(most)


def test_an_open_spell_stays_open_for_its_own_reason():
    found = open_doubtful(
        _spell("2018-03-01", "2018-05-01", False, "data cut"), _spell("2018-03-01", "2018-08-01", True), np.array([True])
    )
    assert found[["ended", "open_because"]].values.tolist() == [[False, "data cut"]]
