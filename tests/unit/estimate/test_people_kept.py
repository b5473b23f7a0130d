from __future__ import annotations

import pandas as pd
import pytest

from evaltools.domain.alternative import also
from evaltools.estimate.bounds import bounds
from evaltools.estimate.people_kept import HEADLINE_IS_THE_RANGE, evidence_rows, kept_rows


@pytest.fixture
def rows(kept, eleven, own):
    """rows(...): readings of the thirteenth week of a, b, g (followed: yes, no, lost) and k (not yet)."""

    def _rows(milestones=kept, weeks=13, **rules):
        people = eleven[eleven["in_scope"]]
        found = [row for row in kept_rows(milestones, people, own(**rules), 0.95) if row["horizon"] == 7 * weeks]
        return {(row["statistic"], row.get("term")): row for row in found}

    return _rows


def _parts(row):
    return [row[name] for name in ("numerator", "denominator", "missing")]


@pytest.mark.parametrize(
    ("statistic", "term", "parts"),
    [
        ("proportion", None, [1, 2, 1]),
        ("bounds", None, [1, 3, 1]),
        ("proportion", "all starters", [1, 4, 2]),
        ("proportion", also("of the job-start denominator"), [1, 9, 3]),
        ("proportion", also("any spell"), [1, 2, 1]),
        ("proportion", also("employment spells"), [1, 2, 1]),
        ("bounds", also("all starters"), [1, 4, 2]),
        ("bounds", also("all starters, follow-up ended"), [1, 4, 1]),
        ("bounds_interval", also("followed"), [1, 3, 1]),
        ("bounds_interval", also("all starters"), [1, 4, 2]),
    ],
)
def test_every_reading_has_its_numerator_and_denominator(rows, statistic, term, parts):
    assert _parts(rows()[statistic, term]) == parts


def test_the_interval_of_the_bounds_is_imbens_and_manskis(rows):
    row, wanted = rows()["bounds_interval", also("followed")], bounds(1, 3, 1)
    assert [row["lower"], row["upper"]] == [wanted.lower, wanted.upper]
    assert row["ci_method"] == "Imbens-Manski, wilson"


def test_assumptions_about_the_lost_go_from_worst_to_best(rows):
    found = rows()
    shares = {term: row["value"] for (kind, term), row in found.items() if kind == "delta_adjusted"}
    assert shares[also("delta -inf, followed")] == pytest.approx(1 / 3)
    assert shares[also("delta 0, followed")] == pytest.approx(1 / 2)
    assert shares[also("delta inf, followed")] == pytest.approx(2 / 3)
    assert len(shares) == 18
    assert not any(kind == "tipping_point" for kind, _ in found)


def test_a_profile_with_targets_has_a_tipping_point(rows):
    found = rows(targets=(0.7, 0.5))
    row = found["tipping_point", also("target 0.5, followed")]
    assert row["value"] == pytest.approx(0)
    assert "met if at least 50.0%" in row["note"]
    out_of_reach = rows(targets=(0.7, 0.9))["tipping_point", also("target 0.9, followed")]
    assert pd.isna(out_of_reach["value"])
    assert out_of_reach["note"].startswith("No assumption")


@pytest.mark.parametrize(("limit", "heavy"), [(0.2, True), (0.33, True), (0.34, False), (1.0, False)])
def test_where_too_many_were_lost_the_range_is_the_headline(rows, limit, heavy):
    found = rows(loss_limit=limit)
    for statistic in ("proportion", "bounds"):
        note = found[statistic, None]["note"]
        assert (note == HEADLINE_IS_THE_RANGE) if heavy else pd.isna(note)


def test_evidence_is_shown_only_where_a_study_keeps_any(rows, kept):
    assert not any("validated" in str(term) or row["outcome"] == "evidence" for (_, term), row in rows().items())
    grades = kept["participant_id"].map({"a": "verified", "b": "verified", "g": "self", "k": "none"}).astype("string")
    found = rows(milestones=kept.assign(evidence=grades))
    assert _parts(found["proportion", also("reported")]) == [1, 3, 1]
    assert _parts(found["proportion", also("validated")]) == [1, 3, 1]
    weaker = rows(milestones=kept.assign(evidence=grades.replace("verified", "recorded")))
    assert _parts(weaker["proportion", also("validated")]) == [0, 3, 1]
    by_grade = [found["proportion", also(grade)]["numerator"] for grade in ("verified", "recorded", "self", "none")]
    assert by_grade == [2, 0, 1, 0]


def test_evidence_of_any_people_is_counted_by_grade():
    grades = pd.Series(["self", "verified", "none", "self"], dtype="string")
    found = {row["term"]: row["numerator"] for row in evidence_rows(grades, "job starters")}
    assert found == {also("verified"): 1, also("recorded"): 0, also("self"): 2, also("none"): 1}
    assert list(evidence_rows(grades.iloc[:0], "job starters")) == []


def test_how_many_were_lost_is_told_with_those_they_are_a_share_of(rows):
    row = rows()["proportion", also("before the milestone")]
    assert (row["outcome"], *_parts(row)) == ("lost_contact", 1, 3, 0)


def test_a_rule_of_weeks_in_a_window_names_the_window(rows):
    found = rows(kept_rule="weeks_in_window", window_weeks=16)
    assert found["bounds", None]["denominator_name"] == "job starters followed for 16 weeks"


def test_when_nobody_is_known_there_is_nothing_to_shift(rows, kept):
    unknown = kept.assign(state=kept["state"].mask(kept["weeks"] == 13, "unknown").astype("string"))
    assert not any(kind == "delta_adjusted" for kind, _ in rows(milestones=unknown))
    assert rows(milestones=kept.iloc[:0]) == {}
