from __future__ import annotations

from collections.abc import Callable

from evaltools.clean.count_fields import FIELD_COUNTS, count_fields
from evaltools.domain.harmonised import Harmonised
from evaltools.schema.table import Schema

CLIENTS = "Client ID,Sex,Referred\nA1,F,01/02/2020\nA2,Wmn,01/02/2020\nA3,,01/02/2020\nA4,F,31/02/2020\n"


def test_fields_are_counted_by_site(run: Callable[..., Harmonised], people_layout: dict, schema: Schema) -> None:
    done = run({"clients.csv": CLIENTS}, people_layout)
    counted = count_fields(done.tables, done.places, done.spots, done.findings, schema)
    assert counted.dtypes.astype(str).to_dict() == FIELD_COUNTS
    held = counted.set_index(["table", "field"])
    sex = held.loc[("participants", "sex")]
    rows = len(done.tables["participants"])
    assert (sex["site"], sex["mapped"], sex["rows"], sex["filled"], sex["distinct"]) == ("camden", True, rows, rows - 2, 1)
    assert sex["unmapped"] == 1
    assert not held.loc[("participants", "ethnicity"), "mapped"]
    assert "participant_id" not in counted["field"].tolist()
    assert set(counted["table"]) == {"participants", "enrolments"}


def test_a_column_that_nobody_fills_is_still_there(
    run: Callable[..., Harmonised], people_layout: dict, schema: Schema
) -> None:
    done = run({"clients.csv": "Client ID,Sex,Referred,Closed\nA1,F,01/02/2020,\n"}, people_layout)
    counted = count_fields(done.tables, done.places, done.spots, done.findings, schema).set_index("field")
    assert counted.loc["discharge_date", ["mapped", "rows", "filled"]].tolist() == [True, 1, 0]
