from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from evaltools.schema.deliveries import Deliveries, delivered_on


@pytest.mark.parametrize(
    ("name", "pattern", "day"),
    [
        ("northmere_2024-02.csv", "northmere_{yyyy-mm}.csv", date(2024, 2, 29)),
        ("Northmere_2024-02.CSV", "northmere_{yyyy-mm}.csv", date(2024, 2, 29)),
        ("north/jobs_20240331_v2.xlsx", "north/*_{yyyymmdd}*.xlsx", date(2024, 3, 31)),
        ("clients 05.04.2024.ods", "clients {dd.mm.yyyy}.ods", date(2024, 4, 5)),
        ("2024 September/jobs.csv", "{yyyy mmm}/jobs.csv", date(2024, 9, 30)),
        ("mar 2023.csv", "{mmm yyyy}.csv", date(2023, 3, 31)),
        ("northmere_2024-13.csv", "northmere_{yyyy-mm}.csv", None),
        ("northmere_2023-02-29.csv", "northmere_{yyyy-mm-dd}.csv", None),
        ("northmere_final.csv", "northmere_{yyyy-mm}.csv", None),
        ("northmere_2024-02xcsv", "northmere_{yyyy-mm}.csv", None),
    ],
)
def test_the_day_of_a_delivery_stands_in_its_name(name: str, pattern: str, day: date | None) -> None:
    assert delivered_on(name, pattern) == day


@pytest.mark.parametrize(
    "pattern", ["north.csv", "{yyyy}.csv", "{yyyy-mm}{yyyy-mm}.csv", "{when}.csv", "{dd-mm}.csv", "{mm}}"]
)
def test_a_pattern_without_exactly_one_date_is_refused(pattern: str) -> None:
    with pytest.raises(ValidationError, match="date"):
        Deliveries(pattern=pattern)
