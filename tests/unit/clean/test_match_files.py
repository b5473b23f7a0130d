from __future__ import annotations

from pathlib import Path

import pytest

from evaltools.clean.match_files import match_files
from evaltools.errors import LayoutError
from evaltools.schema.layout import Layout, SheetLayout

CAMDEN = Layout(site="camden", files=("camden_*.csv", "2024/*.xlsx"), sheets=(SheetLayout(),))
ROOT = Path("/study/raw")


def test_files_find_their_layout_by_name_or_pattern() -> None:
    paths = [ROOT / "Camden_April.CSV", ROOT / "2024" / "x.xlsx", ROOT / "other.csv"]
    found = match_files(paths, ROOT, [CAMDEN])
    assert [(one.name, one.layout) for one in found] == [
        ("Camden_April.CSV", CAMDEN),
        ("2024/x.xlsx", CAMDEN),
        ("other.csv", None),
    ]


def test_a_file_outside_the_folder_goes_by_its_name() -> None:
    assert match_files([Path("/elsewhere/camden_1.csv")], ROOT, [CAMDEN])[0].name == "camden_1.csv"


def test_two_layouts_for_one_file_stop_the_run() -> None:
    with pytest.raises(LayoutError, match="two layouts name one file"):
        match_files([ROOT / "camden_1.csv"], ROOT, [CAMDEN, Layout(files=("*.csv",), sheets=(SheetLayout(),))])


def test_a_name_that_is_no_text_can_still_be_shown() -> None:
    (delivery,) = match_files([Path("raw/north_\udcff.csv")], Path("raw"), [])
    assert delivery.name == "north_\\xff.csv"
    delivery.name.encode("utf-8")
