from __future__ import annotations

from collections.abc import Callable

from evaltools.clean.place_rows import PLACES, SPOTS, fits
from evaltools.domain.harmonised import Harmonised

CLIENTS = "Client ID,Sex,Referred,Closed\nA1,F,01/02/2020,\n\nA2,M,01/02/2020,\nA1,F,01/02/2020,\n"


def test_each_row_has_its_place_and_no_entry_is_kept(run: Callable[..., Harmonised], people_layout: dict) -> None:
    done = run({"clients.csv": CLIENTS}, people_layout)
    people = done.places[done.places["table"] == "participants"]
    assert people["row"].tolist() == [2, 4]
    assert done.places.dtypes.astype(str).to_dict() == PLACES
    assert done.spots.dtypes.astype(str).to_dict() == SPOTS
    sex = done.spots[done.spots["field"] == "sex"].iloc[0]
    assert (sex["site"], sex["file"], sex["position"], sex["header"]) == ("camden", "clients.csv", 1, "Sex")
    assert set(done.spots.loc[done.spots["field"] == "", "position"]) == {-1}


def test_places_fit_the_tables_that_they_were_made_with_only(run: Callable[..., Harmonised], people_layout: dict) -> None:
    done = run({"clients.csv": CLIENTS}, people_layout)
    assert fits(done.places, done.tables)
    assert not fits(done.places, done.tables | {"participants": done.tables["participants"].iloc[:1]})
    assert not fits(done.places, {})
