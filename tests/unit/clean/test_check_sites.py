from __future__ import annotations

import pandas as pd
import pytest

from evaltools.clean.check_sites import check_sites
from evaltools.errors import LayoutError
from evaltools.schema.layout import Layout

SITES = pd.DataFrame({"site_id": pd.Series(["north", "south"], dtype="string")})


def _layout(site: str) -> Layout:
    return Layout(site=site, files=(f"{site}*",), sheets=())


def test_every_layout_of_an_unknown_site_is_named_at_once() -> None:
    with pytest.raises(LayoutError) as caught:
        check_sites([_layout("nort"), _layout("south"), _layout("zzz")], SITES)
    assert [(problem.what, problem.fix) for problem in caught.value.problems] == [
        ("the study has no site 'nort'", "did you mean 'north'?"),
        ("the study has no site 'zzz'", "the study's sites are: north, south"),
    ]
    assert caught.value.exit_code == 11


def test_known_sites_layouts_of_several_sites_and_sites_in_the_data_pass() -> None:
    check_sites([_layout("north"), _layout("")], SITES)
    check_sites([_layout("anything")], None)
