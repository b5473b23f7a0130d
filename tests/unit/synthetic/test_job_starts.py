from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.synthetic.engagement import draw_engagement
from evaltools.synthetic.job_starts import JobStarts, draw_job_starts
from evaltools.synthetic.people import draw_people
from evaltools.synthetic.posts import draw_posts


def drawn(seed: int, tilt: float = 0.0) -> tuple[JobStarts, pd.DataFrame]:
    rng = np.random.default_rng(seed)
    posts = draw_posts(rng)
    posts.loc[posts["site_id"] == "saltbrook", "effect"] += tilt
    return draw_job_starts(draw_engagement(draw_people(posts, rng), rng), posts, rng), posts


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_share_who_start_is_the_one_asked_for(seed: int) -> None:
    people = drawn(seed)[0].people
    engaged = people["engaged"].notna().sum()
    assert people["first_job"].notna().sum() == round(0.306 * engaged)


def test_nobody_starts_before_engagement_after_leaving_or_in_the_last_week() -> None:
    people = drawn(4)[0].people.dropna(subset=["first_job"])
    wait = (people["first_job"] - people["engaged"]).dt.days
    assert (wait >= 1).all()
    assert (wait <= people["leaves"]).all()
    assert (people["first_job"] <= people["last_day"] - pd.Timedelta(days=7)).all()


def test_a_higher_true_effect_gives_more_job_starts() -> None:
    plain, tilted = drawn(5)[0].people, drawn(5, tilt=1.5)[0].people
    here = plain["site_id"] == "saltbrook"
    assert tilted.loc[here, "first_job"].notna().sum() > plain.loc[here, "first_job"].notna().sum() + 30
