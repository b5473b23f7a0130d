from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from evaltools.domain.links import LINKS
from evaltools.errors import UsageError
from evaltools.study import read_study
from evaltools.verbs import forget as module
from evaltools.verbs.forget import forget


def test_people_who_are_linked_withdraw_together(tmp_path: Path) -> None:
    pairs = [("P1", "P2", "linked"), ("P2", "P3", "linked"), ("P3", "P4", "review")]
    rows = [{"pair_id": f"{one}-{other}", "left": one, "right": other, "status": status} for one, other, status in pairs]
    pd.DataFrame(rows, columns=list(LINKS)).astype(LINKS).to_parquet(tmp_path / "links.parquet")
    assert module._with_linked(tmp_path, ["P3"]) == ["P1", "P2", "P3"]
    assert module._with_linked(tmp_path, ["P4"]) == ["P4"]
    assert module._with_linked(tmp_path / "none", ["P4", "P4"]) == ["P4"]


def test_a_study_without_people_has_nobody_to_forget(perkins: Path) -> None:
    study = read_study(perkins)
    with pytest.raises(UsageError, match="U123"):
        forget(study, pseudonyms=["P" + "0" * 16])
    assert (study.build / "1_prepared").is_dir()  # nothing was deleted
    assert not (study.folder / "decisions").exists()
