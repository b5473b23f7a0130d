"""Complements in the flow: a step that all but a few reached gives those few away, so it is hidden as they are."""

from __future__ import annotations

import re

import pandas as pd

from evaltools.release.counts import is_small
from evaltools.release.profile import Profile

__all__ = ["small_complements"]

_WHOLE = {"engaged": "referred", "in_scope": "engaged", "started": "in_scope"}


def small_complements(counts: pd.DataFrame, profile: Profile) -> pd.Series:
    """Say which counts of the table `flow` leave 1 to smallest - 1 people out of the step they are a part of.

    counts: table_id, row, column (`<definition>.<step>`), n.
    """
    flow = counts[counts["table_id"] == "flow"]
    held = flow.set_index(["row", "column"])["n"]
    whole = [(row, _whole(str(column))) for row, column in zip(flow["row"], flow["column"], strict=True)]
    left_out = pd.Series([held.get(key, pd.NA) for key in whole], index=flow.index, dtype="Float64") - flow["n"]
    return is_small(left_out, profile).reindex(counts.index, fill_value=False)


def _whole(column: str) -> str:
    definition, _, step = column.rpartition(".")
    kept = re.fullmatch(r"kept_(\d+)", step)
    return f"{definition}.{f'followed_{kept[1]}' if kept else _WHOLE.get(step, '')}"
