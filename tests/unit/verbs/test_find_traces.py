from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from evaltools.verbs.find_traces import find_traces

WORD = "NM-00417"


def _workbook(text: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<si><t>{text}</t></si>" * 50)
    return held.getvalue()


FILES = {
    "plain.csv": f"id,sex\n{WORD},F\n".encode(),
    "wide.txt": f"id\n{WORD}\n".encode("utf-16"),
    "book.xlsx": _workbook(WORD),
    ".hidden/left.json": f'{{"id": "{WORD}"}}'.encode(),
    "cut.xlsx": _workbook("nobody")[:60],  # cannot be opened, so nobody can say what it holds
}


@pytest.mark.parametrize("name", FILES)
def test_a_trace_is_found_in_every_kind_of_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(FILES[name])
    (tmp_path / "other.csv").write_bytes(b"id\nNM-00418\nXNM-00417\nNM-004170\n")
    assert find_traces(tmp_path, [WORD]) == [name]


@pytest.mark.parametrize("kind", ["string", "object", "category"])
def test_compressed_columns_are_searched_cell_by_cell(tmp_path: Path, kind: str) -> None:
    ids = [f"NM-{number:05d}" for number in range(2000)]
    pd.DataFrame({"id": ids}, dtype=kind).to_parquet(tmp_path / "all.parquet")
    pd.DataFrame({"id": [each for each in ids if each != WORD]}, dtype=kind).to_parquet(tmp_path / "rest.parquet")
    pd.DataFrame({"why": [f"see {WORD}, row 3"]}, dtype=kind).to_parquet(tmp_path / "sentence.parquet")
    assert find_traces(tmp_path, [WORD]) == ["all.parquet", "sentence.parquet"]
    assert find_traces(tmp_path, ["NM-99999", WORD]) == ["all.parquet", "sentence.parquet"]


def test_numbers_are_searched_too_and_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert find_traces(tmp_path, ["12345"]) == []
    pd.DataFrame({"id": pd.array([12345, None], dtype="Int64"), "when": pd.to_datetime(["2020-01-01", None])}).to_parquet(
        tmp_path / "numbers.parquet"
    )
    assert find_traces(tmp_path, ["12345"]) == ["numbers.parquet"]
    assert find_traces(tmp_path, ["1234"]) == []
