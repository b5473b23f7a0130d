from __future__ import annotations

from evaltools.clean.map_targets import SHARED, map_targets
from evaltools.schema.table import Schema


def test_every_field_stands_once_and_shared_keys_for_all_their_tables(schema: Schema) -> None:
    targets = {one.key: one for one in map_targets(schema)}
    assert set(SHARED) <= set(targets)
    assert "jobs" in targets["participant_id"].tables
    assert "Client ID" in targets["participant_id"].names
    plain = {f"{table.name}.{name}" for table in schema.tables.values() for name in table.fields if name not in SHARED}
    assert plain | set(SHARED) == set(targets)


def test_our_own_words_are_weak_names(schema: Schema) -> None:
    target = next(one for one in map_targets(schema) if one.key == "jobs.start_date")
    assert "start date" in target.weak
    assert "Employment start" in target.names
