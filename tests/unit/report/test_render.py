from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest

from evaltools.errors import ReportError
from evaltools.report.render import render

ROOT = Path(__file__).parents[3]
STYLE = ROOT / "reports" / "style"
OVERVIEW = ROOT / "analyses" / "overview.ipynb"


def small(folder, *cells):
    """Write a notebook that needs no released numbers, so that the machinery can be tested in little time."""
    v4 = nbformat.v4
    first = v4.new_code_cell('release = "x"\nsite = ""', metadata={"tags": ["parameters"]})
    path = folder / "small.ipynb"
    metadata = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
    nbformat.write(v4.new_notebook(metadata=metadata, cells=[first, *map(v4.new_code_cell, cells)]), path)
    return path


@pytest.fixture(scope="module")
def pages(tmp_path_factory, people, totals, saved):
    folder = tmp_path_factory.mktemp("pages")
    made = {}
    for name, release in (("people", people), ("totals", totals)):
        source = saved(release, folder / name)
        made[name] = [render(OVERVIEW, source, release, folder / f"{name}-{again}", STYLE) for again in ("a", "b")]
    return made


def test_the_same_release_gives_the_same_bytes(pages):
    for first, second in pages.values():
        assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_files_are_named_after_the_notebook(pages):
    names = [path.name for path in pages["people"][0]]
    assert names[:3] == ["overview.html", "overview-time-to-job.svg", "overview-time-to-job.csv"]


def test_a_page_is_one_file_that_runs_and_asks_for_nothing(pages):
    for first, _ in pages.values():
        text = first[0].read_text("utf-8")
        assert "<script" not in text
        assert not re.search(r'(src|href)="(?!#)', text)
        assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in text
        assert '<html lang="en-GB">' in text


def test_ids_are_unique(pages):
    class Ids(HTMLParser):
        found: list

        def handle_starttag(self, tag, attrs):
            self.found += [value for name, value in attrs if name == "id"]

    for first, _ in pages.values():
        parser = Ids()
        parser.found = []
        parser.feed(first[0].read_text("utf-8"))
        assert len(parser.found) == len(set(parser.found))


def test_each_kind_of_study_has_its_own_sections(pages):
    people, totals = (re.findall("<h2 id.*?>(.*?)</h2>", pages[name][0][0].read_text("utf-8")) for name in pages)
    assert "How long jobs last" in people
    assert "Payments" not in people
    assert "Payments" in totals
    assert "How long jobs last" not in totals


def test_synthetic_data_are_said_in_title_banner_and_each_figure(pages):
    text = pages["people"][0][0].read_text("utf-8")
    assert "(synthetic data)</title>" in text
    assert text.count("Synthetic data</text>") == text.count("<svg")
    assert "ynthetic data" not in pages["totals"][0][0].read_text("utf-8")


def test_published_numbers_are_on_the_page(pages):
    text = pages["totals"][0][0].read_text("utf-8")
    for number in ("831 of 2,610", "30.1% to 33.7%", "432 of 831", "3.60", "12.26", "p = 0.308", "p = 0.0065", "£1,568,319"):
        assert number in text


def test_hostile_names_are_inert(hostile, tmp_path, saved):
    page = render(OVERVIEW, saved(hostile, tmp_path), hostile, tmp_path / "out", STYLE)[0].read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_misspelt_parameter_stops_before_anything_runs(tmp_path, people):
    with pytest.raises(ReportError, match="R201"):
        render(OVERVIEW, tmp_path, people, tmp_path / "out", STYLE, {"sites": "enfield"})
    assert not (tmp_path / "out").exists()


def test_a_failing_cell_is_one_paragraph_and_leaves_no_page(tmp_path, people, capfd):
    notebook = small(tmp_path, "1 + 1", "\nraise KeyError('no such number')")
    with pytest.raises(ReportError) as failed:
        render(notebook, tmp_path, people, tmp_path / "out", STYLE)
    (problem,) = failed.value.problems
    assert problem.code == "R202"
    assert "raise KeyError" in problem.place
    assert problem.detail == "KeyError: 'no such number'"
    assert "Traceback" not in str(failed.value)
    assert not (tmp_path / "out").exists()
    assert capfd.readouterr().err == ""


def test_parameters_reach_the_notebook(tmp_path, people):
    page, *_ = render(small(tmp_path, "site"), tmp_path, people, tmp_path / "out", STYLE, {"site": "enfield"})
    assert "<pre>&#x27;enfield&#x27;</pre>" in page.read_text("utf-8")


def test_a_notebook_that_does_not_exist_is_said(tmp_path, people):
    with pytest.raises(ReportError, match="R204"):
        render(tmp_path / "none.ipynb", tmp_path, people, tmp_path / "out", STYLE)


def test_a_file_that_is_no_notebook_is_said(tmp_path, people):
    (tmp_path / "bad.ipynb").write_text("not json", encoding="utf-8")
    with pytest.raises(ReportError, match="R205"):
        render(tmp_path / "bad.ipynb", tmp_path, people, tmp_path / "out", STYLE)
