from __future__ import annotations

from evaltools.report.by_definition import called, headlines, lowest_highest, merged


def _row(definition: str, value: float | None, numerator: float | None = 10, note: str | None = None) -> dict[str, object]:
    return {
        "definition": definition, "value": value, "numerator": numerator, "denominator": 100, "denominator_name": "people",
        "note": note,
    }  # fmt: skip


def test_each_headline_has_its_estimate_under_each_definition_that_has_one(people):
    found = headlines(people)
    assert list(found) == [
        "Engaged with the service", "Started a first job", "Kept the first job for 6 weeks",
        "Kept the first job for 13 weeks", "Worked 16 hours a week or more",
    ]  # fmt: skip
    assert [row["definition"] for row in found["Started a first job"]] == ["lcf_mhep"]
    assert all(row["term"] is None and row["group"] == "all" for held in found.values() for row in held)


def test_a_site_has_its_own(people):
    assert {row["group"] for held in headlines(people, "enfield").values() for row in held} == {"enfield"}


def test_the_same_numbers_stand_together():
    rows = [_row("a", 0.1), _row("b", 0.2, 20), _row("c", 0.1), _row("d", None, None, "x"), _row("e", None, None, "x")]
    assert [[row["definition"] for row in held] for held in merged(rows)] == [["a", "c"], ["b"], ["d", "e"]]


def test_definitions_are_named_in_few_words(people):
    assert called(people, [_row("lcf_mhep", 0.1)]) == "MHEP contracts"
    assert called(people, [_row("lcf_mhep", 0.1), _row("bit_cbo", 0.1)]) == "MHEP contracts; BIT evaluation"
    assert called(people, [_row("lcf_mhep", 0.1), _row("x", 0.1), _row("y", 0.1)]) == "MHEP contracts and two others"


def test_lowest_and_highest_need_two():
    assert lowest_highest([_row("a", 0.3), _row("b", None), _row("c", 0.1)]) == (0.1, 0.3)
    assert lowest_highest([_row("a", 0.3), _row("b", None)]) is None
