"""Complements: a step that all but a few reached gives those few away, so it is hidden as they are."""

from __future__ import annotations

import re

import pandas as pd

from evaltools.release.counts import is_small
from evaltools.release.profile import Profile

__all__ = ["small_complements"]

_TABLES = ("flow", "fields")
_WHOLES = {
    "referred": ("enrolments",),
    "accepted": ("referred",),
    "engaged": ("referred", "accepted"),
    "in_scope": ("referred", "engaged"),
    "engaged_in_scope": ("engaged", "in_scope"),
    "started": ("in_scope", "engaged_in_scope"),
    "kept": ("followed",),
    "ended": ("followed",),
    "evidenced": ("kept",),
    "missing": ("rows",),
}


def small_complements(counts: pd.DataFrame, profile: Profile) -> pd.Series:
    """Say which counts of the tables `flow` and `fields` leave 1 to smallest - 1 out of the count they are a part of.

    counts: table_id, row, column (`<definition>.<step>`, `<field>.missing` of `<field>.rows`), n.
    """
    flow = counts[counts["table_id"].isin(_TABLES)]
    held = flow.set_index(["row", "column"])["n"]
    pairs = [
        (index, row, column, whole)
        for index, row, column in zip(flow.index, flow["row"], flow["column"], strict=True)
        for whole in _wholes(str(column))
    ]
    part_of = pd.DataFrame(pairs, columns=["at", "row", "column", "whole"])
    n = pd.Series([held.get((row, whole), pd.NA) for row, whole in zip(part_of["row"], part_of["whole"], strict=True)])
    left_out = n.astype("Float64") - counts["n"].reindex(part_of["at"]).astype("Float64").to_numpy()
    close = part_of.loc[is_small(left_out, profile).to_numpy(), "at"]
    return pd.Series(counts.index.isin(close), index=counts.index)


def _wholes(column: str) -> list[str]:
    definition, _, step = column.rpartition(".")
    named = re.fullmatch(r"([a-z_]+?)(_\d+)?", step)
    if named is None:
        return []
    name, weeks = named[1], named[2] or ""
    return [f"{definition}.{whole}{weeks if whole in ('followed', 'kept') else ''}" for whole in _WHOLES.get(name, ())]
