from __future__ import annotations

import pytest

from evaltools.errors import ReportError
from evaltools.report.figure import Figure, not_shown
from evaltools.report.html import FIGURE_MIME
from evaltools.report.picture import Picture
from evaltools.report.table import Table

DATA = Table("data", "Numbers", ("Site", "n"), (("Enfield", "84"),))
PICTURE = Picture('<svg width="1pt" height="2pt" viewBox="0 0 1 2"><g/></svg>', '<svg viewBox="0 0 1 1"></svg>')


def made(alt="A line that rises."):
    return Figure("rise", "Starts rise", "Share of 10 people", alt, PICTURE, DATA, note="By hand.")


@pytest.mark.parametrize("alt", ["", "  "])
def test_a_figure_without_description_is_refused(alt):
    with pytest.raises(ReportError, match="R203"):
        made(alt)


def test_picture_is_described_scales_and_has_its_numbers_beneath():
    page = made().block().text
    assert '<svg viewBox="0 0 1 2" role="img" aria-label="A line that rises." class="wide"><g/></svg>' in page
    assert '<summary>Data for <span data-number="figure:rise">Figure</span></summary>' in page
    assert '<th scope="row">Enfield</th>' in page
    assert made()._repr_html_() == page


def test_description_is_escaped():
    assert "&lt;b&gt;&quot;" in made('<b>"').block().text


def test_picture_and_numbers_travel_with_the_page():
    (asset,) = made().block()._repr_mimebundle_()[FIGURE_MIME]["figures"]
    assert asset == {"name": "rise", "svg": PICTURE.wide, "csv": "Site,n\nEnfield,84\n", "alt": "A line that rises."}


def test_what_is_missing_is_said_with_its_reason():
    assert not_shown("The curve", "too few people.").text == (
        '<p class="missing"><b>The curve is not shown: </b>too few people.</p>'
    )
