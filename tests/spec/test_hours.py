"""Sixteen hours: 'sixteen or more', 'more than sixteen', or exactly sixteen in neither group; and the bands of the NHS."""

from __future__ import annotations

import pandas as pd
import pytest
from spec_table import SCHEMA, spec_table

from evaltools.domain.alternative import also
from evaltools.estimate.people_hours import BANDS, hours_rows

HOURS = "4, 4.5, 5, 15, 15.5, 16, 16, 29, 30, 37.5, 0, not known, not known"

THRESHOLD = """
exactly sixteen | more than the threshold | of | not known
counts          | 5                       | 11 | 2
under           | 3                       | 11 | 2
neither         | 3                       | 9  | 2
"""

IN_BANDS = """
band      | people
0         | 1
1-4       | 2
5-15      | 3
16-29     | 3
30+       | 2
not known | 2
"""


def _rows(exactly: str = "counts") -> list[dict[str, object]]:
    from dataclasses import replace

    told = [None if hours == "not known" else float(hours) for hours in HOURS.split(", ")]
    starters = pd.DataFrame({"hours_per_week": pd.array(told, dtype="Float64")})
    nobody = pd.DataFrame({"weeks": [], "followed": [], "state": [], "hours": []})
    return list(hours_rows(starters, nobody, replace(SCHEMA.definitions["bit_cbo"], exactly_threshold=exactly)))


@pytest.mark.parametrize("case", spec_table(THRESHOLD).to_dict("records"), ids=lambda case: case["exactly sixteen"])
def test_sixteen_hours(case: dict[str, str]) -> None:
    row = _rows(case["exactly sixteen"])[0]
    assert [row["numerator"], row["denominator"], row["missing"]] == [
        int(case[name]) for name in ("more than the threshold", "of", "not known")
    ]


def test_how_many_are_on_exactly_sixteen_is_always_told() -> None:
    for exactly in ("counts", "under", "neither"):
        row = next(row for row in _rows(exactly) if row.get("term") == also("exactly 16, at start"))
        assert [row["numerator"], row["denominator"]] == [2, 11]


def test_bands_hold_everybody_and_show_who_is_missing() -> None:
    table = spec_table(IN_BANDS)
    found = {row["term"]: row["numerator"] for row in _rows() if row["outcome"] == "hours_band"}
    assert found == {also(f"{band}, at start"): int(n) for band, n in zip(table["band"], table["people"], strict=True)}
    assert sum(found.values()) == len(HOURS.split(", "))
    assert list(BANDS) == table["band"].tolist()[:-1]
