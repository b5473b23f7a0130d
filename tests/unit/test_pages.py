from __future__ import annotations

from pathlib import Path

import pytest

from evaltools import pipeline
from evaltools.errors import StudyError
from evaltools.pages import find_notebook
from evaltools.study import read_study


def test_a_study_with_an_unknown_notebook_is_told_so(perkins: Path) -> None:
    with pytest.raises(StudyError, match="overvew") as caught:
        pipeline.report(read_study(perkins), ["overvew"])
    assert caught.value.exit_code == 10


def test_a_notebook_of_the_study_comes_before_a_shipped_one(perkins: Path) -> None:
    study = read_study(perkins)
    shipped = find_notebook(study, "overview")
    own = perkins / "overview.ipynb"
    own.write_bytes(shipped.read_bytes())
    assert find_notebook(study, "overview") == own
