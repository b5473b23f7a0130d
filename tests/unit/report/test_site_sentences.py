from __future__ import annotations

import pytest

from evaltools.report.site_sentences import POSITIONS, funnel_headline, position_sentence


@pytest.mark.parametrize("position", POSITIONS)
def test_every_position_has_a_sentence_without_significance_or_cause(position):
    said = position_sentence("Enfield", position)
    assert said.startswith("Enfield ")
    assert said.endswith(".")
    for word in ("significant", "because", "better", "worse", "performance"):
        assert word not in said


def test_the_sentence_by_rule():
    assert position_sentence("Enfield", "within") == "Enfield cannot be told apart from the programme average."
    assert position_sentence("Enfield", "within", "the target of 40%").endswith("from the target of 40%.")
    assert position_sentence("LD", "not compared", note="no people.") == "LD is not compared: no people."


@pytest.mark.parametrize(
    ("positions", "headline"),
    [
        (["within", "within"], "no site can be told apart from the programme average"),
        (["far below", "within"], "A lies far below the programme average; the other site cannot be told apart from it"),
        (["above", "above"], "A and B lie above the programme average"),
        (["not compared", "not compared"], "no site can be compared"),
        (["within", "not compared"], "one site, no comparison"),
        (["above", "far below"], "A lies above the programme average; B lies far below the programme average"),
    ],
)
def test_headlines(positions, headline):
    said = funnel_headline("started a job", ["A", "B"], positions).removeprefix("Started a job: ")
    assert sorted(said.split("; ")) == sorted(headline.split("; "))
