from __future__ import annotations

import dataclasses
import json
import os
import signal
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import frictionless
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from evaltools import store
from evaltools.domain.release import Meta, Release
from evaltools.domain.results import CHECKS, COUNTS, CURVES, ESTIMATES, Results, tidy
from evaltools.errors import UsageError

INPUTS = {"raw/b.csv": "2", "raw/a.csv": "1"}
META = Meta(
    study="demo",
    title="Zoë’s study",
    subtitle="",
    kind="records",
    synthetic=True,
    data_cut="2019-09-30",
    sites={"north": "North", "south": "South"},
    definitions={"bit_cbo": {"title": "BIT"}},
    profile="open",
    rule="none",
    fingerprint="f",
    package="0",
    schema="s",
    lock="l",
    sources=("one", "two"),
    notes=("a note",),
    outcomes={"starts": "Job starts"},
)
RESULTS = Results(
    estimates=tidy(
        [
            {"estimate_id": "a", "statistic": "proportion", "value": 1 / 3, "note": 'says "no", twice\nor more', "n": 0},
            {"estimate_id": "NA", "statistic": "null", "value": 1e-17, "group": " north ", "term": "é"},
        ],
        ESTIMATES,
    ),
    curves=tidy([{"curve_id": "d.job_held.programme", "cause": "", "day": 30.4375, "value": 0.1 + 0.2}], CURVES),
    counts=tidy([{"table_id": "flow", "row": "all", "column": "007", "n": None}], COUNTS),
    checks=tidy([{"check_id": "total", "status": "ok"}], CHECKS),
)


@pytest.fixture
def build(tmp_path):
    """A folder with one stage, 1_prepared, made from INPUTS."""
    _write(tmp_path / "1_prepared", "first")
    return tmp_path


def _write(folder: Path, text: str) -> None:
    with store.stage(folder, INPUTS) as place:
        (place / "sub").mkdir()
        (place / "table.txt").write_text(text)
        (place / "sub" / "more.txt").write_text(text)


def _release(folder: Path, results: Results = RESULTS, meta: Meta = META) -> Path:
    with store.stage(folder / "3_released", {}) as place:
        store.write_release(place, Release(results, meta))
    return folder / "3_released"


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class TestStage:
    def test_ends_in_a_manifest_of_inputs_and_outputs(self, build):
        manifest = store.read_manifest(build / "1_prepared")
        assert list(manifest["inputs"].items()) == [("raw/a.csv", "1"), ("raw/b.csv", "2")]
        hashed = store.file_hash(build / "1_prepared" / "table.txt")
        assert manifest["outputs"] == {"sub/more.txt": hashed, "table.txt": hashed}

    def test_replaces_the_one_before_it_whole(self, build):
        with store.stage(build / "1_prepared", INPUTS) as place:
            (place / "other.txt").write_text("second")
            assert (build / "1_prepared" / "table.txt").read_text() == "first"
        assert sorted(path.name for path in (build / "1_prepared").iterdir()) == ["manifest.json", "other.txt"]
        assert [path.name for path in build.iterdir()] == ["1_prepared"]

    @pytest.mark.parametrize("interruption", [ValueError, KeyboardInterrupt])
    def test_that_fails_leaves_the_one_before_it_and_nothing_else(self, build, interruption):
        def fail():
            with store.stage(build / "1_prepared", {}) as place:
                (place / "table.txt").write_text("half")
                raise interruption

        with pytest.raises(interruption):
            fail()
        assert store.is_current(build / "1_prepared", INPUTS)
        assert [path.name for path in build.iterdir()] == ["1_prepared"]

    def test_that_is_killed_leaves_the_one_before_it(self, build):
        script = """
            import os, signal, sys
            from pathlib import Path
            from evaltools import store

            with store.stage(Path(sys.argv[1]), {}) as place:
                (place / "table.txt").write_text("half")
                os.kill(os.getpid(), signal.SIGKILL)
        """
        killed = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(script), str(build / "1_prepared")],
            check=False,
            env={**os.environ, "PYTHONPATH": str(Path(store.__file__).parents[1])},
        )
        assert killed.returncode == -signal.SIGKILL
        assert store.is_current(build / "1_prepared", INPUTS)
        _write(build / "1_prepared", "second")
        assert (build / "1_prepared" / "table.txt").read_text() == "second"

    def test_makes_the_folders_above_it(self, tmp_path):
        _write(tmp_path / "build" / "demo" / "1_prepared", "first")
        assert store.is_current(tmp_path / "build" / "demo" / "1_prepared", INPUTS)


