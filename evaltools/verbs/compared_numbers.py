"""Compare the released numbers of two runs, and say what the runs were made from that differs."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

__all__ = ["MOVED", "changed_inputs", "moved_numbers"]

MOVED: dict[str, str] = {
    "estimate_id": "string",
    "question": "string",
    "group": "string",
    "statistic": "string",
    "old": "Float64",
    "new": "Float64",
    "difference": "Float64",  # missing where either is hidden
    "old_note": "string",  # why there is no value: not shown, or not in that run
    "new_note": "string",
    "headline": "boolean",
}
_NOT_THERE = "not in this run"
_ALSO = "also:"  # another denominator or clock of a number that stands by itself
_HEADLINE = ("proportion", "cumulative_incidence", "median", "ratio", "sum")


def moved_numbers(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Give the released estimates that differ: columns MOVED, in the order of the newer run.

    old, new: `estimates` of two releases; nothing but released numbers comes in, so nothing else can go out. An estimate
    counts as moved when its value differs, or when it is shown in one run and not in the other. headline: of the whole
    programme, and a share, incidence, median, ratio or sum under its main reading.
    """
    about = ["question", "group", "group_by", "statistic", "term"]
    both = pd.merge(
        new[["estimate_id", *about, "value", "note"]],
        old[["estimate_id", *about, "value", "note"]],
        on="estimate_id",
        how="outer",
        suffixes=("_new", "_old"),
        indicator=True,
        sort=False,
    )
    order = {name: number for number, name in enumerate([*new["estimate_id"], *old["estimate_id"]][::-1])}
    both = both.sort_values("estimate_id", key=lambda ids: -ids.map(order).astype("int64"), kind="stable")
    said = {name: both[f"{name}_new"].fillna(both[f"{name}_old"]) for name in about}
    moved = pd.DataFrame(
        {
            "estimate_id": both["estimate_id"],
            **{name: said[name] for name in ("question", "group", "statistic")},
            "old": both["value_old"],
            "new": both["value_new"],
            "difference": both["value_new"] - both["value_old"],
            "old_note": _why(both, "old", "left_only"),
            "new_note": _why(both, "new", "right_only"),
            "headline": (said["group_by"] == "programme")
            & said["statistic"].isin(_HEADLINE)
            & ~said["term"].fillna("").str.startswith(_ALSO),
        }
    )
    shown_before, shown_after = moved["old"].notna(), moved["new"].notna()
    differs = moved["difference"].fillna(0).ne(0) | (shown_before != shown_after) | (both["_merge"] != "both")
    return moved[differs.astype(bool)].reset_index(drop=True).astype(MOVED)


def _why(both: pd.DataFrame, side: str, absent: str) -> pd.Series:
    """Say why a value is missing. absent: what the merge calls a row of the other side only."""
    note = both[f"note_{side}"].fillna("not available").where(both[f"value_{side}"].isna(), "")
    return note.mask(both["_merge"] == absent, _NOT_THERE).astype("string")


def changed_inputs(old: Mapping[str, str], new: Mapping[str, str]) -> pd.DataFrame:
    """Say what the two runs were made from that differs: columns input, change (added, removed, changed).

    old, new: 'inputs' of the manifests of two `1_prepared`. Where code, settings or schema changed as well, numbers may have
    moved for another reason than the data.
    """
    rows = [
        {"input": name, "change": "added" if name not in old else "removed" if name not in new else "changed"}
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    ]
    return pd.DataFrame(rows, columns=["input", "change"], dtype="string")
