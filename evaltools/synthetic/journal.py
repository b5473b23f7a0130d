"""What was spoilt on purpose, where, and what a correct reader can therefore no longer know."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from evaltools.synthetic.programme import Programme
from evaltools.synthetic.provider_sheet import RecordKey

__all__ = ["Journal", "readable"]


@dataclass
class Journal:
    """A running account. counts: (nastiness, file, sheet) -> number. The rest says how the readable tables differ."""

    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    values: dict[tuple[str, RecordKey, str], date | None] = field(default_factory=dict)
    rows: set[tuple[str, RecordKey]] = field(default_factory=set)

    def note(self, kind: str, file: str, sheet: str = "", count: int = 1) -> None:
        """Count one kind of nastiness in one sheet."""
        if count:
            self.counts[(kind, file, sheet)] += count

    def change(self, field_name: str, key: RecordKey, value: date | None = None) -> None:
        """Say that a value reads differently from the truth; None where it can no longer be known."""
        table, name = field_name.split(".")
        self.values[(table, key, name)] = value

    def lose(self, table: str, key: RecordKey) -> None:
        """Say that a record cannot be read at all."""
        self.rows.add((table, key))

    def nastiness(self) -> dict[str, dict[str, object]]:
        """Give, for each nastiness, its count and where it is."""
        told: dict[str, dict[str, object]] = {}
        for kind in sorted({kind for kind, _, _ in self.counts}):
            places = [
                {"file": file, "sheet": sheet, "count": count}
                for (k, file, sheet), count in sorted(self.counts.items())
                if k == kind
            ]
            told[kind] = {"count": sum(self.counts[k] for k in self.counts if k[0] == kind), "where": places}
        return told


def readable(truth: Programme, journal: Journal) -> dict[str, pd.DataFrame]:
    """Give the tables that a correct reader finds in the spoilt files.

    Parameters
    ----------
    truth
        The programme.
    journal
        What was spoilt.

    Returns
    -------
    dict of DataFrame
        participants, enrolments and jobs.
    """
    people = {key[0] for table, key in journal.rows if table == "participants"}
    jobs = {key for table, key in journal.rows if table == "jobs"}
    tables = {
        "participants": truth.participants.loc[~truth.participants["participant_id"].isin(people)].copy(),
        "enrolments": truth.enrolments.loc[~truth.enrolments["participant_id"].isin(people)].copy(),
        "jobs": truth.jobs.copy(),
    }
    keep = [key not in jobs for key in zip(truth.jobs["participant_id"], truth.jobs["job_number"], strict=True)]
    tables["jobs"] = tables["jobs"].loc[keep]
    for (table, (person, job), name), value in journal.values.items():
        if table not in tables:
            continue
        frame = tables[table]
        hit = frame["participant_id"] == person
        if table == "jobs":
            hit &= frame["job_number"] == job
        frame.loc[hit, name] = _cell_of(frame[name], value)
    return tables


def _cell_of(column: pd.Series, value: date | None) -> pd.Timestamp | str | None:
    if value is not None:
        return pd.Timestamp(value)
    return "unknown" if column.dtype == object else None
