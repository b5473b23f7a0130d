from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evaltools.errors import StudyError
from evaltools.provenance import raw_inputs, release_facts, stage_inputs, study_definitions, study_schema
from evaltools.study import read_study

ROOT = Path(__file__).parents[2]


@pytest.fixture
def study_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    shutil.copytree(ROOT / "analyses" / "studies" / "perkins-2022", folder)
    return folder


def test_one_changed_byte_of_a_raw_file_changes_the_inputs_and_the_fingerprint(study_folder: Path) -> None:
    study = read_study(study_folder)
    sites = study.site_table(study_schema(study).tables["sites"])
    before, facts = raw_inputs(study), release_facts(study, _sites(study, sites), "open", "words")
    raw = sorted((study_folder / "raw").iterdir())[0]
    raw.write_bytes(raw.read_bytes() + b"\n")
    after = raw_inputs(study)
    assert {name for name in before if before[name] != after[name]} == {f"raw/{raw.name}"}
    assert release_facts(study, _sites(study, sites), "open", "words").fingerprint != facts.fingerprint


def test_a_file_beside_raw_and_layouts_is_not_an_input(study_folder: Path) -> None:
    before = raw_inputs(read_study(study_folder))
    (study_folder / "truth.json").write_text("{}")
    assert before == raw_inputs(read_study(study_folder))


def test_inputs_hold_no_key(study_folder: Path) -> None:
    study = read_study(study_folder)
    assert study.study.public_key not in str(raw_inputs(study))


def test_an_unknown_definition_profile_is_refused_with_the_known_ones(study_folder: Path) -> None:
    path = study_folder / "study.toml"
    path.write_text(path.read_text().replace("definitions = [", 'definitions = ["bit_cbx", '))
    study = read_study(study_folder)
    with pytest.raises(StudyError, match="bit_cbo") as caught:
        study_definitions(study, study_schema(study))
    assert caught.value.exit_code == 10


def test_a_later_stage_is_stale_when_the_manifest_before_it_changes(study_folder: Path, tmp_path: Path) -> None:
    study = read_study(study_folder)
    source = tmp_path / "1_prepared"
    source.mkdir()
    (source / "manifest.json").write_text("{}")
    before = stage_inputs(source, study)
    (source / "manifest.json").write_text("{ }")
    assert before["1_prepared"] != stage_inputs(source, study)["1_prepared"]


def test_thresholds_and_the_rest_of_the_study_file_are_hashed_apart(study_folder: Path) -> None:
    before, path = raw_inputs(read_study(study_folder)), study_folder / "study.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n[checks]\nage_min = 18\n", encoding="utf-8")
    after = raw_inputs(read_study(study_folder))
    assert {name for name in before if before[name] != after[name]} == {"checks"}
    path.write_text(
        text.replace("level = 0.95", "level = 0.9") if "level = 0.95" in text else f"{text}\n[scores]\ndays = 90\n"
    )
    assert {name for name, held in raw_inputs(read_study(study_folder)).items() if held != before[name]} == {"study.toml"}


def _sites(study, sites):  # type: ignore[no-untyped-def]
    import pandas as pd

    return sites if sites is not None else pd.DataFrame({"site_id": ["a"], "name": ["A"]})
