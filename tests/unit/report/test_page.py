from __future__ import annotations

import nbformat

from evaltools.report.html import FIGURE_MIME
from evaltools.report.page import compose


def notebook(*blocks):
    v4 = nbformat.v4
    cells = [v4.new_markdown_cell("## Title & co\n\nWords."), v4.new_code_cell("print('code')")]
    outputs = [v4.new_output("display_data", data=block) for block in blocks]
    return v4.new_notebook(cells=[*cells, v4.new_code_cell("x", outputs=outputs)])


def test_code_is_left_out_and_headings_are_listed_once_each():
    page = compose(notebook({"text/html": "<h2 id='a'>Title &amp; co</h2><h3>Part</h3>"}))
    assert "print" not in page.body
    assert page.contents == ((2, "title-co", "Title & co"), (2, "title-co-2", "Title & co"), (3, "part", "Part"))


def test_figures_and_tables_are_numbered_where_they_first_appear():
    place = '<span data-number="{}">x</span>'
    blocks = [place.format(name) for name in ("figure:b", "table:t", "figure:a", "figure:b")]
    assert compose(notebook({"text/html": " ".join(blocks)})).body.endswith("Figure 1 Table 1 Figure 2 Figure 1")


def test_plain_results_are_escaped_and_empty_ones_left_out():
    page = compose(notebook({"text/plain": "<script>"}, {"text/plain": ""}))
    assert page.body.endswith("<pre>&lt;script&gt;</pre>")


def test_figures_are_collected():
    asset = {"name": "a", "svg": "<svg>", "csv": "", "alt": "alt"}
    page = compose(notebook({"text/html": "<p>", FIGURE_MIME: {"figures": [asset]}}))
    assert page.figures[0].name == "a"
