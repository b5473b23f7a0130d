from __future__ import annotations

import dataclasses

import pytest

from evaltools.schema.dictionary import dictionary_markdown
from evaltools.schema.table import Check, Codelist, Field, Schema, Table


@pytest.fixture
def small(schema):
    """One table, one codelist, one check and one definition."""
    fields = [
        Field("person_id", "string", "Person", identifier=True, required=True),
        Field("hours", "number", "Hours", "Contracted.", unit="hours a week", minimum=0, maximum=100),
        Field("jobs", "integer", "Jobs", minimum=0),
        Field("sex", "string", "Sex", codelist="sex"),
    ]
    table = Table("people", "People", "One row each.", ("person_id",), {field.name: field for field in fields})
    codelist = Codelist("sex", {"f": "Female"}, {"f": "f", "female": "f", "woman": "f", "fem|ale": "f"})
    check = Check("D1", "a check", "must fix", "It means this.", "Do that.")
    definition = dataclasses.replace(schema.definitions["lcf_mhep"], inclusive_days=True, competitive_only=False)
    return Schema({"people": table}, {"sex": codelist}, {"own": definition}, {"D1": check})


@pytest.mark.parametrize(
    "line",
    [
        "### `people`: People",
        "One row each. Key: `person_id`.",
        "| `person_id` | Person | keyed hash | yes |  |  |",
        "| `hours` | Hours | number |  | 0 to 100 | Contracted. Unit: hours a week. |",
        "| `jobs` | Jobs | integer |  | 0 or more |  |",
        "| `sex` | Sex | string |  | codelist `sex` |  |",
        "| `f` | Female | woman, fem\\|ale |",
        "| `D1` | a check | must fix | It means this. | Do that. |",
        "| Days counted | with the last day |",
        "| Competitive jobs only | no |",
        "| Weekly hours threshold | 16; a job of exactly that many is in neither group |",
        "| Job starts are divided by | people engaged |",
    ],
)
def test_the_dictionary_says(small, line):
    assert line in dictionary_markdown(small).splitlines()


def test_the_rules_of_each_shipped_profile_stand_in_the_dictionary(schema):
    page = dictionary_markdown(schema)
    assert "| Job starts are divided by | people engaged and out of work |" in page
    assert "| A job counts | from its first day at 30 hours a week or more, otherwise after 4 paid hours |" in page
    assert "in that many weeks of 7 hours or more within 16 weeks of the start, all jobs together" in page
    assert "| Kept for (weeks) | no rule |" in page
    assert "| Days counted | elapsed |" in page
    assert "a job of exactly that many is at the threshold" in page
    for definition in schema.definitions.values():
        assert f"### `{definition.id}` (version {definition.version}): {definition.title}" in page
        assert definition.source in page


def test_every_table_field_code_and_check_of_the_schema_stands_in_the_dictionary(schema):
    page = dictionary_markdown(schema)
    fields = [field for table in schema.tables.values() for field in table.fields]
    codes = [code for codelist in schema.codelists.values() for code in codelist.labels]
    missing = [name for name in [*schema.tables, *fields, *codes, *schema.checks] if f"`{name}`" not in page]
    assert missing == []


def test_every_row_of_a_table_has_as_many_cells_as_its_head(schema):
    width = 0
    for line in dictionary_markdown(schema).splitlines():
        cells = line.replace("\\|", "").count("|") if line.startswith("|") else 0
        assert cells == width or not cells or not width
        width = cells
