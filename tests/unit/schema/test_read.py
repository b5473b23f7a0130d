from __future__ import annotations

import shutil

import pytest

from evaltools.errors import SchemaError
from evaltools.schema.read import read_schema
from evaltools.schema.table import Check


@pytest.fixture
def refused(copied):
    """refused(): the problems of the changed schema."""

    def _refused(more=None):
        with pytest.raises(SchemaError) as caught:
            read_schema(copied, more)
        assert caught.value.exit_code == 12
        return [(problem.code, problem.what, problem.place, problem.fix) for problem in caught.value.problems]

    return _refused


def test_the_shipped_schema_is_read(schema):
    assert {"participants", "enrolments", "jobs", "sites", "counts"} <= set(schema.tables)
    assert schema.tables["jobs"].key == ("job_id",)
    hours = schema.tables["jobs"].fields["hours_per_week"]
    assert (hours.type, hours.minimum, hours.maximum, hours.required) == ("number", 0, 100, False)
    assert "Weekly hours" in hours.synonyms
    assert schema.tables["participants"].fields["participant_id"].identifier
    assert schema.definitions["ipsgrow_2024"].job_start_denominator == "engaged_out_of_work"
    assert isinstance(schema.checks["D104"], Check)


def test_words_of_providers_lead_to_codes_whatever_their_case(schema):
    status = schema.codelists["employment_status"]
    assert status.synonyms["job seeking"] == "unemployed"
    assert status.synonyms["long-term sick"] == status.synonyms["04"] == "sick"
    assert status.labels["unknown"] == "Not known"


def test_the_version_changes_with_any_file_and_with_nothing_else(copied, schema, replaced):
    assert read_schema(copied).version == schema.version
    (copied / "README.md").write_text("changed", "utf-8")
    assert read_schema(copied).version == schema.version
    replaced(copied / "tables" / "jobs.yaml", "Weekly hours at start", "Weekly hours")
    assert read_schema(copied).version != schema.version


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("type: date", "type: day", ("T102", "'day' is not a field type", "jobs.yaml, field start_date",
                                     "use one of: string, integer, number, boolean, date, yearmonth")),
        ("codelist: job_end_reason", "codelist: why", ("T104", "there is no codelist 'why'",
                                                       "tables/jobs.yaml, field end_reason", "add its CSV")),
        ("primaryKey:", "key:", ("T105", "the key 'primaryKey' is missing", "tables/jobs.yaml", "add it")),
        ("unit:", "units:", ("T106", "unknown key 'units'", "tables/jobs.yaml, field 8", "did you mean 'unit'?")),
        ("{minimum: 1}", "{minimun: 1}", ("T106", "unknown key 'minimun'", "tables/jobs.yaml, field 4, constraints",
                                          "did you mean 'minimum'?")),
        ("{minimum: 1}", "1", ("T105", "keys are missing here", "tables/jobs.yaml, field 4, constraints",
                               "use: maximum, minimum, required, unique")),
    ],
)  # fmt: skip
def test_a_fault_in_a_table_is_refused(copied, refused, replaced, old, new, problem):
    replaced(copied / "tables" / "jobs.yaml", old, new)
    assert refused()[0] == problem


def test_a_word_that_stands_for_two_codes_is_refused(copied, refused, replaced):
    replaced(copied / "codelists" / "discharge_reason.csv", "Completed|", "Completed|RIP|")
    assert refused() == [
        ("T103", "'RIP' is listed for two codes", "codelists/discharge_reason.csv",
         "keep it under one code; a site that means the other says so in its layout")
    ]  # fmt: skip


def test_a_codelist_needs_its_three_columns(copied, refused, replaced):
    replaced(copied / "codelists" / "sex.csv", "code,label,synonyms", "code,labels,synonyms")
    assert [problem[1] for problem in refused()] == ["the key 'label' is missing", "unknown key 'labels'"]


def test_a_codelist_may_leave_synonyms_out(copied):
    (copied / "codelists" / "sex.csv").write_text("code,label,synonyms\nmale,Male\n", "utf-8")
    assert dict(read_schema(copied).codelists["sex"].synonyms) == {"male": "male"}


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("severity =", "gravity =", ["the key 'severity' is missing", "unknown key 'gravity'"]),
        ("[D101]", "[D101", ["the catalogue of checks cannot be read as TOML"]),
        ("[D101]", "D100 = 1\n[D101]", ["keys are missing here"]),
    ],
)
def test_a_fault_in_the_catalogue_of_checks_is_refused(copied, refused, replaced, old, new, what):
    replaced(copied / "checks.toml", old, new)
    assert [problem[1] for problem in refused()] == what


def test_a_study_may_add_a_profile_and_not_replace_ours(copied, refused, replaced, tmp_path):
    own = tmp_path / "definitions"
    own.mkdir()
    shipped = copied / "definitions" / "bit_cbo.toml"
    shutil.copy(shipped, own / "mine.toml")
    replaced(own / "mine.toml", '"bit_cbo"', '"mine"')
    ours = list(read_schema(copied).definitions)
    assert list(read_schema(copied, own).definitions) == [*ours, "mine"]
    assert "mine" not in ours
    shutil.copy(shipped, own / "bit_cbo.toml")
    assert [problem[:2] for problem in refused(own)] == [("T107", "the definition profile 'bit_cbo' ships with evaltools")]


def test_a_folder_of_profiles_that_is_not_there_adds_none(copied, tmp_path, schema):
    assert read_schema(copied, tmp_path / "nothing").definitions == schema.definitions
