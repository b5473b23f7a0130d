from __future__ import annotations

from dataclasses import replace

import pytest

from evaltools.domain.release import Release
from evaltools.domain.results import ESTIMATES, tidy
from evaltools.report.site_order import apart, site_order


def _row(definition: str, group: str, value: float | None, half: float = 0.05) -> dict[str, object]:
    limits = {} if value is None else {"lower": value - half, "upper": value + half, "numerator": 100 * value}
    return {
        "definition": definition, "outcome": "job_start", "statistic": "proportion", "group_by": "site", "group": group,
        "value": value, "denominator": 100, "denominator_name": "people engaged", "level": 0.95, **limits,
    }  # fmt: skip


@pytest.fixture
def sites(people):
    """A release of these shares: definition, site, share."""

    def _sites(*rows: tuple[str, str, float | None]) -> Release:
        shown = dict.fromkeys(site for _, site, _ in rows)
        meta = replace(people.meta, sites={site: site.capitalize() for site in shown})
        return Release(replace(people.results, estimates=tidy([_row(*row) for row in rows], ESTIMATES)), meta)

    return _sites


@pytest.mark.parametrize(
    ("one", "other", "sign"), [((0.3, 0.05), (0.1, 0.05), 1), ((0.1, 0.05), (0.3, 0.05), -1), ((0.3, 0.1), (0.2, 0.1), 0)]
)
def test_sites_are_apart_where_their_intervals_do_not_overlap(one, other, sign):
    assert apart(_row("d", "a", *one), _row("d", "b", *other)) == sign
    assert apart(_row("d", "a", None) | {"lower": None, "upper": None}, _row("d", "b", *other)) is None
    assert apart(None, _row("d", "b", *other)) is None


def test_what_overlaps_is_not_put_in_order(sites):
    page = site_order(sites(*((d, s, v) for d in ("lcf_mhep", "bit_cbo") for s, v in (("a", 0.3), ("b", 0.32))))).text
    assert "The two sites cannot be told apart under any definition, and no pair changes places" in page
    assert "<td>both definitions</td>" in page


def test_a_pair_that_changes_places_is_said(sites):
    rows = [("lcf_mhep", "a", 0.3), ("lcf_mhep", "b", 0.5), ("bit_cbo", "a", 0.5), ("bit_cbo", "b", 0.3)]
    page = site_order(sites(*rows)).text
    assert "The two sites can be told apart; one changes places when the definition changes" in page
    assert 'A: BIT evaluation<span class="line">B: MHEP contracts</span>' in page


def test_hidden_sites_are_said_to_be_hidden(sites):
    rows = [(d, s, v) for d in ("lcf_mhep", "bit_cbo") for s, v in (("a", 0.3), ("b", None))]
    page = site_order(sites(*rows)).text
    assert "No two sites can be compared: their shares are hidden" in page
    assert '<th scope="col">Not shown under</th>' in page


def test_the_numbers_travel_along(sites):
    page = site_order(sites(("lcf_mhep", "a", 0.3), ("bit_cbo", "a", 0.3), ("lcf_mhep", "b", 0.5)))
    (figure,) = page.figures
    assert "A,BIT evaluation,30,100,30%,25% to 35%" in figure.csv
    assert "B: 50%" in figure.alt


def test_studies_with_nothing_to_compare_have_none(people, totals, without):
    assert site_order(totals) is None
    assert site_order(without("estimates")) is None
    one = Release(people.results, replace(people.meta, sites={"enfield": "Enfield"}))
    assert site_order(one) is None
