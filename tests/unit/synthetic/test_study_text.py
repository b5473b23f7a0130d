from __future__ import annotations

import tomllib
from datetime import date

from evaltools.synthetic.site_plan import SITES
from evaltools.synthetic.study_text import study_text


def test_the_settings_say_synthetic_name_the_seed_and_list_every_site() -> None:
    study = tomllib.loads(study_text(2019))
    told = study["study"]
    assert (told["id"], told["synthetic"], told["data_cut"]) == ("demo", True, date(2019, 9, 30))
    assert "2019" in told["sources"][0]
    assert len(told["public_key"]) >= 32
    assert [site["id"] for site in study["sites"]] == [plan.id for plan in SITES]
    assert study["release"]["profile"] == "uk-public"
