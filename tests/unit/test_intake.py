from __future__ import annotations

from pathlib import Path

import pytest

from evaltools.errors import LayoutError, StudyError
from evaltools.intake import fetch_raw, harmonise_study
from evaltools.provenance import study_schema
from evaltools.study import read_study


def test_raw_data_of_a_missing_package_skip_the_study(perkins: Path) -> None:
    path = perkins / "study.toml"
    path.write_text(
        path.read_text() + '\n[raw_from]\npackage = "no_such_package"\nvendor = "x"\nitem = "y"\nfile = "z.csv"\n'
    )
    assert not fetch_raw(read_study(perkins))


def test_a_study_without_files_or_layouts_is_refused_before_anything_is_read(perkins: Path) -> None:
    study = read_study(perkins)
    for path in (perkins / "sites").iterdir():
        path.rename(path.with_suffix(".off"))
    with pytest.raises(LayoutError, match="L207"):
        harmonise_study(study, study_schema(study), lambda words: None)
    for path in (perkins / "raw").iterdir():
        path.unlink()
    with pytest.raises(StudyError, match="S112"):
        harmonise_study(study, study_schema(study), lambda words: None)
