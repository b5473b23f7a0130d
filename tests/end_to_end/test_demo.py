"""The synthetic study, from its messy files to its pages: the truth comes back, and nothing that could identify a person."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from evaltools import pipeline, store
from evaltools.study import read_study
from evaltools.synthetic.demo import DEMO_SEED
from evaltools.synthetic.programme import programme

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "analyses" / "studies" / "demo"
TRUTH = json.loads((DEMO / "truth.json").read_text(encoding="utf-8"))
CASES = [(site, definition) for site, held in TRUTH["readable"].items() for definition in held]


@dataclass(frozen=True)
class Run:
    folder: Path
    page: str


def _run(folder: Path, without: tuple[str, ...] = ()) -> Run:
    shutil.copytree(DEMO, folder, ignore=shutil.ignore_patterns(*without))
    study = read_study(folder)
    page, *_ = pipeline.report(study)  # the overview comes first
    return Run(study.folder, page.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return _run(tmp_path_factory.mktemp("one") / "demo")


def _build(run: Run) -> Path:
    return read_study(run.folder).build


@pytest.mark.parametrize(("site", "definition"), CASES)
def test_the_truth_comes_back(demo: Run, site: str, definition: str) -> None:
    truth = TRUTH["readable"][site][definition]
    counts = store.read_results(_build(demo) / "2_estimated").counts
    flow = counts[(counts["table_id"] == "flow") & (counts["row"] == site)].set_index("column")["n"]
    steps = {name.removeprefix(f"{definition}."): n for name, n in flow.items() if name.startswith(f"{definition}.")}
    in_scope = "engaged_out_of_work" if definition == "ipsgrow_2024" else "engaged"
    assert (steps["referred"], steps["engaged"], steps["in_scope"]) == (truth["referred"], truth["engaged"], truth[in_scope])
    assert steps["started"] == truth["started"]
    for name in [name for name in steps if name.startswith("followed_")]:
        weeks = name.removeprefix("followed_")
        assert steps[name] == truth[f"in_window_{weeks}"]
        assert steps[f"kept_{weeks}"] == truth[f"kept_{weeks}"]


def test_every_file_is_accounted_for_as_the_truth_says(demo: Run) -> None:
    columns = ["lines", "title", "header", "blank", "total", "rows", "kept", "merged", "quarantined"]
    found = pd.read_parquet(_build(demo) / "1_prepared" / "accounting.parquet")
    assert (found["lines"] == found[["title", "header", "blank", "total", "rows"]].sum(axis=1)).all()
    assert (found["rows"] == found[["kept", "merged", "quarantined"]].sum(axis=1)).all()
    read = found[found["status"] == "read"].set_index(["file", "sheet"])[columns]
    expected = {
        (entry["file"], entry.get("sheet") or ""): [entry[name] for name in columns]
        for entry in TRUTH["accounting"]
        if entry["status"] == "read"
    }
    assert {place: [int(n) for n in row] for place, row in read.iterrows()} == expected
    refused = {entry["file"] for entry in TRUTH["accounting"] if entry["status"] == "refused"}
    assert set(found.loc[found["status"] == "refused", "file"]) == refused


def test_released_counts_are_never_small_and_always_rounded(demo: Run) -> None:
    released = store.open_release(_build(demo) / "3_released").results
    held = [released.counts.loc[released.counts["table_id"] != "files", "n"]]
    held += [released.estimates[name] for name in ("numerator", "denominator", "n", "events", "missing")]
    held += [released.curves["at_risk"]]
    shown = pd.concat(held).dropna()
    assert len(shown) > 500
    assert (shown % 5 == 0).all()
    assert not shown.between(1, 9).any()
    assert released.curves["events"].isna().all()
    assert released.estimates["se"].isna().all()


def test_the_page_holds_no_exact_count_that_the_release_hides(demo: Run) -> None:
    exact = store.read_results(_build(demo) / "2_estimated").counts
    people = exact[(exact["table_id"] == "flow") & (exact["n"] > 100) & (exact["n"] % 5 != 0)]["n"].astype(int)
    assert len(people) > 10
    text = re.sub(r"<(svg|style)\b.*?</\1>|<[^>]*>", " ", demo.page, flags=re.S)
    said = {
        int(number.replace(",", ""))
        for number in re.findall(r"(?<![\w.])[1-9]\d{0,2}(?:,\d{3})+|(?<![\w.,])[1-9]\d{2,3}(?![\w.])", text)
    }
    assert not said & set(people)


def test_no_identifier_and_no_free_text_leaves_raw(demo: Run) -> None:
    made_up = programme(DEMO_SEED)
    words = {name.encode() for name in made_up.specialists["specialist_id"]}
    ids = {value.encode() for value in made_up.participants["participant_id"] if value.startswith("0") and len(value) >= 5}
    assert len(ids) > 500
    for path in [*(_build(demo) / "3_released").iterdir(), *(demo.folder / "reports").rglob("*")]:
        if path.is_file():
            content = path.read_bytes()
            assert not [word for word in words if word in content], path.name
            assert not set(re.findall(rb"(?<![\w.#-])0\d{4,}(?![\w.])", content)) & ids, path.name


def test_the_page_says_that_the_data_are_synthetic_in_words_and_in_every_figure(demo: Run) -> None:
    assert "Synthetic data" in demo.page
    figures = re.findall(r"<svg.*?</svg>", demo.page, flags=re.S)
    assert figures
    for path in (demo.folder / "reports").rglob("*.svg"):
        assert "ynthetic" in path.read_text(encoding="utf-8"), path.name


def test_pages_and_numbers_are_the_same_without_the_truth_file(demo: Run, tmp_path: Path) -> None:
    blind = _run(tmp_path / "demo", without=("truth.json",))
    assert not (blind.folder / "truth.json").exists()
    assert store.files_hash(_build(demo) / "3_released") == store.files_hash(_build(blind) / "3_released")
    assert demo.page == blind.page


def test_one_entry_changed_in_a_raw_file_changes_the_page(demo: Run, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    shutil.copytree(DEMO, folder)
    path = folder / "raw" / "eastvale_clients_2018-08.csv"
    lines = path.read_bytes().split(b"\n")
    # one record less
    path.write_bytes(b"\n".join(lines[:20] + lines[21:]))
    page, *_ = pipeline.report(read_study(folder))
    assert page.read_text(encoding="utf-8") != demo.page
    counts = store.read_results(read_study(folder).build / "2_estimated").counts
    flow = counts[(counts["table_id"] == "flow") & (counts["row"] == "eastvale")].set_index("column")["n"]
    assert flow["bit_cbo.referred"] == TRUTH["readable"]["eastvale"]["bit_cbo"]["referred"] - 1


def test_private_tables_stay_private(demo: Run) -> None:
    private = _build(demo) / "private"
    assert {path.stat().st_mode & 0o777 for path in private.iterdir()} == {0o600}
    ledger = pd.read_parquet(private / "ledger.parquet")
    hidden = ledger[ledger["field"].isin(["participant_id", "specialist_id", "job_id", "enrolment_id"])]
    assert set(hidden["raw"].fillna("")) <= {""}
