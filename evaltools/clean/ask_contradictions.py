"""Ask which of the rows that contradict each other is right (D111)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from evaltools.clean.ask_questions import CONTRADICTION, Question, question_id
from evaltools.clean.explain_rows import Places
from evaltools.clean.find_contradictions import AT_REFERRAL
from evaltools.clean.sheet import cell_name
from evaltools.schema.table import Schema, Table

__all__ = ["NONE", "ask_contradictions"]

NONE = "none of them"
_CODE = "D111"
_SAME = {"participants": "person", "enrolments": "referral", "jobs": "job", "evidence": "evidence", "contacts": "contact"}
_AGE = "age_at_referral"
_MOST = 500  # questions about one table: nobody answers more
_SHOWN = 4  # differing fields whose entries are shown with an option


def ask_contradictions(
    tables: Mapping[str, pd.DataFrame], faults: pd.DataFrame, places: Places, schema: Schema, key: bytes
) -> list[Question]:
    """Ask one question for each set of contradicting rows of a table.

    tables: before rows were settled, with ORIGIN. faults: of `settle_rows`. key: the study's, for the ids of questions.

    The id depends on what the rows say, not on where they stand: rows that move keep their answer, rows that change are
    asked about anew. Entries that differ are shown, unless they are identifiers.
    """
    questions = []
    wrong = faults[faults["code"] == _CODE]
    for name, held in wrong.groupby("table", sort=True):
        table, frame = schema.tables[str(name)], tables[str(name)]
        pairs = pd.MultiIndex.from_frame(held[["_source", "_part"]])
        rows = frame[pd.MultiIndex.from_frame(frame[["_source", "_part"]]).isin(pairs)]
        if table.name == "enrolments":  # two rows of one referral may contradict each other in the age at it, too
            age = tables["participants"].drop_duplicates("_source").set_index("_source")[_AGE]
            rows = rows.assign(**{_AGE: rows["_source"].map(age)})
        texts = _texts(rows, table)
        for _, group in list(rows.groupby([texts[field] for field in table.key], sort=False))[:_MOST]:
            if texts.loc[group.index].drop_duplicates().shape[0] > 1:
                questions.append(_ask(table, group, texts.loc[group.index], places, key))
    return questions


def _texts(rows: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Write every entry that is compared as text, for hashing and showing; '' for unknown."""
    compared = [name for name in rows.columns if not name.startswith("_")]
    if table.name == "participants":
        compared = [name for name in compared if name not in AT_REFERRAL]
    columns = {
        name: rows[name].dt.strftime("%Y-%m-%d") if rows[name].dtype.kind == "M" else rows[name].astype("string")
        for name in compared
    }
    return pd.DataFrame({name: column.fillna("").astype(object) for name, column in columns.items()}, index=rows.index)


def _title(table: Table, name: str) -> str:
    return table.fields[name].title if name in table.fields else "Age at referral"


def _ask(table: Table, group: pd.DataFrame, texts: pd.DataFrame, places: Places, key: bytes) -> Question:
    said = pd.Series(["\x1f".join(entries) for entries in texts.itertuples(index=False)], index=texts.index)
    versions = sorted(said.unique(), key=lambda text: question_id(key, "version", [text]))
    differing = [name for name in texts.columns if texts[name].nunique() > 1]
    first = {text: texts[said == text].iloc[0] for text in versions}
    options = {text: _letter(number) + _entries(first[text], differing, table) for number, text in enumerate(versions)}
    source = group["_source"].to_numpy()
    numbers = places.records.row[source].tolist()
    at = [(places.sheets[sheet].file, places.sheets[sheet].sheet) for sheet in places.records.sheet[source]]
    rows = zip(said, at, numbers, strict=True)
    named = sorted(f"{options[text]} is {_where(place, row, at)}" for text, place, row in rows)
    titles = ", ".join(_title(table, name) for name in differing)
    noun = _SAME.get(table.name, "thing")
    spot = places.spot(int(places.records.sheet[source[0]]), int(group["_part"].iloc[0]), table.key[0])
    here = [row for place, row in zip(at, numbers, strict=True) if place == at[0]]
    return Question(
        question_id(key, CONTRADICTION, [table.name, *versions]),
        CONTRADICTION,
        spot.site,
        at[0][0],
        at[0][1],
        ", ".join(cell_name(max(spot.position, 0), row) for row in here),
        f"These rows are about the same {noun} and differ in: {titles}. Which of them is right? {'; '.join(named)}.",
        (*(options[text] for text in versions), NONE),
        rows=group[["_source", "_part"]].assign(table=table.name, field="", option=said.map(options)),
    )


def _letter(number: int) -> str:
    return chr(65 + number) if number < 26 else f"A{number}"


def _entries(row: pd.Series, differing: Sequence[str], table: Table) -> str:
    """Show the entries that tell an option apart: not identifiers, and not more than a few."""
    shown = [name for name in differing if name not in table.fields or not table.fields[name].identifier][:_SHOWN]
    listed = "; ".join(f"{_title(table, name)}: {row[name] or 'empty'}" for name in shown).replace("|", "/")
    return f" ({listed})" if listed else ""


def _where(place: tuple[str, str], row: int, places: Sequence[tuple[str, str]]) -> str:
    named = ", ".join(filter(None, place))
    return f"row {row}" if len(set(places)) == 1 else f"row {row} of {named}"
