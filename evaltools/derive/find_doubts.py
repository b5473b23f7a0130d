"""Doubts: entries and rows that cleaning set aside, by pseudonym, so that 'set aside' is never read as 'not there'."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

__all__ = ["DOUBTS", "doubted_people", "doubted_rows", "find_doubts", "no_doubts"]

DOUBTS: dict[str, str] = {
    "participant_id": "string",
    "table": "string",
    "field": "string",  # the entry that was set aside; missing for a whole row
    "row_id": "string",  # of a row that was kept, where its table numbers its rows; missing for a whole row
}
_ROW_IDS = {"enrolments": "enrolment_id", "jobs": "job_id", "evidence": "evidence_id"}


def no_doubts() -> pd.DataFrame:
    """Give the frame of doubts of a study in which nothing was set aside.

    >>> len(no_doubts())
    0
    """
    return pd.DataFrame(columns=list(DOUBTS)).astype(DOUBTS)


def find_doubts(
    quarantine: pd.DataFrame,
    people: pd.DataFrame,
    places: pd.DataFrame,
    spots: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
) -> pd.DataFrame:
    """Say of whom something was set aside that the tables therefore lack.

    quarantine, people, places, spots: as cleaning returns them (`domain.harmonised`). tables: the canonical tables.

    Returns the columns DOUBTS, pseudonyms only. A value counts where its row was kept and has nothing in its place; a row
    counts for every table that its sheet gives, or for that of its part where only the part went.
    """
    if quarantine.empty or spots.empty:
        return no_doubts()
    told = quarantine.assign(**{name: quarantine[name].astype("string").fillna("") for name in ("file", "sheet", "cell")})
    where = spots.assign(**{name: spots[name].astype("string").fillna("") for name in ("file", "sheet", "field")})
    found = [_values(told[told["level"] == "value"], places, where, tables)]
    found.append(_rows(told[told["level"] == "row"], people, where))
    return _joined(found).drop_duplicates(ignore_index=True)


def doubted_people(doubts: pd.DataFrame, table: str, fields: tuple[str, ...] = ()) -> pd.Series:
    """Give the pseudonyms of whom a whole row of a table, or one of some fields of it, was set aside; each once.

    >>> doubts = pd.DataFrame({"participant_id": ["ann"], "table": ["jobs"], "field": [None], "row_id": [None]})
    >>> doubted_people(doubts, "jobs").tolist()
    ['ann']
    """
    mine = (doubts["table"] == table) & (doubts["field"].isna() | doubts["field"].isin(fields))
    return doubts.loc[mine.fillna(False).astype(bool), "participant_id"].drop_duplicates()


def doubted_rows(doubts: pd.DataFrame, table: str, fields: tuple[str, ...]) -> pd.Series:
    """Give the ids of the rows of a table that were kept and of which one of some fields was set aside."""
    mine = (doubts["table"] == table) & doubts["field"].isin(fields) & doubts["row_id"].notna()
    return doubts.loc[mine.fillna(False).astype(bool), "row_id"]


def _values(
    told: pd.DataFrame, places: pd.DataFrame, where: pd.DataFrame, tables: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    told = told[["file", "sheet", "row"]].assign(position=_positions(told["cell"]))
    asked = where.loc[where["field"] != "", ["file", "sheet", "position", "part", "table", "field"]]
    at = told.merge(asked.astype({"position": "int64"}), on=["file", "sheet", "position"])
    found = []
    for table, mine in at.groupby(at["table"].astype(str)):
        if table not in tables or "participant_id" not in tables[table]:
            continue
        placed = places.loc[(places["table"] == table).to_numpy(), ["part", "row"]].reset_index(drop=True)
        placed = placed.astype("int64").rename_axis("place").reset_index()
        here = mine.astype({"part": "int64", "row": "int64"}).merge(placed, on=["part", "row"])
        rows, field = tables[table], here["field"].to_numpy(dtype=object)
        lacks = np.zeros(len(here), dtype=bool)
        for name in np.unique(field.astype(str)):
            of_field = np.flatnonzero(field == name)
            if name in rows:
                lacks[of_field] = rows[name].iloc[here["place"].iloc[of_field]].isna().to_numpy()
        kept = rows.iloc[here["place"].to_numpy()[lacks]]
        number = kept[_ROW_IDS[table]].array if table in _ROW_IDS else None
        found.append(
            pd.DataFrame(
                {"participant_id": kept["participant_id"].array, "table": table, "field": field[lacks], "row_id": number}
            ).astype(DOUBTS)
        )
    return _joined(found)


def _rows(told: pd.DataFrame, people: pd.DataFrame, where: pd.DataFrame) -> pd.DataFrame:
    named = people.astype({"file": "string", "sheet": "string"}).assign(row=people["row"].astype("Int64"))
    who = told[["file", "sheet", "row", "part"]].merge(named, on=["file", "sheet", "row"])
    gives = where[["file", "sheet", "part", "table"]].rename(columns={"part": "of_part"}).drop_duplicates()
    at = who.merge(gives, on=["file", "sheet"])
    at = at[(at["part"].isna() | (at["part"] == at["of_part"])).fillna(True).astype(bool)]
    at = at[(at["table"].notna() & (at["table"] != "")).to_numpy(dtype=bool)]
    return at[["participant_id", "table"]].drop_duplicates().assign(field=None, row_id=None).astype(DOUBTS)


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    some = [part for part in parts if len(part)]
    return pd.concat(some, ignore_index=True) if some else no_doubts()


def _positions(cells: pd.Series) -> np.ndarray:
    """Give the position of the column of each cell, from 0: 'B7' is 1; -1 where no cell is named."""
    letters = cells.str.extract(r"^([A-Z]+)\d", expand=False)
    number = {each: _number(each) for each in letters.dropna().unique()}
    return letters.map(number).fillna(-1).to_numpy(dtype="int64")


def _number(letters: str) -> int:
    place = 0
    for letter in letters:
        place = 26 * place + ord(letter) - ord("A") + 1
    return place - 1
