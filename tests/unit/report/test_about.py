from __future__ import annotations

from dataclasses import replace

from evaltools.domain.release import Release
from evaltools.report.about import definitions_table, notes, provenance, sources


def test_provenance_holds_everything_needed_to_make_the_report_again(people):
    foot = provenance(people.meta).text
    for fact in (
        "demo",
        "30 September 2023",
        "lcf_mhep, version 1",
        "uk-public",
        "0.1.0",
        "5d41402abc4b",
        "9f2c41d07be35a18",
    ):
        assert fact in foot


def test_definitions_come_with_description_and_source(people):
    table = definitions_table(people).text
    assert "third appointment" in table
    assert "INDIGO Impact Bond Dataset v2" in table


def test_notes_say_that_data_are_synthetic_and_what_the_release_rule_is(people):
    said = notes(people).text
    assert "synthetic" in said
    assert "Counts of 1 to 9 people are not shown" in said


def test_a_study_without_sources_or_definitions_has_no_empty_parts(people):
    bare = Release(people.results, replace(people.meta, sources=(), definitions={}))
    assert sources(bare) is None
    assert definitions_table(bare) is None


def test_hostile_notes_are_inert(hostile):
    assert "<script>" not in notes(hostile).text
