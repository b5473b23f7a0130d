from __future__ import annotations

from evaltools.report.picture import picture


def line(canvas, narrow):
    canvas.add_subplot().plot([0, 1], label="a $b$ name")
    canvas.text(0.5, 0.5, "costs $5 to $6")


def test_two_drawings_are_the_same_bytes():
    assert picture("a", line, (2, 2), True) == picture("a", line, (2, 2), True)


def test_a_drawing_needs_nothing_from_outside():
    svg = picture("a", line, (2, 2), False).wide
    assert svg.startswith("<svg")
    for word in ("<metadata", "DejaVu", "<script", "<image", 'href="http'):
        assert word not in svg


def test_ids_are_unique_to_the_page():
    made = picture("a", line, (2, 2), False)
    assert 'id="a-wide-' in made.wide
    assert 'id="a-narrow-' in made.narrow


def test_dollar_signs_are_no_mathematics():
    assert "costs $5 to $6" in picture("a", line, (2, 2), False).wide


def test_synthetic_data_are_named_inside_the_drawing():
    assert "Synthetic data" in picture("a", line, (2, 2), True).narrow
    assert "Synthetic data" not in picture("a", line, (2, 2), False).wide
