from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.report.caterpillar import caterpillar


def sites(ranks):
    count = len(ranks)
    value = np.linspace(0.4, 0.6, count)[::-1]
    frame = pd.DataFrame({"name": [f"Site {at}" for at in range(count)], "raw": value + 0.01, "value": value})
    low, high = zip(*ranks, strict=True)
    return frame.assign(
        lower=value - 0.05, upper=value + 0.05, median_rank=np.arange(1, count + 1), lower_rank=low, upper_rank=high,
        p_best=0.2, p_top_half=0.5, note="",
    )  # fmt: skip


def draw(frame, **more):
    return caterpillar("cat", frame, 0.5, "kept a job", "people who started a job", **more)


@pytest.mark.parametrize(
    ("ranks", "said"),
    [
        ([(1, 4), (1, 4), (1, 4), (1, 4)], "cannot say of any site whether it is in the upper half"),
        ([(1, 1), (2, 4), (2, 4), (2, 4)], "one of four sites surely in the upper half"),
        (
            [(1, 2), (1, 2), (3, 4), (3, 4)],
            "two of four sites surely in the upper half and two of four sites surely in the lower",
        ),
        ([(1, 1)], "one site, so there is no order"),
    ],
)
def test_the_headline_says_how_much_of_the_order_is_known(ranks, said):
    assert said in draw(sites(ranks)).headline


def test_ranks_are_intervals_in_words_pictures_and_data():
    figure = draw(sites([(1, 3), (2, 2), (1, 3)]), decimals=1, caution="3 sites", method="10,000 draws")
    assert "Site 0 60.0% (55.0% to 65.0%), rank 1 to 3" in figure.alt
    assert figure.data.body[1][4] == "2 (2)"
    assert ">1 to 3<" in figure.picture.wide
    assert "rank 1 to 3" in figure.picture.narrow
    assert "Caution: 3 sites." in figure.note
    assert "10,000 draws." in figure.note


def test_a_site_without_numbers_is_named_and_not_drawn():
    frame = sites([(1, 2), (1, 2), (1, 2)])
    numbers = ["raw", "value", "lower", "upper", "median_rank", "lower_rank", "upper_rank", "p_best", "p_top_half"]
    frame.loc[2, numbers] = np.nan
    frame.loc[2, "note"] = "fewer than 10 people"
    figure = draw(frame, synthetic=True)
    assert "Site 2 is not drawn: fewer than 10 people." in figure.note
    assert "Site 2" not in figure.picture.wide
    assert figure.data.body[2][1:] == ("–",) * 6
    assert "Synthetic data" in figure.picture.wide
