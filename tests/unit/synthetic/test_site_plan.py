from __future__ import annotations

from datetime import date

from evaltools.synthetic.site_plan import DATA_CUT, SITES

REAL = {"staffordshire", "haringey", "tower hamlets", "barnet", "enfield", "camden", "shropshire"}


def test_six_sites_that_are_nowhere_and_five_providers() -> None:
    assert len(SITES) == len({plan.id for plan in SITES}) == 6
    assert len({plan.provider for plan in SITES}) == 5
    assert not {plan.name.lower() for plan in SITES} & REAL


def test_windows_run_from_six_months_to_forty_two_and_three_are_still_open() -> None:
    months = sorted(round((plan.last_day - plan.opens).days / 30.44) for plan in SITES)
    assert (months[0], months[-1]) == (6, 42)
    assert sum(plan.closes > DATA_CUT for plan in SITES) == 3
    assert date(2019, 9, 30) == DATA_CUT


def test_no_client_of_a_provider_shares_an_identifier() -> None:
    seen = [plan.client_id(number) for plan in SITES for number in range(1, plan.referred + 1)]
    assert len(seen) == len(set(seen))
