"""Shapes of the association of a rate with caseload: a smooth curve, straight segments, or the bands of a fidelity scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.family_settings import FIDELITY_CUTS
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.restricted_spline import spline_basis

__all__ = ["FIDELITY_SCALES", "Shape", "ShapeName", "caseload_shape"]

Floats = NDArray[np.float64]
ShapeName = Literal["spline", "segments", "bands"]
FIDELITY_SCALES: dict[str, tuple[float, ...]] = {"uk25": FIDELITY_CUTS, "older": (25, 40, 60, 80)}
"""Upper ends of caseload bands, best first: the 25-item scale of the United Kingdom, and an older form of the scale."""
_CENTILES = (5, 35, 65, 95)
_SEGMENTS = (20.0, 25.0)


@dataclass(frozen=True)
class Shape:
    """How caseload enters the model.

    kind: see ShapeName. knots: of the curve or the segments, or the upper ends of the bands in use. names: of the columns.
    bends: names of the columns that make it other than a straight line (of bands: all but none).
    """

    kind: ShapeName
    knots: tuple[float, ...]
    names: tuple[str, ...]
    bends: tuple[str, ...]

    def columns(self, caseload: Floats) -> Floats:
        """Return the columns at caseloads (n,), shape (n, q)."""
        if self.kind == "spline":
            basis = spline_basis(caseload, np.array(self.knots))[:, 1:]
            basis[:, 1:] /= (self.knots[-1] - self.knots[0]) ** 2
            return np.asarray(basis)
        if self.kind == "segments":
            return np.column_stack([caseload, *(np.maximum(caseload - knot, 0) for knot in self.knots)])
        band = np.searchsorted(np.array(self.knots), caseload, side="left")
        return (band[:, None] == np.arange(1, len(self.knots) + 1)).astype(float)


def caseload_shape(caseload: pd.Series, kind: ShapeName, cuts: Sequence[float] | None = None) -> Shape:
    """Choose knots from the data, or bands that hold somebody.

    Parameters
    ----------
    caseload : pandas.Series
        Active clients for each full-time specialist, one value a row; missing ones are left out.
    kind : ShapeName
        'spline': restricted cubic, knots at centiles 5, 35, 65 and 95. 'segments': straight lines that bend at 20 and 25.
        'bands': one level for each band of a fidelity scale.
    cuts : sequence of float, optional
        Other places to bend, or other upper ends of bands (FIDELITY_SCALES has two).

    References
    ----------
    Harrell (2015), Regression Modeling Strategies, section 2.4.

    Examples
    --------
    >>> caseload_shape(pd.Series([12.0, 18.0, 22.0, 31.0]), "bands").names
    ('band above 20 to 25', 'band above 30 to 40')
    """
    values = caseload.dropna().to_numpy(dtype=float)
    if not len(values) or not np.isfinite(values).all() or (values < 0).any():
        raise EstimateError(Problem("E202", "the caseload is missing in every row, infinite or below 0", fix="mend it"))
    if kind == "spline":
        knots = tuple(float(each) for each in (np.percentile(values, _CENTILES) if cuts is None else cuts))
        if len(knots) < 3 or min(np.diff(knots)) <= 0:
            raise EstimateError(
                Problem("E210", "caseload takes too few values for a curve", fix="use shape='bands', or give other knots")
            )
        bends = tuple(f"caseload bend {place}" for place in range(1, len(knots) - 1))
        return Shape(kind, knots, ("caseload", *bends), bends)
    if kind == "segments":
        inside = tuple(float(cut) for cut in cuts or _SEGMENTS if values.min() < cut < values.max())
        bends = tuple(f"change of slope at {cut:g}" for cut in inside)
        return Shape(kind, inside, ("caseload", *bends), bends)
    every = tuple(float(cut) for cut in cuts or FIDELITY_CUTS)
    held = np.unique(np.searchsorted(np.array(every), values, side="left"))
    if len(held) < 2:
        raise EstimateError(Problem("E210", "every caseload lies in the same band", fix="use shape='spline'"))
    kept = tuple(every[place] for place in held[:-1])  # empty bands join the next one up
    names = tuple(
        f"band above {every[place - 1]:g} to {every[place]:g}" if place < len(every) else f"band above {every[-1]:g}"
        for place in held[1:]
    )
    return Shape(kind, kept, names, names)
