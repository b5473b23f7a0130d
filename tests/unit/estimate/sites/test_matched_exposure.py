from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from evaltools.errors import EstimateError
from evaltools.estimate.sites.matched_exposure import common_window, mature

PEOPLE = pd.DataFrame({"site": ["a", "a", "b", None], "engaged": ["2023-01-01", None, "2023-03-03", "2023-01-01"]})


def test_each_site_has_its_own_last_day():
    cuts = {"a": date(2023, 4, 1), "b": date(2023, 5, 31)}
    assert mature(PEOPLE, "site", "engaged", 90, cuts).tolist() == [True, False, False, False]
    assert mature(PEOPLE, "site", "engaged", 89, cuts).tolist() == [True, False, True, False]
    assert mature(PEOPLE, "site", "engaged", 90, date(2023, 6, 1)).tolist() == [True, False, True, True]


def test_a_site_without_a_last_day_is_refused():
    with pytest.raises(EstimateError, match="E251"):
        mature(PEOPLE, "site", "engaged", 90, {"a": date(2023, 4, 1)})


@pytest.mark.parametrize(
    "sites",
    [
        {"opens": ["2020-01-01", "2023-01-01"], "cut": ["2022-01-01", "2024-01-01"]},
        {"opens": ["2020-01-01", None], "cut": ["2022-01-01", "2024-01-01"]},
        {"opens": [], "cut": []},
    ],
)
def test_no_common_window(sites):
    with pytest.raises(EstimateError, match="E251"):
        common_window(pd.DataFrame(sites), 90)
