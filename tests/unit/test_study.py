from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from evaltools.errors import StudyError, UsageError
from evaltools.schema.read import read_schema
from evaltools.study import find_studies, pseudonym_key, read_study

TEXT = """
[study]
id = "own"
title = "Our own"
kind = "records"
data_cut = 2019-09-30
definitions = ["bit_cbo"]

[[sites]]
id = "north"
name = "North"
provider = "Larkfield"
opens = 2016-04-01
closes = 2020-03-31

[[sites]]
id = "south"
name = "South"
closes = 2018-03-31

[release]
profile = "open"
"""
SITES = read_schema(Path(__file__).parents[2] / "data_schema").tables["sites"]


@pytest.fixture
def shelf(tmp_path):
    """The folder of a project with analyses/studies in it."""
    (tmp_path / "analyses" / "studies").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def put(shelf):
    """put(name, old, new): a study on the shelf, with one place of its text changed."""

    def _put(name="own", old="", new=""):
        assert old in TEXT
        folder = shelf / "analyses" / "studies" / name
        folder.mkdir()
        (folder / "study.toml").write_text(TEXT.replace(old, new, 1) if old else TEXT, "utf-8")
        return folder

    return _put


@pytest.fixture
def faults(put):
    """faults(old, new): the problems of the changed study file."""

    def _faults(old, new):
        folder = put(old=old, new=new)
        with pytest.raises(StudyError) as caught:
            read_study(folder)
        assert caught.value.exit_code == 10
        return [(problem.code, problem.what, problem.place, problem.fix) for problem in caught.value.problems]

    return _faults


class TestReadStudy:
    def test_refuses_a_definition_that_stands_twice(self, faults):
        (twice,) = faults('["bit_cbo"]', '["bit_cbo", "bit_cbo"]')
        what = "the definition 'bit_cbo' stands twice, which would count everybody twice"
        assert twice[:3] == ("S101", what, "own/study.toml, study")

    def test_refuses_a_site_that_closes_before_it_opens(self, faults):
        (order,) = faults("closes = 2020-03-31", "closes = 2015-03-31")
        assert order[:3] == ("S101", "the site 'north' closes before it opens", "own/study.toml, sites.0")

    def test_gives_what_the_file_says_and_the_usual_settings(self, put):
        study = read_study(put())
        assert (study.study.id, study.study.kind, study.study.data_cut) == ("own", "records", date(2019, 9, 30))
        assert (study.study.programme, study.study.synthetic, study.analysis.level) == ("All sites", False, 0.95)
        assert study.report.notebooks == ("overview",)
        assert study.release.profile == "open"
        assert read_study(put("other", '[release]\nprofile = "open"\n')).release.profile == "uk-public"

    def test_finds_a_study_by_name_from_anywhere_in_the_project(self, put, shelf):
        folder = put()
        assert read_study("own", shelf / "analyses").folder == folder
        assert read_study("own", folder).root == shelf

    def test_knows_where_its_files_lie(self, put, shelf):
        study = read_study(put())
        assert study.build == shelf / "build" / "own"
        assert study.raw == shelf / "analyses" / "studies" / "own" / "raw"

    def test_a_study_that_lies_elsewhere_is_its_own_root(self, put, tmp_path):
        elsewhere = put().rename(tmp_path / "elsewhere")
        assert read_study(elsewhere).root == elsewhere

    @pytest.mark.parametrize(
        ("name", "fix"), [("owm", "did you mean 'own'?"), ("zzz", "studies here are: own; or give a folder")]
    )
    def test_an_unknown_name_is_refused_with_what_there_is(self, put, shelf, name, fix):
        put()
        with pytest.raises(UsageError) as caught:
            read_study(name, shelf)
        assert caught.value.exit_code == 2
        assert caught.value.problems[0].fix == fix

    def test_with_no_studies_at_all_that_is_said(self, tmp_path):
        with pytest.raises(UsageError, match="studies here are: none"):
            read_study("own", tmp_path)

    def test_settings_cannot_be_changed_on_the_way(self, put):
        with pytest.raises(ValueError, match="frozen"):
            read_study(put()).study.title = "Another"  # type: ignore[misc]


