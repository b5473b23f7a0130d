"""Say whom each record names: a private index from file, sheet and row to pseudonym."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.clean.coded_texts import plain_column
from evaltools.clean.explain_rows import Places

__all__ = ["name_records"]


def name_records(people: pd.Series, places: Places) -> pd.DataFrame:
    """List the records that name somebody: columns file, sheet (both categorical), row, participant_id.

    people: pseudonym by record number, missing for nobody (and for people who have withdrawn).
    """
    at = np.flatnonzero(people.notna().to_numpy(dtype=bool))
    sheets = places.records.sheet[at]
    named = {name: _texts([getattr(spot, name) for spot in places.sheets], sheets) for name in ("file", "sheet")}
    rows = pd.array(places.records.row[at], dtype="Int64")
    return pd.DataFrame({**named, "row": rows, "participant_id": plain_column(people.iloc[at])})


def _texts(of_sheets: list[str], sheets: np.ndarray) -> pd.Categorical:
    """Give each record the text of its sheet, held once."""
    codes, texts = pd.factorize(np.array(of_sheets, dtype=object))
    return pd.Categorical.from_codes(codes[sheets], pd.Index(texts, dtype=object))
