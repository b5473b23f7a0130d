from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from evaltools import pipeline, store
from evaltools.errors import DataError, LayoutError, StudyError
from evaltools.study import read_study


def _manifests(folder: Path) -> dict[str, bytes]:
    return {path.parent.name: path.read_bytes() for path in sorted(folder.glob("*/manifest.json"))}


def test_each_verb_writes_the_folder_on_its_right_and_those_before_it(perkins: Path) -> None:
    study = read_study(perkins)
    assert pipeline.prepare(study).name == "1_prepared"
    assert sorted(_manifests(study.build)) == ["1_prepared"]
    assert pipeline.release(study).name == "3_released"
    assert sorted(_manifests(study.build)) == ["1_prepared", "2_estimated", "3_released"]


def test_a_second_run_does_nothing_again(perkins: Path) -> None:
    told: list[str] = []
    pipeline.release(read_study(perkins), told.append)
    before = _manifests(read_study(perkins).build)
    assert told
    told.clear()
    pipeline.release(read_study(perkins), told.append)
    assert told == []
    assert before == _manifests(read_study(perkins).build)


def test_the_same_inputs_give_the_same_bytes(perkins: Path, tmp_path: Path) -> None:
    import shutil

    other = tmp_path / "elsewhere" / perkins.name
    shutil.copytree(perkins, other)
    first, second = (pipeline.release(read_study(folder)) for folder in (perkins, other))
    assert store.files_hash(first) == store.files_hash(second)


def test_a_count_changed_by_one_changes_what_is_released(perkins: Path) -> None:
    before = store.open_release(pipeline.release(read_study(perkins))).results.estimates
    raw = perkins / "raw" / "by_ethnicity.csv"
    text = raw.read_text(encoding="utf-8")
    assert "CNWL,White,Gained employment,47," in text
    raw.write_text(text.replace("Gained employment,47,", "Gained employment,48,", 1), encoding="utf-8")
    after = store.open_release(pipeline.release(read_study(perkins))).results.estimates
    assert not before["value"].equals(after["value"])


def test_private_tables_are_for_the_owner_alone(perkins: Path) -> None:
    study = read_study(perkins)
    pipeline.prepare(study)
    private = study.build / "private"
    assert {path.stem for path in private.iterdir()} >= {"ledger", "quarantine", "findings", "restatements", "people"}
    assert {path.stat().st_mode & 0o777 for path in private.iterdir()} == {0o600}
    assert private.stat().st_mode & 0o777 == 0o700


def test_check_writes_nothing(perkins: Path) -> None:
    before = store.files_hash(perkins)
    found = pipeline.check(read_study(perkins))
    assert len(found.accounting)
    assert before == store.files_hash(perkins)
    assert not read_study(perkins).build.exists()


def test_another_release_profile_makes_the_release_again(perkins: Path) -> None:
    study = read_study(perkins)
    exact = store.open_release(pipeline.release(study)).results
    protected = store.open_release(pipeline.release(study, profile="uk-public")).results
    counted = protected.estimates["numerator"].dropna()
    assert len(counted)
    assert (counted % 5 == 0).all()
    assert exact.estimates["numerator"].notna().sum() > len(counted)


def test_a_renamed_column_stops_prepare_with_exit_11_and_leaves_the_last_good_stage(perkins: Path) -> None:
    study = read_study(perkins)
    pipeline.prepare(study)
    before = _manifests(study.build)
    raw = perkins / "raw" / "by_ethnicity.csv"
    head, _, rest = raw.read_text(encoding="utf-8").partition("\n")
    raw.write_text("Other" + head[head.index(",") :] + "\n" + rest, encoding="utf-8")
    with pytest.raises(LayoutError) as caught:
        pipeline.prepare(read_study(perkins))
    assert caught.value.exit_code == 11
    assert before == _manifests(study.build)


def test_rows_in_are_kept_merged_or_quarantined(perkins: Path) -> None:
    accounting = pd.read_parquet(pipeline.prepare(read_study(perkins)) / "accounting.parquet")
    assert (accounting["rows"] == accounting["kept"] + accounting["merged"] + accounting["quarantined"]).all()


def test_strict_refuses_what_must_be_fixed_after_writing_everything(perkins: Path) -> None:
    raw = perkins / "raw" / "by_ethnicity.csv"
    text = raw.read_text(encoding="utf-8")
    raw.write_text(text.replace(",47,", ",forty-seven,", 1), encoding="utf-8")
    study = read_study(perkins)
    with pytest.raises(DataError, match="D108"):
        pipeline.prepare(study, strict=True)
    assert (study.build / "1_prepared" / "manifest.json").is_file()


def test_a_study_without_files_or_layouts_is_told_so_before_anything_is_read(perkins: Path) -> None:
    for path in (perkins / "sites").iterdir():
        path.unlink()
    with pytest.raises(LayoutError, match="no site layouts") as caught:
        pipeline.prepare(read_study(perkins))
    assert caught.value.exit_code == 11
    for path in (perkins / "raw").iterdir():
        path.unlink()
    with pytest.raises(StudyError, match="no provider files"):
        pipeline.prepare(read_study(perkins))


def test_an_unknown_release_profile_is_refused_before_anything_is_read(perkins: Path) -> None:
    path = perkins / "study.toml"
    path.write_text(path.read_text().replace('profile = "open"', 'profile = "opne"'))
    told: list[str] = []
    with pytest.raises(StudyError, match="did you mean 'open'"):
        pipeline.prepare(read_study(perkins), told.append)
    assert told == []


def test_a_profile_that_protects_nobody_is_refused_for_real_people(
    perkins: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = perkins / "study.toml"
    path.write_text("\n".join(line for line in path.read_text().splitlines() if not line.startswith("public_key")))
    key = tmp_path / "key"
    key.write_text("k" * 40)
    monkeypatch.setenv("EVALTOOLS_KEY_FILE", str(key))
    with pytest.raises(StudyError, match="protects nobody"):
        pipeline.release(read_study(perkins))
    path.write_text(path.read_text().replace('profile = "open"', 'profile = "uk-public"'))
    assert pipeline.release(read_study(perkins)).is_dir()
    with pytest.raises(StudyError, match="protects nobody"):
        pipeline.release(read_study(perkins), profile="open")


def test_what_may_be_shared_can_be_opened_by_others_and_the_rest_cannot(perkins: Path) -> None:
    study = read_study(perkins)
    pipeline.release(study)
    modes = {folder.name: folder.stat().st_mode & 0o777 for folder in study.build.iterdir()}
    assert modes == {"1_prepared": 0o700, "2_estimated": 0o700, "3_released": 0o755, "private": 0o700}
