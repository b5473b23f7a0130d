from __future__ import annotations

import pytest

from evaltools.report.html import FIGURE_MIME, Asset, Html, element, join, paragraphs, safe, section, slug


def test_everything_is_escaped_unless_known_to_be_safe():
    assert element("p", "<script>", Html("<b>x</b>"), title='"<').text == '<p title="&quot;&lt;">&lt;script&gt;<b>x</b></p>'
    assert safe(3) == "3"


def test_paragraphs_are_divided_at_blank_lines():
    assert paragraphs("One\nline.\n\nTwo <b>.").text == "<p>One line.</p><p>Two &lt;b&gt;.</p>"


def test_a_section_leaves_out_what_a_study_does_not_have():
    assert section("Hours", "Prose.", None, Html("<i>x</i>")).text == (
        '<section><h2 id="hours">Hours</h2><p>Prose.</p><i>x</i></section>'
    )


@pytest.mark.parametrize("blocks", [(None,), (None, Html(""))])
def test_a_section_of_nothing_is_nothing(blocks):
    assert section("Payments", "Prose that would mislead.", *blocks) == Html("")


def test_a_section_of_prose_stays():
    assert "<p>Words.</p>" in section("About", "Words.", level=3).text


def test_figures_travel_through_sections():
    asset = Asset("a", "<svg>", "x", "alt")
    block = section("One", "", join(Html("<p>", (asset,)), None))
    assert block._repr_mimebundle_()[FIGURE_MIME] == {"figures": [vars(asset)]}
    assert FIGURE_MIME not in Html("<p>")._repr_mimebundle_()


def test_a_heading_without_letters_still_has_an_id():
    assert slug("???") == "part"
