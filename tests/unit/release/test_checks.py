from __future__ import annotations

from pandas.testing import assert_frame_equal

from evaltools.domain.results import CHECKS, tidy
from evaltools.release.checks import protect_checks

EXACT = tidy(
    [
        {
            "check_id": "total",
            "subject": "north",
            "status": "inconsistent",
            "value": 3,
            "threshold": 4,
            "why": "3 of 4 people are counted",
        }
    ],
    CHECKS,
)


def test_a_check_and_its_status_are_shown_without_the_figures():
    before = EXACT.copy()
    released = protect_checks(EXACT)
    assert released[["check_id", "subject", "status"]].iloc[0].tolist() == ["total", "north", "inconsistent"]
    assert released[["value", "threshold"]].isna().all(axis=None)
    assert released["why"].tolist() == ["not shown under this release profile"]
    assert released.dtypes.to_dict() == EXACT.dtypes.to_dict()
    assert_frame_equal(before, EXACT)


def test_no_checks_are_no_checks():
    assert_frame_equal(protect_checks(EXACT.iloc[:0]), EXACT.iloc[:0])
