from __future__ import annotations

from pathlib import Path

from evaltools.schema.dictionary import dictionary_markdown
from evaltools.schema.read import read_schema


def test_the_dictionary_is_current(project: Path) -> None:
    held = (project / "data_schema" / "README.md").read_text(encoding="utf-8")
    assert dictionary_markdown(read_schema(project / "data_schema")) == held, "run: make dictionary"


def test_a_changed_schema_changes_the_dictionary(project: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(project / "data_schema", tmp_path / "data_schema")
    table = tmp_path / "data_schema" / "tables" / "jobs.yaml"
    table.write_text(table.read_text().replace("First day of paid work.", "First day of work."))
    held = (project / "data_schema" / "README.md").read_text(encoding="utf-8")
    assert dictionary_markdown(read_schema(tmp_path / "data_schema")) != held
