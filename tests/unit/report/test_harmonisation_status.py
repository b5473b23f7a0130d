from __future__ import annotations

from collections.abc import Callable

from evaltools.domain.release import Release
from evaltools.report.harmonisation_status import field_name, harmonisation_status, statuses


def test_the_status_is_said_in_words_and_not_by_colour_alone(quality: Release) -> None:
    text = harmonisation_status(quality).text
    assert '<td class="tone-some">Partial<span class="line">60% filled</span></td>' in text
    assert '<td class="tone-whole">Complete</td>' in text
    assert '<td class="tone-none">Impossible<span class="line">no column</span></td>' in text
    said = "1 field is sent by at least one site. Of 3 pairs of a field and a site: 1 complete, 1 partial, 1 impossible."
    assert said in text


def test_fields_that_no_site_sends_are_left_out(quality: Release, without: Callable[..., Release]) -> None:
    assert list(statuses(quality)) == ["participants.ethnicity"]
    assert list(statuses(quality, "enfield")["participants.ethnicity"]) == ["enfield"]
    assert harmonisation_status(quality, "lambeth") is None
    assert harmonisation_status(without("checks")) is None


def test_fields_are_named_in_words(quality: Release) -> None:
    assert field_name(quality, "participants.ethnicity") == "Person: ethnic group"
    assert field_name(quality, "jobs.unheard_of") == "Job: jobs.unheard_of"
