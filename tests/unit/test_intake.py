from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from evaltools import pipeline
from evaltools.errors import LayoutError, StudyError
from evaltools.intake import fetch_raw, harmonise_study, rejudge
from evaltools.provenance import study_schema
from evaltools.store import read_manifest
from evaltools.study import Study, read_study


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


def _limits(folder: Path, line: str) -> Study:
    path = folder / "study.toml"
    path.write_text(path.read_text(encoding="utf-8").split("\n[checks]")[0] + f"\n[checks]\n{line}\n", encoding="utf-8")
    return read_study(folder)


def _findings(study: Study) -> dict[str, int]:
    found = pd.read_parquet(study.build / "private" / "findings.parquet")
    counted = found.groupby("code")["count"].sum()
    faults = pd.read_parquet(study.build / "1_prepared" / "faults.parquet").groupby("code")["count"].sum()
    assert counted.to_dict() == faults.to_dict()
    return {str(code): int(count) for code, count in counted.items()}


def test_new_thresholds_are_judged_without_reading_any_raw_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _write_aged(tmp_path / "aged")
    study = read_study(folder)
    pipeline.prepare(study)
    before = _findings(study)
    assert "D131" not in before

    with monkeypatch.context() as patched:
        patched.setattr("evaltools.intake.harmonise", _never)
        stricter = _limits(folder, "age_min = 30")
        pipeline.prepare(stricter)
        assert _findings(stricter) == before | {"D131": 2}
        milder = _limits(folder, "age_min = 20")
        pipeline.prepare(milder)
        assert _findings(milder) == before | {"D131": 1}
    again = pipeline.check(milder).findings
    assert again.groupby("code")["count"].sum().to_dict() == _findings(milder)


def test_other_settings_and_lost_places_make_the_stage_anew(tmp_path: Path) -> None:
    folder = _write_aged(tmp_path / "aged")
    study = read_study(folder)
    prepared, schema = pipeline.prepare(study), study_schema(study)
    inputs = dict(read_manifest(prepared)["inputs"])
    changed = inputs | {"checks": "new"}
    assert rejudge(study, schema, prepared, changed) is not None
    assert rejudge(study, schema, prepared, changed | {"study.toml": "new"}) is None
    (study.build / "private" / "places.parquet").unlink()
    assert rejudge(study, schema, prepared, changed) is None


def _never(*_: object, **__: object) -> None:
    raise AssertionError("a raw file was read")


def _write_aged(folder: Path) -> Path:
    """Write a small study of people whose ages are 19, 25 and 40."""
    clients = "Client ID,Age,Referred\nA1,19,01/04/2021\nA2,25,02/04/2021\nA3,40,03/04/2021\n"
    layout = (
        'site: camden\nfiles: ["clients*"]\nsheets:\n  - columns:\n'
        '      "Client ID": {field: participants.participant_id}\n'
        '      "Age": {field: participants.age_at_referral}\n'
        '      "Referred": {field: enrolments.referral_date, dates: ["dd/mm/yyyy"]}\n'
    )
    study = (
        '[study]\nid = "aged"\ntitle = "A small study (synthetic)"\nkind = "records"\nsynthetic = true\n'
        'data_cut = 2024-12-31\ndefinitions = ["bit_cbo"]\npublic_key = "nobody here is real"\n'
        '\n[[sites]]\nid = "camden"\nname = "Camden"\n'
    )
    for name, text in {"study.toml": study, "sites/camden.yaml": layout, "raw/clients.csv": clients}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
