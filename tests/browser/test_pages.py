"""Pages in a real browser: nothing fails, nothing is fetched, nothing shuts a reader out, on a desk and on a telephone."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from evaltools.report.index import Entry, index_page
from evaltools.report.render import render

ROOT = Path(__file__).parents[2]
STYLE = ROOT / "reports" / "style"
CHROMIUM = "/usr/bin/chromium" if Path("/usr/bin/chromium").exists() else shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PAGES = ["people/overview", "totals/overview", "hidden/overview", "people/definitions", "hidden/definitions", "index"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: pages are not tried in a browser"),
]


def _made_up() -> ModuleType:
    """Load the made-up releases of the unit tests."""
    spec = importlib.util.spec_from_file_location("made_up", ROOT / "tests" / "unit" / "report" / "conftest.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    made_up, entries = _made_up(), []
    for name in ("people", "totals", "hidden"):
        release = getattr(made_up, name)()
        saved = made_up.saved(release, folder / name)
        for notebook in ("overview",) if name == "totals" else ("overview", "definitions"):
            render(ROOT / "analyses" / f"{notebook}.ipynb", saved, release, folder / name, STYLE)
        entries.append(Entry(name, release.meta, ("overview.html",)))
    css = (STYLE / "evaltools.css").read_text("utf-8")
    (folder / "index.html").write_text(index_page(entries, css), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator:
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(params=[1280, 390])
def visit(request, browser, pages):
    """Open a page at the width of a desk or a telephone; nothing may be logged and nothing asked for but the page."""
    tab = browser.new_page(viewport={"width": request.param, "height": 900})
    said, asked = [], []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("request", lambda wanted: asked.append(wanted.url))

    def open_page(name):
        url = (pages / f"{name}.html").as_uri()
        tab.goto(url)
        assert said == []
        assert asked == [url]
        return tab

    yield open_page
    tab.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_its_screen(visit, name):
    tab = visit(name)
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("name", PAGES)
def test_nobody_is_shut_out(visit, name):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    tab = visit(name)
    tab.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    found = axe.run(tab)
    assert found.violations_count == 0, found.generate_report()


def test_every_entry_of_the_contents_leads_somewhere(visit):
    tab = visit("people/overview")
    assert tab.evaluate("[...document.querySelectorAll('nav a')].every(a => document.querySelector(a.getAttribute('href')))")


def test_one_drawing_of_each_figure_is_seen(visit):
    tab = visit("people/overview")
    seen = (
        "[...document.querySelectorAll('figure')].map(f => [...f.querySelectorAll('svg')].filter(s => s.clientWidth).length)"
    )
    assert set(tab.evaluate(seen)) == {1}


def test_words_in_figures_can_be_read(visit):
    tab = visit("people/overview")
    smallest = tab.evaluate(
        "Math.min(...[...document.querySelectorAll('figure svg text')].filter(t => t.getBoundingClientRect().width)"
        ".map(t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a))"
    )
    assert smallest >= 10
