from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools import rank_intervals, shrink
from evaltools.errors import EstimateError
from evaltools.estimate.sites.rank_intervals import league_table

SITES = pd.DataFrame({"site": list("abcdef"), "x": [20, 22, 19, 24, 21, 23], "n": [60] * 6})


def test_ranks_of_like_sites_are_wide_and_add_up():
    found = rank_intervals(SITES, "x", "n")
    width = found.table["upper_rank"] - found.table["lower_rank"] + 1
    assert width.min() >= 4
    assert found.table["p_best"].sum() == pytest.approx(1)
    assert found.table["p_top_half"].sum() == pytest.approx(3)
    assert found.reliability < 0.5


def test_a_site_far_above_is_best_for_sure():
    apart = pd.DataFrame({"x": [50, 52, 180], "n": [200, 200, 200]})
    found = rank_intervals(apart, "x", "n", target=0.5).table.iloc[2]
    assert (found["median_rank"], found["lower_rank"], found["upper_rank"]) == (1, 1, 1)
    assert found["p_above_target"] > 0.999
    assert found["reliability"] > 0.9


def test_seeded_and_enough_draws():
    one, two = (rank_intervals(SITES, "x", "n", seed=3).table for _ in range(2))
    pd.testing.assert_frame_equal(one, two)
    with pytest.raises(EstimateError, match="E239"):
        rank_intervals(SITES, "x", "n", draws=500)


def test_sites_that_do_not_differ_share_every_rank():
    same = pd.DataFrame({"x": [30] * 25, "n": [100] * 25})
    found = rank_intervals(same, "x", "n")
    assert found.table["p_best"].to_numpy() == pytest.approx(np.full(25, 0.04), abs=0.01)
    assert found.reliability == 0


def test_shrunken_values_can_be_given_and_odd_sites_are_kept():
    odd = pd.concat([SITES, pd.DataFrame({"site": ["g"], "x": [9], "n": [0]})], ignore_index=True)
    found = rank_intervals(odd, "x", "n", shrunk=shrink(odd, "x", "n"))
    assert pd.isna(found.table["median_rank"].iloc[-1])
    assert found.table["note"].iloc[-1]
    assert found.table["upper_rank"].max() <= 6


def test_a_league_table_is_refused_unless_asked_for_by_name():
    with pytest.raises(EstimateError, match="E240"):
        league_table(SITES, "x", "n")
    ordered = league_table(SITES, "x", "n", i_know=True)
    assert ordered["site"].tolist() == list("dfbeac")
    assert {"lower_rank", "upper_rank"} <= set(ordered)
