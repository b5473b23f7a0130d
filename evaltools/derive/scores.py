"""Scores: which of the recorded scores can be used, and why each of the others cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from evaltools.domain.instrument import INSTRUMENTS, Instrument, instrument_id

__all__ = ["known_instruments", "usable_scores"]

_STATED = ["better", "scale_minimum", "scale_maximum"]


def known_instruments(measures: pd.DataFrame, given: Mapping[str, Instrument] = INSTRUMENTS) -> dict[str, Instrument]:
    """Give every instrument of a table whose range is known: by its name, or because its rows state one range and no other.

    measures: the canonical table. given: instruments known by name, which win. Rows that disagree on which way is better
    leave that unknown.
    """
    named = _ids(measures["instrument"])
    found = {name: given[name] for name in sorted(named.unique()) if name in given}
    stated = measures.reindex(columns=_STATED)
    for name, rows in stated.groupby(named):
        said = {field: rows[field].dropna().unique() for field in _STATED}
        if name not in given and len(said["scale_minimum"]) == len(said["scale_maximum"]) == 1:
            low, high = float(said["scale_minimum"][0]), float(said["scale_maximum"][0])
            if low < high:
                label = str(measures.loc[rows.index[0], "instrument"])
                scale = Instrument(str(name), label, low, high, None)
                found[str(name)] = replace(scale, better=said["better"][0]) if len(said["better"]) == 1 else scale
    return found


def usable_scores(measures: pd.DataFrame, instruments: Mapping[str, Instrument], most_outside: float = 0.05) -> pd.DataFrame:
    """Say of each score whether it can be used.

    Parameters
    ----------
    measures : pandas.DataFrame
        The canonical table.
    instruments : mapping of str to Instrument
        From `known_instruments`.
    most_outside : float
        Where more than this share of a site's scores on an instrument (and at least two) lie outside its range, they are
        scores of some other instrument or scoring, and none of them is used.

    Returns
    -------
    pandas.DataFrame
        One row a score, in order: participant_id, site_id, instrument (id), date, score, source and use: 'used', 'range not
        known', 'outside the range', 'instrument in doubt at the site', or 'no single score that day' (two different scores
        of a person on one instrument and day from one source).
    """
    scores = pd.DataFrame(
        {
            "participant_id": measures["participant_id"].astype("string"),
            "site_id": measures["site_id"].astype("string"),
            "instrument": _ids(measures["instrument"]).astype("string"),
            "date": measures["measured_date"],
            "score": measures["score"].astype("Float64"),
            "source": (measures["source"] if "source" in measures else pd.Series("unknown", index=measures.index)),
        }
    ).reset_index(drop=True)
    scores["source"] = scores["source"].astype("string").fillna("unknown")
    low = scores["instrument"].map({name: each.minimum for name, each in instruments.items()}).astype("Float64")
    high = scores["instrument"].map({name: each.maximum for name, each in instruments.items()}).astype("Float64")
    known = low.notna()
    outside = ((scores["score"] < low) | (scores["score"] > high) | scores["score"].isna()).fillna(False).astype(bool)
    of_site = outside.groupby([scores["site_id"], scores["instrument"]])
    doubtful = (of_site.transform("mean") > most_outside) & (of_site.transform("sum") >= 2)
    day = ["participant_id", "instrument", "date", "source"]
    twice = scores.groupby(day)["score"].transform("nunique") > 1
    use = np.select(
        [~known, doubtful, outside, twice],
        ["range not known", "instrument in doubt at the site", "outside the range", "no single score that day"],
        default="used",
    )
    return scores.assign(use=pd.Series(use, dtype="string"))


def _ids(names: pd.Series) -> pd.Series:
    """Give each name's id; every spelling is looked at once."""
    return names.map({name: instrument_id(name) for name in names.unique()})
