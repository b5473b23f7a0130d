from __future__ import annotations

from evaltools.clean.missing_files import missing_files
from evaltools.schema.layout import Layout


def _layout(site: str, *files: str) -> Layout:
    return Layout(site=site, files=files, sheets=())


def test_a_name_or_pattern_that_nothing_answers_to_is_said_with_its_site() -> None:
    flags = missing_files(["North_1.csv"], [_layout("north", "north_*", "late.xlsx"), _layout("south", "south_*")])
    assert [(flag.code, flag.spot.site, flag.spot.file) for flag in flags] == [
        ("D121", "north", "late.xlsx"),
        ("D121", "south", "south_*"),
    ]


def test_what_has_come_is_not_said() -> None:
    assert (
        missing_files(["NORTH_1.csv", "south_2.xlsx"], [_layout("north", "north_*"), _layout("south", "South_?.xlsx")]) == ()
    )
