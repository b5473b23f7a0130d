from __future__ import annotations

from datetime import date

import pytest

from evaltools.errors import LayoutError, SchemaError
from evaltools.schema.read_yaml import read_yaml


@pytest.fixture
def read(tmp_path):
    def _read(content: str | bytes, error=LayoutError):
        path = tmp_path / "north.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_yaml(path, error, "L101")

    return _read


def test_plain_values_are_read(read):
    assert read("site: north\nday: 2019-01-31\nlist: [1, yes]\n") == {
        "site": "north", "day": date(2019, 1, 31), "list": [1, True],
    }  # fmt: skip
    assert read("") is None


@pytest.mark.parametrize(
    ("content", "place", "detail"),
    [
        ("site: north\nfiles: [a]\nsite: south\n", "north.yaml, line 1", "the key 'site' stands twice"),
        ("a:\n  b: 1\n  b: 2\n", "north.yaml, line 2", "the key 'b' stands twice"),
        ("site: [north\n", "north.yaml, line 2", "expected ',' or ']', but got '<stream end>'"),
        ("site: !!python/object/apply:os.getcwd []\n", "north.yaml, line 1", "could not determine a constructor"),
        (b"site: caf\xe9\n", "north.yaml", "it is not UTF-8 text"),
        ("site: \x07\n", "north.yaml", "it holds a character that YAML does not allow"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(read, content, place, detail):
    with pytest.raises(LayoutError) as caught:
        read(content)
    problem = caught.value.problems[0]
    assert problem.code == "L101"
    assert problem.place.endswith(f"/{place}")
    assert problem.detail.startswith(detail)


def test_the_error_is_of_the_kind_asked_for(read):
    with pytest.raises(SchemaError):
        read("a: [", SchemaError)


def test_a_folder_is_not_a_file(tmp_path):
    (tmp_path / "x.yaml").mkdir()
    with pytest.raises(LayoutError, match="cannot be opened"):
        read_yaml(tmp_path / "x.yaml", LayoutError, "L101")


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        ("[" * 5000 + "]" * 5000, "it is nested far too deeply"),
        ("a: &a [1]\n" + "".join(f"{n}: &n{n} [{', '.join([f'*n{n - 1}' if n else '*a'] * 9)}]\n" for n in range(9)),
         "with its aliases written out"),
        ("a: &a [*a]\n", "with its aliases written out"),
        ("day: 2019-02-30\n", "it holds a value that does not exist"),
    ],
)  # fmt: skip
def test_what_would_never_end_is_refused(read, content, detail):
    with pytest.raises(LayoutError) as caught:
        read(content)
    assert caught.value.problems[0].detail.startswith(detail)


def test_aliases_are_read(read):
    assert read("a: &a {M: male}\nb: *a\n") == {"a": {"M": "male"}, "b": {"M": "male"}}
