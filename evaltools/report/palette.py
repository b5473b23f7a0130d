"""The look of every figure: Analysis Function colours, light grid, text that can be read."""

from __future__ import annotations

from typing import Any

import seaborn as sns

__all__ = ["BLUE", "COLOURS", "GREY", "LIGHT", "TEXT", "TURQUOISE", "figure_style"]

# Analysis Function categorical palette, in its order. Turquoise, orange and lilac are too light for text.
BLUE, TURQUOISE, PLUM, ORANGE, TEXT, LILAC = COLOURS = (
    "#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1",
)  # fmt: skip
GREY = "#8C8C8C"  # other sites in a small multiple: 3.4:1 on white
LIGHT = "#E3E3E3"  # gridlines


def figure_style(narrow: bool) -> dict[str, Any]:
    """Matplotlib settings of a figure, for a page or for a telephone."""
    size = 9.0 if narrow else 10.0
    return {
        **sns.axes_style("white"),
        "font.family": ["DejaVu Sans"],  # comes with matplotlib, so the layout is the same on every machine
        "font.size": size,
        "axes.labelsize": size,
        "axes.titlesize": size,
        "xtick.labelsize": size,
        "ytick.labelsize": size,
        "text.color": "#0B0C0C",
        "axes.labelcolor": "#0B0C0C",
        "xtick.color": "#0B0C0C",
        "ytick.color": "#0B0C0C",
        "axes.edgecolor": "#6F777B",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "grid.color": LIGHT,
        "grid.linewidth": 0.8,
        "xtick.bottom": True,
        "ytick.left": False,
        "axes.axisbelow": True,
        "svg.fonttype": "none",
        "text.parse_math": False,  # a site's name may hold a dollar sign
    }
