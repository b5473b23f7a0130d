from __future__ import annotations

import pandas as pd
import pytest

from evaltools.errors import EstimateError
from evaltools.estimate.sites.fidelity import IPS_25, FidelityScale, fidelity_beside, fidelity_scores


def review(scores, site="a", date="2024-05-01"):
    return pd.DataFrame({"site_id": site, "date": date, "item": range(1, len(scores) + 1), "score": scores})


@pytest.mark.parametrize(
    ("total", "band"),
    [(125, "exemplary fidelity"), (115, "exemplary fidelity"), (114, "good fidelity"), (100, "good fidelity"),
     (99, "fair fidelity"), (74, "fair fidelity"), (73, "not supported employment"), (25, "not supported employment")],
)  # fmt: skip
def test_bands(total, band):
    assert IPS_25.band(total) == band
    assert IPS_25.most == 125


def test_bands_are_a_parameter():
    scale = FidelityScale(2, 0, 3, (("high", 5), ("low", 0)))
    assert fidelity_scores(review([3, 1]), scale)[["total", "band"]].values.tolist() == [[4.0, "low"]]


def test_missing_items_are_no_zero():
    row = fidelity_scores(review([4] * 24 + [None])).iloc[0]
    assert pd.isna(row["total"])
    assert (row["least"], row["most"], row["band"]) == (97, 101, "")
    assert "1 of 25" in row["note"]
    assert fidelity_scores(review([5] * 24 + [None])).iloc[0]["band"] == "exemplary fidelity"


@pytest.mark.parametrize(
    "bad",
    [
        review([6] + [4] * 24),
        review([0] + [4] * 24),
        review(["x"] + [4] * 24),
        review([4] * 26),
        pd.concat([review([4] * 3)] * 2),
    ],
)
def test_impossible_reviews(bad):
    with pytest.raises(EstimateError, match="E250"):
        fidelity_scores(bad)


def test_the_latest_review_before_an_outcome_stands_beside_it():
    scores = fidelity_scores(pd.concat([review([4] * 25), review([5] * 25, date="2025-05-01"), review([3] * 25, "b")]))
    days = ["2024-05-01", "2025-06-01", "2024-06-01", "2023-01-01"]
    outcomes = pd.DataFrame({"site_id": ["b", "a", "a", "a"], "date": days, "value": [0.1, 0.2, 0.3, 0.4]})
    found = fidelity_beside(outcomes, scores)
    assert found["value"].tolist() == [0.1, 0.2, 0.3, 0.4]
    assert found["total"].tolist()[:3] == [75, 125, 100]
    assert pd.isna(found["total"].iloc[3])
    assert found["caution"].str.contains("neither is read as the cause").all()
