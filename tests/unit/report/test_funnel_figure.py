from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from evaltools.report.funnel_figure import FunnelWords, funnel_figure

WORDS = FunnelWords("kept a job for 13 weeks", "people who started a job", note="4 sites: hardly known", decimals=1)


def limits(sizes, target=0.52, wide=1.4):
    sizes = np.asarray(sizes, dtype=float)
    found = {"size": sizes}
    for name, level in (("95", 0.95), ("998", 0.998)):
        low, high = (
            binom.ppf(p, np.where(np.isnan(sizes), 1, sizes), target) / sizes for p in ((1 - level) / 2, (1 + level) / 2)
        )
        found |= {f"lower_{name}": low, f"upper_{name}": high, f"lower_{name}_overdispersed": target + wide * (low - target),
                  f"upper_{name}_overdispersed": target + wide * (high - target)}  # fmt: skip
    return pd.DataFrame(found)


def sites(**changed):
    frame = pd.DataFrame(
        {
            "name": ["Haringey and Barnet", "Enfield", "Tower Hamlets learning disability service", "Camden"],
            "numerator": [104.0, 56, 111, np.nan],
            "denominator": [219.0, 84, 75, np.nan],
            "position": ["within", "above", "not compared", "not compared"],
            "note": ["", "", "more events than people: shown, not repaired", "fewer than 10 people"],
        }
    )
    frame["value"] = frame["numerator"] / frame["denominator"]
    return pd.concat([frame, limits(frame["denominator"]).drop(columns="size")], axis=1).assign(**changed)


@pytest.fixture(scope="module")
def figure():
    return funnel_figure("funnel-kept", sites(), limits(np.arange(10, 240)), 0.52, WORDS, synthetic=True)


def test_headline_and_sentences_come_from_the_positions(figure):
    assert figure.headline.startswith("Kept a job for 13 weeks: Enfield lies above the programme average")
    assert "Haringey and Barnet cannot be told apart from the programme average." in figure.note
    assert "Camden is not compared: fewer than 10 people." in figure.note
    assert "Caution: 4 sites" in figure.note


def test_description_and_data_carry_every_number(figure):
    assert "Enfield 66.7% of 84" in figure.alt
    assert "Camden [c] of [c]" in figure.alt
    rows = {row[0]: row for row in figure.data.body}
    assert rows["Enfield"][1:4] == ("56", "84", "66.7%")
    assert rows["Camden"][4] == "–"
    assert len(figure.data.header) == len(rows["Enfield"])


def test_both_pictures_name_their_sites_and_say_synthetic(figure):
    for svg in (figure.picture.wide, figure.picture.narrow):
        assert "Haringey and Barnet" in svg
        assert "Synthetic data" in svg
        assert "Tower Hamlets learning" not in svg  # 148% is said, not drawn


def test_dashed_lines_are_explained_only_when_there_are_any(figure):
    assert "Dashed lines" in figure.note
    plain = funnel_figure("f", sites(), limits(np.arange(10, 240), wide=1.0), 0.52, WORDS)
    assert "Dashed lines" not in plain.note


def test_nothing_to_show_is_said():
    hidden = sites(value=np.nan, denominator=np.nan, numerator=np.nan, position="not compared")
    figure = funnel_figure("f", hidden, limits(np.arange(10, 240)), 0.52, WORDS)
    assert "no site can be compared" in figure.headline
    assert figure.block().text


def test_the_same_numbers_give_the_same_bytes(figure):
    again = funnel_figure("funnel-kept", sites(), limits(np.arange(10, 240)), 0.52, WORDS, synthetic=True)
    assert again.picture == figure.picture
