"""Find rows that are about the same thing and differ (D111): which of them is right cannot be told."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.clean.coded_texts import plain_texts
from evaltools.clean.faults import faults_of, no_faults
from evaltools.clean.key_codes import key_codes
from evaltools.schema.table import Table

__all__ = ["AT_REFERRAL", "find_contradictions"]

AT_REFERRAL = ("age_at_referral", "site_id")
"""Fields of a person that may differ between two referrals of the same person."""


def find_contradictions(rows: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Give one fault for each row whose key stands in another row with other entries; rows without a whole key are left out.

    Columns of `rows` beyond the table's own that do not begin with '_' are compared too; '_key' may number the keys.
    """
    compared = [name for name in rows.columns if not name.startswith("_") and name != "main"]
    if table.name == "participants":
        compared = [name for name in compared if name not in AT_REFERRAL]
    key = list(table.key)
    codes = rows["_key"].to_numpy() if "_key" in rows.columns else key_codes(rows, key)
    twice = plain_texts(rows[np.bincount(codes)[codes] > 1])
    if twice.empty:
        return no_faults()
    versions = twice.drop_duplicates(compared)
    differing = versions[versions.duplicated(key, keep=False)][key].drop_duplicates()
    bad = twice.merge(differing, on=key, how="inner") if len(differing) else twice.iloc[:0]
    if bad.empty:
        return no_faults()
    why = _differences(bad, key, [name for name in compared if name not in key], table)
    return faults_of(bad, table.name, "D111", key[0], why)


def _differences(bad: pd.DataFrame, key: list[str], compared: list[str], table: Table) -> list[str]:
    counts = bad.groupby(key, dropna=False, sort=False)[compared].transform("nunique", dropna=False)
    titles = {name: table.fields[name].title if name in table.fields else "Age at referral" for name in compared}
    return [
        "the rows differ in: " + ", ".join(titles[name] for name, count in zip(compared, row, strict=True) if count > 1)
        for row in counts.itertuples(index=False)
    ]
