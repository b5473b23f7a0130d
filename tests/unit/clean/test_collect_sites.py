from __future__ import annotations

import pandas as pd

from evaltools.clean.assemble_tables import empty_table
from evaltools.clean.collect_sites import collect_sites, site_words
from evaltools.schema.table import Schema


def test_what_was_read_stands_and_what_was_stated_is_added(schema: Schema) -> None:
    table = schema.tables["sites"]
    read = empty_table(table).reindex([0]).fillna({"site_id": "camden", "name": "Camden, as read"})
    stated = pd.DataFrame({"site_id": ["camden", "enfield"], "name": ["Camden", "Enfield"], "colour": ["red", "blue"]})
    sites = collect_sites(read, stated, table)
    assert sites[["site_id", "name"]].to_numpy().tolist() == [["enfield", "Enfield"], ["camden", "Camden, as read"]]
    assert sites.dtypes.astype(str).to_dict() == table.types()
    assert collect_sites(read, None, table) is read
    assert collect_sites(empty_table(table), stated.iloc[:0], table).empty


def test_words_for_sites() -> None:
    assert site_words(None) == {}
    assert site_words(pd.DataFrame({"site_id": ["a"]})) == {"a": "a"}
