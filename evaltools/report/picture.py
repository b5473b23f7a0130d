"""A drawing as inline SVG, once for a page and once for a telephone, the same bytes every time."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Canvas

from evaltools.report.palette import TEXT, figure_style

__all__ = ["Draw", "Picture", "picture"]

Draw = Callable[[Canvas, bool], None]

_FONTS = "Arial, Helvetica, 'Liberation Sans', sans-serif"
_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}


@dataclass(frozen=True)
class Picture:
    """The two drawings of a figure, as SVG."""

    wide: str
    narrow: str


def _svg(canvas: Canvas, name: str) -> str:
    target = io.StringIO()
    FigureCanvasSVG(canvas).print_svg(target, metadata=_METADATA)
    svg = target.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"'DejaVu Sans'(, [^;\"]*)?", _FONTS, svg)
    # ids are made unique to the page: two drawings would otherwise share clip paths
    svg = re.sub(r'\bid="', f'id="{name}-', svg)
    svg = re.sub(r"url\(#", f"url(#{name}-", svg)
    return re.sub(r'href="#', f'href="#{name}-', svg)


def _draw(draw: Draw, size: tuple[float, float], name: str, synthetic: bool) -> str:
    narrow = name.endswith("narrow")
    with mpl.rc_context(figure_style(narrow) | {"svg.hashsalt": name}):  # type: ignore[arg-type]
        canvas = Canvas(figsize=size)
        draw(canvas, narrow)
        if synthetic:
            x, y = 1 - 0.04 / size[0], 0.05 / size[1]
            canvas.text(x, y, "Synthetic data", ha="right", va="bottom", color=TEXT, fontsize=8.5, style="italic")
        return _svg(canvas, name)


def picture(name: str, draw: Draw, heights: tuple[float, float], synthetic: bool) -> Picture:
    """Draw a figure 8.1 inches wide, and 3.75 for a telephone, with these heights in inches.

    draw: is given an empty canvas and whether it is the narrow one.
    """
    wide = _draw(draw, (8.1, heights[0]), f"{name}-wide", synthetic)
    return Picture(wide, _draw(draw, (3.75, heights[1]), f"{name}-narrow", synthetic))
