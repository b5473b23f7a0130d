"""Compare the findings of two runs: what is new, fixed, persisting, and vanished with its record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

__all__ = ["COMPARED", "Found", "compared_findings", "file_pattern"]

COMPARED: dict[str, str] = {
    "fate": "string",  # new, persisting, fixed (the record is there and the fault is not), vanished (the record is not)
    "severity": "string",
    "code": "string",
    "site": "string",
    "file": "string",  # the name in the newer run where it is there
    "sheet": "string",
    "column": "string",
    "count": "Int64",
    "what": "string",
}
FATES = ("new", "persisting", "fixed", "vanished")
_COLUMN = re.compile(r", in column '(.*)'(?: \([\d,]+ \w+\))?$")
_COUNT = re.compile(r" \([\d,]+ \w+\)$")
_KEY = ("code", "site", "file", "sheet", "column")


@dataclass(frozen=True)
class Found:
    """What one run found.

    findings, quarantine: columns of `domain.harmonised`. people: pseudonym of whom each record names (file, sheet, row,
    participant_id); may be empty, and findings are then matched by their number.
    """

    findings: pd.DataFrame
    quarantine: pd.DataFrame
    people: pd.DataFrame
    files: frozenset[str] = field(default=frozenset())


def file_pattern(name: str) -> str:
    """Give a file's name with every date, version and number in it replaced by '#'.

    >>> file_pattern("north/clients_2024-03_v2.csv"), file_pattern("north/clients_2024-04_v11.csv")
    ('north/clients_#_v#.csv', 'north/clients_#_v#.csv')
    """
    return re.sub(r"\d+(?:[-_. ]\d+)*", "#", name)


def compared_findings(old: Found, new: Found) -> pd.DataFrame:
    """Match findings by code, site, file, sheet and column, and within these by the person whom the record names.

    A file that has findings in one run only is matched by its name without dates and numbers. Positions are not compared:
    rows move from one delivery to the next. Where nobody is named, as many faults as both runs have are persisting.
    Returns columns COMPARED, the newest and gravest first. It holds no pseudonym.
    """
    same = set(old.findings["file"]) & set(new.findings["file"])
    before, after = (_instances(found, same) for found in (old, new))
    still = frozenset(new.people["participant_id"].dropna()) if len(new.people) else None
    patterns = {file_pattern(name) for name in (new.files or set(new.people["file"]) | set(new.findings["file"]))}
    rows = []
    for key in dict.fromkeys([*after, *before]):
        held = after.get(key) or before[key]
        gone_file = bool(patterns) and file_pattern(key[2]) not in patterns
        old_one, new_one = (side[key].persons if key in side else Counter[str]() for side in (before, after))
        fates = _fates(old_one, new_one, still, gone_file)
        rows += [held.row(fate, count) for fate, count in fates.items() if count]
    frame = pd.DataFrame(rows, columns=list(COMPARED)).astype(COMPARED)
    rank = frame["fate"].map({fate: number for number, fate in enumerate(FATES)}).astype("Int64")
    grave = frame["severity"].map({"must fix": 0, "please check": 1, "changed for you": 2}).astype("Int64")
    order = frame.assign(_rank=rank, _grave=grave).sort_values(["_rank", "_grave", *_KEY], kind="stable", na_position="last")
    return order[list(COMPARED)].reset_index(drop=True)


@dataclass
class _Held:
    """All faults of one code in one column: how many of each person, '' for those that name nobody."""

    code: str
    site: str
    file: str
    sheet: str
    column: str
    severity: str
    what: str
    persons: Counter[str] = field(default_factory=Counter)

    def row(self, fate: str, count: int) -> dict[str, object]:
        named = {name: getattr(self, name) for name in ("severity", "code", "site", "file", "sheet", "column", "what")}
        return {"fate": fate, "count": count, **named}


def _fates(before: Counter[str], after: Counter[str], still: frozenset[str] | None, gone_file: bool) -> dict[str, int]:
    """Divide faults of one kind. before, after: how many of each person. still: people whom the newer run knows of."""
    both = before & after
    old, new = before - both, after - both
    persisting = both.total()
    for one, other in ((old, new), (new, old)):  # those that name nobody may be any of the other run's
        taken = min(one[""], other.total() - other[""])
        one[""] -= taken
        other.subtract(_first(other, taken))
        persisting += taken
    gone = sum(count for person, count in old.items() if gone_file or (person and still is not None and person not in still))
    return {"new": new.total(), "persisting": persisting, "fixed": old.total() - gone, "vanished": gone}


def _first(held: Counter[str], count: int) -> Counter[str]:
    return Counter([person for person in sorted(held.elements()) if person][:count])


def _instances(found: Found, same: set[str]) -> dict[tuple[str, ...], _Held]:
    """Give the faults by key. same: files with findings in both runs, which keep their name."""
    named = _persons(found)
    held: dict[tuple[str, ...], _Held] = {}
    for row in found.findings.astype(object).where(found.findings.notna(), "").to_dict("records"):
        column = match[1] if (match := _COLUMN.search(row["what"])) else ""
        what = _COUNT.sub("", _COLUMN.sub("", row["what"]))
        file = row["file"] if row["file"] in same else file_pattern(row["file"])
        key = (row["code"], row["site"], file, row["sheet"], column)
        one = held.setdefault(key, _Held(row["code"], row["site"], row["file"], row["sheet"], column, row["severity"], what))
        persons = named.get((row["code"], row["file"], row["sheet"], column), Counter())
        rest = int(row["count"] or 1) - persons.total()
        one.persons += persons + Counter({"": max(rest, 0)})
    return held


def _persons(found: Found) -> dict[tuple[str, ...], Counter[str]]:
    """Count the quarantined rows and entries by code, place and person."""
    if found.quarantine.empty or found.people.empty:
        return {}
    placed = found.quarantine[["code", "file", "sheet", "row", "column"]].dropna(subset=["row"])
    placed = placed.merge(found.people.dropna(), on=["file", "sheet", "row"], how="inner")
    counted = placed.astype({"sheet": "string", "column": "string"}).fillna("")
    sizes = counted.groupby(["code", "file", "sheet", "column", "participant_id"], sort=True).size()
    return _nested(zip(sizes.index.tolist(), sizes.tolist(), strict=True))


def _nested(items: Iterable[tuple[tuple[str, ...], int]]) -> dict[tuple[str, ...], Counter[str]]:
    held: dict[tuple[str, ...], Counter[str]] = {}
    for (*place, person), count in items:
        held.setdefault(tuple(place), Counter())[person] = int(count)
    return held
