from __future__ import annotations

from evaltools.report.table import Table, numbered

TABLE = Table("t", "Counts", ("Site", "n"), (("<b>", "1\nof 2"), ("All", "3")), note="One.\n\nTwo.", total=True)


def test_headers_and_caption_are_marked():
    page = TABLE.block().text
    assert '<caption id="caption-t"><span>Counts</span></caption>' in page
    assert '<th scope="col">Site</th><th scope="col" class="number">n</th>' in page
    assert '<th scope="row">&lt;b&gt;</th>' in page


def test_a_wide_table_can_be_scrolled_by_keyboard():
    assert '<div class="scroll" role="region" tabindex="0" aria-labelledby="caption-t">' in TABLE.block().text


def test_cells_have_lines_and_the_last_row_is_the_total():
    page = TABLE.block().text
    assert '1<span class="line">of 2</span>' in page
    assert '<tr class="total"><th scope="row">All</th>' in page


def test_notes_are_paragraphs():
    assert TABLE.block().text.endswith('<div class="note"><p>One.</p><p>Two.</p></div>')


def test_cells_as_text():
    assert TABLE.csv == "Site,n\n<b>,1; of 2\nAll,3\n"


def test_a_number_has_its_place():
    assert '<b><span data-number="table:t">Table</span>.</b> Counts' in numbered(TABLE).text


def test_a_table_of_words_may_wrap():
    words = Table("t", "Words", ("A", "B"), (("x", "y"),), text=frozenset({0, 1}))
    assert '<table class="words">' in words.block().text


def test_a_row_of_one_cell_is_a_heading():
    table = Table("t", "Words", ("A", "B"), (("Part",), ("x", "y")))
    assert '<tr class="group"><th scope="rowgroup" colspan="2">Part</th></tr>' in table.block().text
    assert table.csv == "A,B\nPart\nx,y\n"
