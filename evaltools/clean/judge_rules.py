"""Judge the canonical tables by the rules that have thresholds: without the providers' files, as often as one likes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import pandas as pd

from evaltools.clean.check_after_exit import check_after_exit
from evaltools.clean.check_age import check_age
from evaltools.clean.check_evidence import check_evidence
from evaltools.clean.check_heaping import check_heaping
from evaltools.clean.check_hours import check_hours
from evaltools.clean.check_lag import check_lag
from evaltools.clean.check_order import check_order
from evaltools.clean.check_overlap import check_overlap
from evaltools.clean.check_sentinels import check_sentinels
from evaltools.clean.check_work_at_referral import check_work_at_referral
from evaltools.clean.explain_findings import explain_findings
from evaltools.clean.issues import FIRST, Flag, Spot
from evaltools.clean.place_rows import PLACED
from evaltools.clean.rule_rows import RuleRows, Tripped
from evaltools.clean.typed_values import groups
from evaltools.domain.harmonised import FINDINGS
from evaltools.schema.table import Schema
from evaltools.schema.thresholds import Thresholds

__all__ = ["JUDGED", "judge_rules", "judge_tables", "rejudged"]

JUDGED = frozenset(f"D{number}" for number in (125, 126, 127, *range(129, 143)))
"""Codes of the rules that are judged here."""

_RULES = (
    check_order,
    check_overlap,
    check_hours,
    check_age,
    check_work_at_referral,
    check_after_exit,
    check_evidence,
    check_lag,
    check_heaping,
    check_sentinels,
)


def judge_tables(tables: Mapping[str, pd.DataFrame], thresholds: Thresholds, data_cut: date) -> list[Tripped]:
    """Judge the canonical tables PLACED, and give the rows that trip a rule."""
    held = RuleRows.of({name: tables[name] for name in PLACED}, thresholds, data_cut)
    return [found for rule in _RULES for found in rule(held)]


def judge_rules(found: Iterable[Tripped], places: pd.DataFrame, spots: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """Make findings (columns FINDINGS) of the rows that trip a rule. places, spots: of `place_rows`."""
    by_table = {name: places[(places["table"] == name).to_numpy()] for name in PLACED}
    where = {(part, name): spot for part, name, spot in _spots(spots)}
    flags = []
    for one in found:
        placed = by_table[one.table].iloc[one.rows]
        for (part,), rows in groups(placed, ["part"]):
            spot = where.get((part, one.field)) or where.get((part, ""), Spot("", "", ""))
            flags.append(Flag(one.code, spot, tuple(rows["row"].sort_values().head(FIRST)), len(rows), one.detail))
    return explain_findings(flags, schema)


def rejudged(findings: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """Put judged findings in the place of those that were judged before, the gravest first."""
    kept = [held for held in (findings[~findings["code"].isin(JUDGED)], judged) if len(held)]
    whole = pd.concat(kept, ignore_index=True) if kept else findings.iloc[:0]
    rank = whole["severity"].map({"must fix": 0, "please check": 1, "changed for you": 2})
    return whole.loc[rank.sort_values(kind="stable").index].reset_index(drop=True).astype(FINDINGS)


def _spots(spots: pd.DataFrame) -> Iterator[tuple[int, str, Spot]]:
    words = ("site", "file", "sheet", "header", "table", "field")
    columns = [spots[name].fillna("").astype(str) for name in words]
    for part, position, identifier, *said in zip(
        spots["part"], spots["position"], spots["identifier"], *columns, strict=True
    ):
        held = dict(zip(words, said, strict=True))
        yield int(part), held["field"], Spot(**held, position=int(position), identifier=bool(identifier))
