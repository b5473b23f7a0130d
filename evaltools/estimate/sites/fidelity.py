"""Fidelity reviews of sites, item by item, beside their outcomes; nothing here says that one makes the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaltools.errors import EstimateError, Problem

__all__ = ["IPS_25", "FidelityScale", "fidelity_beside", "fidelity_scores"]

_CAUTION = "fidelity and outcomes stand side by side: sites differ in more than fidelity, so neither is read as the cause"


@dataclass(frozen=True)
class FidelityScale:
    """A scale of items scored from lowest to highest. bands: name and the least total for it, from the highest down."""

    items: int
    lowest: int
    highest: int
    bands: tuple[tuple[str, int], ...]

    @property
    def most(self) -> int:
        """Highest total."""
        return self.items * self.highest

    def band(self, total: float) -> str:
        """Return the band of a total.

        >>> IPS_25.band(112)
        'good fidelity'
        """
        return next((name for name, least in self.bands if total >= least), self.bands[-1][0])


IPS_25 = FidelityScale(
    25, 1, 5,
    (("exemplary fidelity", 115), ("good fidelity", 100), ("fair fidelity", 74), ("not supported employment", 25)),
)  # fmt: skip
"""Supported Employment Fidelity Scale (Becker, Swanson, Reese, Bond and McLeman 2015): 25 items, 125 points."""


def fidelity_scores(reviews: pd.DataFrame, scale: FidelityScale = IPS_25) -> pd.DataFrame:
    """Add up the items of each review.

    Parameters
    ----------
    reviews : pandas.DataFrame
        site_id, date, item, score; one row an item of a review.
    scale : FidelityScale
        Items, points and bands.

    Returns
    -------
    pandas.DataFrame
        site_id, date, items (scored), total, least, most (if the missing items were lowest or highest), band, note. The
        total is missing, with a note, unless every item is scored; the band is given when least and most share it.
        EstimateError E250 for a score outside the scale, an item scored twice, or more items than the scale has.

    Examples
    --------
    >>> review = pd.DataFrame({"site_id": "a", "date": "2024-05-01", "item": range(25), "score": 4})
    >>> fidelity_scores(review)[["total", "band"]].values.tolist()
    [[100.0, 'good fidelity']]
    """
    score = pd.to_numeric(reviews["score"], errors="coerce")
    wrong = int((score.lt(scale.lowest) | score.gt(scale.highest) | (score.isna() & reviews["score"].notna())).sum())
    twice = int(reviews.duplicated(["site_id", "date", "item"]).sum())
    counted = (
        reviews.assign(score=score).groupby(["site_id", "date"], sort=False)["score"].agg(["count", "sum"]).reset_index()
    )
    beyond = int((counted["count"] > scale.items).sum())
    if wrong or twice or beyond:
        scale_said = f"{scale.lowest} to {scale.highest}"
        what = f"{wrong} scores outside {scale_said}, {twice} items scored twice, {beyond} reviews too long"
        raise EstimateError(Problem("E250", what, fix=f"give each of the {scale.items} items of a review once"))
    lacking = scale.items - counted["count"]
    least, most = counted["sum"] + lacking * scale.lowest, counted["sum"] + lacking * scale.highest
    bands = [(scale.band(low), scale.band(high)) for low, high in zip(least, most, strict=True)]
    return pd.DataFrame(
        {
            "site_id": counted["site_id"],
            "date": counted["date"],
            "items": counted["count"],
            "total": counted["sum"].where(lacking == 0).astype(float),
            "least": least,
            "most": most,
            "band": [low if low == high else "" for low, high in bands],
            "note": [f"{none} of {scale.items} items were not scored" if none else "" for none in lacking],
        }
    )


def fidelity_beside(outcomes: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Put beside each outcome of a site the latest fidelity review on or before its date.

    Parameters
    ----------
    outcomes : pandas.DataFrame
        site_id, date (first day of the period), and value, lower, upper, numerator, denominator or whatever it holds.
    scores : pandas.DataFrame
        From `fidelity_scores`.

    Returns
    -------
    pandas.DataFrame
        The outcomes, in order, with reviewed, total, band and caution; missing where no review came before.

    Examples
    --------
    >>> outcome = pd.DataFrame({"site_id": ["a"], "date": ["2024-07-01"], "value": [0.4]})
    >>> review = pd.DataFrame({"site_id": "a", "date": "2024-05-01", "item": range(25), "score": 4})
    >>> fidelity_beside(outcome, fidelity_scores(review))["band"].tolist()
    ['good fidelity']
    """
    left = outcomes.assign(_at=pd.to_datetime(outcomes["date"]), _row=np.arange(len(outcomes))).sort_values(
        "_at", kind="stable"
    )
    right = scores.assign(_at=pd.to_datetime(scores["date"]), reviewed=scores["date"]).sort_values("_at", kind="stable")
    joined = pd.merge_asof(left, right[["site_id", "_at", "reviewed", "total", "band"]], on="_at", by="site_id")
    whole = joined.sort_values("_row").drop(columns=["_at", "_row"]).reset_index(drop=True)
    return whole.assign(caution=_CAUTION)
