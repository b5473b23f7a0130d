from __future__ import annotations

import numpy as np
import pytest

from evaltools.synthetic.posts import draw_posts
from evaltools.synthetic.site_plan import SITES


def test_every_site_has_its_posts_and_shares_out_its_people() -> None:
    posts = draw_posts(np.random.default_rng(5))
    assert posts.groupby("site_id").size().to_dict() == {plan.id: plan.specialists for plan in SITES}
    assert posts["specialist_id"].is_unique
    for shares in posts.groupby("site_id")["share"].sum():
        assert shares == pytest.approx(1)


def test_effects_of_specialists_cancel_out_within_a_site() -> None:
    posts = draw_posts(np.random.default_rng(5))
    assert posts.groupby("site_id")["effect"].mean().abs().max() == pytest.approx(0)


def test_posts_at_sites_that_are_still_open_have_no_last_day() -> None:
    posts = draw_posts(np.random.default_rng(5))
    still = {plan.id for plan in SITES if plan.closes > plan.last_day}
    assert set(posts.loc[posts["to_date"].isna(), "site_id"]) == still
