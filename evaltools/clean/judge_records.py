"""Judge every record: kept, merged or quarantined, so that none is lost."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from evaltools.clean.merge_copies import no_copies
from evaltools.clean.settle_rows import Settled

__all__ = ["Judged", "judge_records"]

_UNUSED = "no entry of the row is used"


@dataclass(frozen=True)
class Judged:
    """fate: of each record. faults: with 'level' row (one for each quarantined record) or value. copies: merged records.

    merged: rows that are copies of others while their record is kept.
    """

    fate: np.ndarray
    faults: pd.DataFrame
    copies: pd.DataFrame
    merged: pd.DataFrame = field(default_factory=no_copies)


def judge_records(settled: Settled, people: pd.Series) -> Judged:
    """Judge the records. people: whom each record names (by record number, missing for nobody).

    A record is kept if it gives at least one row that stays; merged if all its rows are copies of others; else quarantined.
    A record without any entry is kept where it names a person of the programme: there is nothing in it to lose.
    """
    count = len(people)
    stay, copied, faulty = (np.zeros(count, dtype=bool) for _ in range(3))
    for rows in settled.tables.values():
        stay[rows["_source"].to_numpy()] = True
    copied[settled.copies["_source"].to_numpy()] = True
    faulty[settled.faults["_source"].to_numpy()] = True
    silent = ~stay & ~copied & ~faulty
    known = np.zeros(count, dtype=bool)
    if silent.any():
        known[silent] = people[silent].isin(settled.tables["participants"]["participant_id"].dropna()).to_numpy()
    fate = np.full(count, "quarantined", dtype=object)
    fate[copied] = "merged"
    fate[stay | (silent & known)] = "kept"
    faults = pd.concat([settled.faults, _silent(np.flatnonzero(silent & ~known), people)], ignore_index=True)
    whole = (fate == "merged")[settled.copies["_source"].to_numpy()]
    copies = settled.copies[whole].drop_duplicates("_source")
    partly = (fate == "kept")[settled.copies["_source"].to_numpy()]
    return Judged(fate, _levelled(faults, fate), copies, settled.copies[partly])


def _silent(numbers: np.ndarray, people: pd.Series) -> pd.DataFrame:
    """Make the faults of records that hold no entry: they name nobody (D110) or somebody unknown (D113)."""
    named = people.iloc[numbers].notna().to_numpy()
    faults = pd.DataFrame(
        {"_source": numbers, "_part": -1, "table": "", "field": "", "code": "D110", "main": True, "why": _UNUSED}
    )
    faults.loc[named, "code"] = "D113"
    return faults


def _levelled(faults: pd.DataFrame, fate: np.ndarray) -> pd.DataFrame:
    """Say of each fault whether it set a record aside (one fault for each such record) or only some of its entries."""
    gone = (fate == "quarantined")[faults["_source"].to_numpy(dtype="int64")]
    rows = faults[gone].sort_values("main", ascending=False, kind="stable").drop_duplicates("_source")
    return pd.concat([rows.assign(level="row"), faults[~gone].assign(level="value")]).sort_values("_source", kind="stable")