class TestIsCurrent:
    def test_whatever_the_order_of_inputs(self, build):
        assert store.is_current(build / "1_prepared", dict(reversed(INPUTS.items())))

    @pytest.mark.parametrize(
        "inputs", [{**INPUTS, "raw/a.csv": "3"}, {**INPUTS, "raw/c.csv": "3"}, {"raw/a.csv": "1"}, {}], ids=str
    )
    def test_not_with_other_inputs(self, build, inputs):
        assert not store.is_current(build / "1_prepared", inputs)

    @pytest.mark.parametrize("name", ["table.txt", "sub/more.txt"])
    def test_not_after_any_byte_of_an_output_changes(self, build, name):
        path = build / "1_prepared" / name
        whole = path.read_bytes()
        for position in range(len(whole)):
            path.write_bytes(whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :])
            assert not store.is_current(build / "1_prepared", INPUTS)
        path.write_bytes(whole)
        assert store.is_current(build / "1_prepared", INPUTS)

    def test_not_with_an_output_more_or_less(self, build):
        extra = build / "1_prepared" / "extra.txt"
        extra.write_text("")
        assert not store.is_current(build / "1_prepared", INPUTS)
        extra.unlink()
        (build / "1_prepared" / "table.txt").unlink()
        assert not store.is_current(build / "1_prepared", INPUTS)

    @pytest.mark.parametrize("content", ["", '{"inputs": {"raw', "[]", b"\xff", json.dumps({"inputs": INPUTS})], ids=str)
    def test_not_with_a_manifest_that_says_too_little(self, build, content):
        path = build / "1_prepared" / "manifest.json"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        assert not store.is_current(build / "1_prepared", INPUTS)

    def test_not_where_there_is_nothing(self, tmp_path):
        assert store.read_manifest(tmp_path / "1_prepared") == {}
        assert not store.is_current(tmp_path / "1_prepared", {})


