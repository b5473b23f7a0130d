from __future__ import annotations

import numpy as np

from evaltools.synthetic.people import draw_people
from evaltools.synthetic.posts import draw_posts
from evaltools.synthetic.site_plan import SITES


def test_people_are_referred_while_their_site_is_open_and_to_its_own_specialists() -> None:
    rng = np.random.default_rng(6)
    posts = draw_posts(rng)
    people = draw_people(posts, rng)
    for plan in SITES:
        own = people[people["site_id"] == plan.id]
        assert len(own) == plan.referred
        assert own["referral_date"].between(str(plan.opens), str(plan.last_day)).all()
        assert set(own["specialist_id"]) <= set(posts.loc[posts["site_id"] == plan.id, "specialist_id"])


def test_what_is_known_of_a_person_agrees_with_itself() -> None:
    rng = np.random.default_rng(6)
    people = draw_people(draw_posts(rng), rng)
    age = people["referral_date"].dt.year - people["birth_year"] - people["age_at_referral"]
    assert set(age) == {0, 1}
    assert people["age_at_referral"].between(18, 65).all()
    working = people["employment_at_referral"] == "employed"
    assert (people.loc[working, "months_out_of_work"] == 0).all()
    assert 0.06 < working.mean() < 0.12