class TestFaults:
    @pytest.mark.parametrize(
        ("old", "new", "what", "place", "fix"),
        [
            ("data_cut", "data_cutt", "unknown key 'data_cutt'", "study.data_cutt", "did you mean 'data_cut'?"),
            ("[release]", "[relase]", "unknown key 'relase'", "relase", "did you mean 'release'?"),
            ('name = "South"', 'nam = "South"', "unknown key 'nam'", "sites.1.nam", "did you mean 'name'?"),
            ("[release]", "[analysis]\nhorizons = [1]\n[release]", "unknown key 'horizons'", "analysis.horizons",
             "did you mean 'horizon_days'?"),
            ("[release]", '[[decomposition]]\nmeasures = ["a"]\nscenari = "low"\n[release]', "unknown key 'scenari'",
             "decomposition.0.scenari", "did you mean 'scenario'?"),
            ('title = "Our own"\n', "", "the key 'title' is missing", "study.title", "add 'title'"),
            ('"records"', '"people"', "'kind' is not understood", "study.kind", "use one of the values named"),
            ("2019-09-30", '"soon"', "'data_cut' is not understood", "study.data_cut", "give a day as year-month-day without quotation marks, for example 2019-09-30"),  # noqa: E501
            ('["bit_cbo"]', "[]", "'definitions' is not understood", "study.definitions", "correct it"),
            ('id = "north"', 'id = "North East"', "'id' is not understood", "sites.0.id", "give words in quotation marks; an id has lower-case letters, digits and '_' only"),  # noqa: E501
            ("[release]", "[analysis]\nlevel = 95\n[release]", "'level' is not understood", "analysis.level", "give a smaller number"),  # noqa: E501
        ],
    )  # fmt: skip
    def test_are_told_with_their_place_and_remedy(self, faults, old, new, what, place, fix):
        found = [(held[1], held[2], held[3]) for held in faults(old, new)]
        assert (what, f"own/study.toml, {place}", fix) in found

    def test_are_told_all_at_once(self, faults):
        assert len(faults('title = "Our own"\nkind = "records"', 'titel = "Our own"\nkind = "people"')) == 3

    @pytest.mark.parametrize("key", ["folder", "root"])
    def test_a_key_of_ours_is_unknown_too(self, faults, key):
        assert faults("[study]", f'{key} = "x"\n[study]') == [
            ("S101", f"unknown key '{key}'", "own/study.toml", "remove it")
        ]  # fmt: skip

    def test_a_site_that_stands_twice_is_refused(self, faults):
        assert faults('id = "south"', 'id = "north"')[0][:2] == ("S103", "the site 'north' stands twice")

    @pytest.mark.parametrize("content", [b"[study\n", b'[study]\ntitle = "caf\xe9"\n', b"[study]\n[study]\n"])
    def test_a_file_that_is_not_toml_is_refused(self, put, content):
        folder = put()
        (folder / "study.toml").write_bytes(content)
        with pytest.raises(StudyError) as caught:
            read_study(folder)
        assert caught.value.problems[0].code == "S102"


class TestSites:
    @pytest.mark.parametrize(
        ("line", "cut"),
        [
            ("closes = 2018-03-31", date(2018, 3, 31)),  # closed before the data cut
            ("closes = 2020-03-31", date(2019, 9, 30)),
            ("", date(2019, 9, 30)),
            ("closes = 2018-03-31\ndata_cut = 2018-12-31", date(2018, 12, 31)),  # its own cut comes first
            ("data_cut = 2019-12-31", date(2019, 9, 30)),
        ],
    )
    def test_follow_up_ends_with_the_sites_cut_else_its_closing_else_the_data(self, put, line, cut):
        assert read_study(put(old="closes = 2018-03-31", new=line)).cuts["south"] == cut

    def test_the_study_file_gives_the_table_of_sites(self, put):
        table = read_study(put()).site_table(SITES)
        expected = pd.DataFrame(
            {
                "site_id": ["north", "south"], "name": ["North", "South"], "provider_id": ["Larkfield", ""],
                "commissioner_id": ["", ""], "opens": ["2016-04", None], "closes": ["2020-03", "2018-03"],
            }
        )  # fmt: skip
        assert_frame_equal(table, expected.reindex(columns=list(SITES.fields)).astype(SITES.types()))

    def test_a_study_file_without_sites_gives_no_table(self, put):
        sites = TEXT[TEXT.index("[[sites]]") : TEXT.index("[release]")]
        study = read_study(put(old=sites))
        assert study.site_table(SITES) is None
        assert study.cuts == {}


class TestFindStudies:
    def test_lists_the_studies_of_a_project_in_order(self, put, shelf):
        found = [put("two"), put("one")]
        (shelf / "analyses" / "studies" / "not one").mkdir()
        assert find_studies(shelf) == sorted(found)
        assert find_studies(found[0]) == [found[0]]

    def test_finds_none_where_there_are_none(self, tmp_path):
        assert find_studies(tmp_path) == []


class TestPseudonymKey:
    KEY = "0123456789abcdef" * 4

    @pytest.fixture
    def key_file(self, tmp_path_factory, monkeypatch):
        """key_file(text): a key outside the repository, named by the environment."""

        def _key_file(text, folder=None):
            path = (folder or tmp_path_factory.mktemp("keys")) / "key"
            path.write_text(text)
            monkeypatch.setenv("EVALTOOLS_KEY_FILE", str(path))

        return _key_file

    def _refused(self, study):
        with pytest.raises(StudyError) as caught:
            pseudonym_key(study)
        (problem,) = caught.value.problems
        assert problem.code == "S104"
        assert "secrets.token_hex(32)" in problem.fix
        return problem.what

    def test_is_read_from_the_file_that_the_environment_names(self, put, key_file):
        key_file(self.KEY + "\n")
        assert pseudonym_key(read_study(put())) == self.KEY.encode()

    def test_of_a_shipped_study_is_public_and_needs_no_file(self, put, monkeypatch):
        monkeypatch.delenv("EVALTOOLS_KEY_FILE", raising=False)
        folder = put(old='kind = "records"', new='kind = "records"\npublic_key = "public"')
        assert pseudonym_key(read_study(folder)) == b"public"

    def test_is_asked_for_when_no_file_is_named_or_it_is_not_there(self, put, monkeypatch, tmp_path):
        study = read_study(put())
        monkeypatch.delenv("EVALTOOLS_KEY_FILE", raising=False)
        assert "names no file" in self._refused(study)
        monkeypatch.setenv("EVALTOOLS_KEY_FILE", str(tmp_path / "nothing"))
        assert "names no file" in self._refused(study)

    def test_may_not_lie_in_the_repository(self, put, key_file, shelf):
        key_file(self.KEY, folder=shelf)
        assert "inside the repository" in self._refused(read_study(put()))

    def test_may_not_be_short_and_is_not_repeated_in_the_message(self, put, key_file):
        key_file("s3cret" + " " * 40)
        assert self._refused(read_study(put())) == "the key for pseudonyms is shorter than 32 characters"
