from __future__ import annotations

from pathlib import Path

from evaltools.report.index import Entry, index_page

CSS = Path("reports/style/evaltools.css").name


def test_real_data_come_first_and_synthetic_data_are_named(people, totals):
    page = index_page(
        [Entry("demo", people.meta, ("overview.html",)), Entry("mhep-lcf", totals.meta, ("overview.html",))], CSS
    )
    assert page.index("mhep-lcf/overview.html") < page.index("demo/overview.html")
    assert "Two studies: one from real data and one from synthetic data." in page
    assert '<a href="demo/overview.html">Overview</a> for commissioners' in page
    assert "Records of people, to 30 September 2023." in page


def test_hostile_titles_are_inert(hostile):
    page = index_page([Entry("demo", hostile.meta, ("site-<b>.html",))], "")
    assert "<script>" not in page
    assert "<b>" not in page


def test_nothing_rendered_yet_says_what_to_do():
    assert "Run &#x27;make report&#x27;" in index_page([], "")


def test_the_page_asks_the_network_for_nothing(people):
    page = index_page([Entry("demo", people.meta, ("overview.html",))], "p{}")
    assert "default-src &#x27;none&#x27;" in page or "default-src 'none'" in page
    assert "http:" not in page
    assert "https:" not in page


def test_a_pdf_is_linked_as_such(people) -> None:
    text = index_page([Entry("demo", people.meta, ("overview.html", "overview.pdf"))], "")
    assert 'href="demo/overview.pdf"' in text
    assert "Overview (PDF)" in text