class TestHashes:
    def test_of_a_folder_by_path_in_order_without_caches(self, tmp_path):
        for name in ("b/one.py", "a.txt", "b/__pycache__/one.pyc"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(name)
        assert list(store.files_hash(tmp_path)) == ["a.txt", "b/one.py"]
        assert list(store.files_hash(tmp_path, pattern="**/*.py")) == ["b/one.py"]
        assert store.files_hash(tmp_path / "nothing") == {}

    def test_of_the_paths_given_even_when_they_are_none(self, tmp_path):
        (tmp_path / "a.txt").write_text("abc")
        assert store.files_hash(tmp_path, {}) == {}
        # SHA-256 of 'abc', FIPS 180-2, appendix B.1
        assert store.files_hash(tmp_path, {"x": tmp_path / "a.txt"}) == {
            "x": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        }

    def test_what_ships_is_found(self):
        assert store.shipped("data_schema", "checks.toml").is_file()


class TestPrivateFiles:
    FRAME = pd.DataFrame({"raw": pd.Series(["x", None], dtype="string"), "count": pd.Series([1, None], dtype="Int64")})

    def test_are_readable_by_their_owner_alone(self, tmp_path):
        folder = tmp_path / "build" / "private"
        before = os.umask(0)
        try:
            store.write_private(folder, {"ledger": self.FRAME})
        finally:
            os.umask(before)
        assert _mode(folder) == 0o700
        assert {path.name: _mode(path) for path in folder.iterdir()} == {"ledger.parquet": 0o600}

    def test_stay_so_when_they_are_written_again_into_an_open_folder(self, tmp_path):
        tmp_path.chmod(0o755)
        (tmp_path / "ledger.parquet").touch(0o644)
        store.write_private(tmp_path, {"ledger": self.FRAME})
        assert _mode(tmp_path) == 0o700
        assert _mode(tmp_path / "ledger.parquet") == 0o600
        assert_frame_equal(store.read_tables(tmp_path)["ledger"], self.FRAME)


class TestTables:
    def test_come_back_as_they_were_written(self, tmp_path):
        frame = pd.DataFrame({"day": pd.to_datetime(["2019-01-01", None]), "yes": pd.array([True, None], "boolean")})
        store.write_tables(tmp_path, {"b": frame, "a": frame.iloc[:0]})
        tables = store.read_tables(tmp_path)
        assert list(tables) == ["a", "b"]
        assert_frame_equal(tables["b"], frame)
        assert_frame_equal(tables["a"], frame.iloc[:0])

    def test_results_come_back_as_they_were_written(self, tmp_path):
        store.write_results(tmp_path, RESULTS)
        store.write_tables(tmp_path, {"other": pd.DataFrame({"a": [1]})})
        for name, frame in store.read_results(tmp_path).tables().items():
            assert_frame_equal(frame, RESULTS.tables()[name])


class TestFiles:
    def test_are_written_whole_with_plain_line_ends(self, tmp_path):
        path = tmp_path / "new" / "page.html"
        store.write_text(path, "Zoë\n")
        assert path.read_bytes() == "Zoë\n".encode()
        assert _mode(path) == 0o644
        store.write_bytes(path, b"other")
        assert path.read_bytes() == b"other"
        assert [held.name for held in path.parent.iterdir()] == ["page.html"]

    def test_a_page_is_known_by_what_it_was_made_from_until_it_changes(self, tmp_path):
        page = tmp_path / "page.html"
        page.write_text("page")
        assert store.read_page_inputs(tmp_path, page) == {}
        store.write_page_inputs(tmp_path, page, INPUTS)
        assert store.read_page_inputs(tmp_path, page) == INPUTS
        page.write_text("pagE")
        assert store.read_page_inputs(tmp_path, page) == {}
        page.unlink()
        assert store.read_page_inputs(tmp_path, page) == {}

    def test_a_record_of_a_page_that_was_cut_short_counts_as_none(self, tmp_path):
        page = tmp_path / "page.html"
        page.write_text("page")
        store.write_page_inputs(tmp_path, page, INPUTS)
        record = tmp_path / "4_reports" / "page.html.json"
        record.write_bytes(record.read_bytes()[:-9])
        assert store.read_page_inputs(tmp_path, page) == {}


class TestRelease:
    def test_comes_back_as_it_was_written(self, tmp_path):
        opened = store.open_release(str(_release(tmp_path)))
        assert opened.meta == META
        for name, frame in opened.results.tables().items():
            assert_frame_equal(frame, RESULTS.tables()[name], check_exact=True)

    def test_of_nothing_comes_back_as_nothing(self, tmp_path):
        opened = store.open_release(_release(tmp_path, Results()))
        for name, frame in opened.results.tables().items():
            assert_frame_equal(frame, Results().tables()[name])

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        numbers=st.lists(st.none() | st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=5),
        words=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8),
    )
    def test_of_any_number_and_any_words_comes_back_exactly(self, tmp_path, numbers, words):
        results = Results(checks=tidy([{"check_id": "a", "value": held, "why": words} for held in numbers], CHECKS))
        opened = store.open_release(_release(tmp_path, results)).results.checks
        assert_frame_equal(opened, results.checks, check_exact=True)

    def test_is_a_data_package_that_frictionless_accepts(self, tmp_path):
        place = _release(tmp_path)
        report = frictionless.validate(str(place / "datapackage.json"))
        assert report.flatten(["type", "note"]) == []
        assert report.stats["tasks"] == 4
        (place / "counts.csv").write_text("table_id,row,column,n\nflow,all,referred,many\n")
        assert not frictionless.validate(str(place / "datapackage.json")).valid

    @pytest.mark.parametrize("lost", ["manifest.json", "counts.csv", "datapackage.json"])
    def test_that_is_not_whole_is_not_opened(self, tmp_path, lost):
        place = _release(tmp_path)
        (place / lost).unlink()
        with pytest.raises(UsageError) as caught:
            store.open_release(place)
        assert caught.value.problems[0].code == "U102"
        assert caught.value.exit_code == 2

    def test_no_earlier_stage_is_opened_as_a_release(self, tmp_path):
        earlier = _release(tmp_path).rename(tmp_path / "2_estimated")
        with pytest.raises(UsageError, match="there is no release here"):
            store.open_release(earlier)

    def test_holds_the_facts_of_the_study_beside_the_numbers(self, tmp_path):
        package = json.loads((_release(tmp_path) / "datapackage.json").read_text("utf-8"))
        assert package["name"] == "demo"
        assert package["title"] == "Zoë’s study"
        assert set(package["evaltools"]) == {field.name for field in dataclasses.fields(Meta)}
