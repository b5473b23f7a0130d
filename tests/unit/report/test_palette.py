from __future__ import annotations

import itertools

import pytest

from evaltools.report.palette import BLUE, COLOURS, GREY, TEXT, figure_style


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(colour):
    return 1.05 / (luminance(colour) + 0.05)


def test_the_palette_is_that_of_the_analysis_function():
    assert COLOURS == ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")


@pytest.mark.parametrize("colour", [BLUE, TEXT])
def test_colours_of_words_can_be_read(colour):
    assert contrast(colour) >= 4.5


@pytest.mark.parametrize("colour", [*COLOURS, GREY])
def test_colours_of_lines_stand_out(colour):
    assert contrast(colour) >= 3


def test_words_are_large_enough():
    sizes = itertools.chain(*(figure_style(narrow).items() for narrow in (True, False)))
    assert min(size for name, size in sizes if name.endswith("size") and isinstance(size, float)) >= 8.5
