from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from evaltools.errors import StudyError
from evaltools.schema.thresholds import Thresholds
from evaltools.study import read_study

STUDY = """
[study]
id = "own"
title = "A study"
kind = "records"
data_cut = 2024-12-31
definitions = ["bit_cbo"]

[checks]
{line}
"""


def _read(folder: Path, line: str) -> Thresholds:
    (folder / "study.toml").write_text(STUDY.format(line=line), encoding="utf-8")
    return read_study(folder).checks


def test_a_study_sets_its_own_limits_and_keeps_the_others(tmp_path: Path) -> None:
    limits = _read(tmp_path, "age_min = 18\nheaping_weeks = [26]\nsentinel_dates = [1901-01-01]")
    assert (limits.age_min, limits.age_max, limits.heaping_weeks) == (18, 80, (26,))
    assert limits.sentinel_dates[0].isoformat() == "1901-01-01"


def test_an_unknown_limit_is_refused_with_a_suggestion(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="did you mean 'age_min'"):
        _read(tmp_path, "age_mim = 18")


@pytest.mark.parametrize("limits", [{"age_min": 81}, {"hours_check": 61}, {"heaping_p": 0}, {"heaping_weeks": (0,)}])
def test_limits_that_make_no_sense_are_refused(limits: dict) -> None:
    with pytest.raises(ValidationError):
        Thresholds(**limits)
