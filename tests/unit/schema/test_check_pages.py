from __future__ import annotations

from pathlib import Path

from evaltools.schema.check_pages import check_pages
from evaltools.schema.read import read_schema

ROOT = Path(__file__).parents[3]


def test_the_pages_are_current() -> None:
    pages = check_pages(read_schema(ROOT / "data_schema"))
    held = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "checks").glob("*.md")}
    assert held == pages, "run: evaltools dictionary --write"


def test_a_page_says_what_it_means_what_to_do_and_by_which_limits() -> None:
    schema = read_schema(ROOT / "data_schema")
    page = check_pages(schema)["D131.md"]
    check = schema.checks["D131"]
    assert check.meaning in page
    assert check.fix in page
    assert "age_min = 16\nage_max = 80" in page
    assert "sentinel_dates = [1900-01-01]" in check_pages(schema)["D140.md"]
    assert "[checks]" not in check_pages(schema)["D101.md"]
