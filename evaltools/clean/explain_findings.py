"""Group marks into findings in everyday words: what, where, how often, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from evaltools.clean.issues import Flag, Spot, cells_of
from evaltools.domain.harmonised import FINDINGS
from evaltools.schema.table import Check, Schema

__all__ = ["explain_findings"]

_SHOWN_DETAILS = 6
_ROWS = ("D110", "D111", "D112", "D113", "D124", "D128", "D150", "D152", "D154")  # findings about whole rows


def explain_findings(flags: Iterable[Flag], schema: Schema) -> pd.DataFrame:
    """Make one finding for each code, file, sheet and column, the gravest first."""
    groups: dict[tuple[str, str, str, str, int, str], list[Flag]] = {}
    for flag in flags:
        spot = flag.spot
        groups.setdefault((flag.code, spot.site, spot.file, spot.sheet, spot.position, spot.header), []).append(flag)
    findings = pd.DataFrame([_finding(schema.checks[key[0]], held) for key, held in groups.items()], columns=list(FINDINGS))
    rank = findings["severity"].map({"must fix": 0, "please check": 1, "changed for you": 2})
    return findings.loc[rank.sort_values(kind="stable").index].reset_index(drop=True).astype(FINDINGS)


def _finding(check: Check, flags: Sequence[Flag]) -> dict[str, object]:
    spot, count = flags[0].spot, sum(flag.count for flag in flags)
    rows = sorted({row for flag in flags for row in flag.rows})
    return {
        "code": check.code,
        "severity": check.severity,
        "site": spot.site,
        "file": spot.file,
        "sheet": spot.sheet,
        "cells": cells_of(spot.position, rows, count if rows else 0),
        "count": count,
        "what": _what(check, spot, count, bool(rows)),
        "detail": _detail(check, flags),
        "fix": " ".join(dict.fromkeys(flag.fix for flag in flags if flag.fix)) or check.fix,
    }


def _what(check: Check, spot: Spot, count: int, counted: bool) -> str:
    where = f", in column '{spot.header}'" if spot.header else ""
    if not counted:
        return check.title + where
    noun = "row" if check.code in _ROWS else "cell"
    return f"{check.title}{where} ({count:,} {noun}{'s' if count != 1 else ''})"


def _detail(check: Check, flags: Sequence[Flag]) -> str:
    details = list(dict.fromkeys(flag.detail for flag in flags if flag.detail))
    more = f" and {len(details) - _SHOWN_DETAILS} more" if len(details) > _SHOWN_DETAILS else ""
    return "; ".join(details[:_SHOWN_DETAILS]) + more if details else check.meaning
