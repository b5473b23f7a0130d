"""Everything that a study of published totals is asked: shares, tests, targets, payments and arithmetic conflicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from evaltools.domain.counted_outcome import CountedOutcome, Decomposition
from evaltools.domain.results import CHECKS, COUNTS, ESTIMATES, Results, tidy
from evaltools.errors import EstimateError, Problem
from evaltools.estimate import arithmetic
from evaltools.estimate.counted_payments import counted_payments
from evaltools.estimate.counted_shares import counted_shares
from evaltools.estimate.counted_targets import counted_targets, targets_as_totals
from evaltools.estimate.totals import Totals

__all__ = ["estimate_counts"]

Row = dict[str, Any]
_COLUMNS = {
    "counts": ("site_id", "measure", "group_by", "group", "count"),
    "targets": ("site_id", "measure", "scenario", "target"),
    "payments": ("site_id", "kind", "payer", "amount"),
    "sites": ("site_id", "opens", "closes", "months_stated", "maximum_payment"),
}


def estimate_counts(
    tables: Mapping[str, pd.DataFrame],
    outcomes: Sequence[CountedOutcome],
    decompositions: Sequence[Decomposition] = (),
    programme_sites: Sequence[str] = (),
    level: float = 0.95,
    data_cut: date | None = None,
) -> Results:
    """Estimate everything from published totals.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        Canonical tables: counts, and where the study has them targets, payments and sites.
    outcomes : sequence of CountedOutcome
        Shares to form, in the order of the report.
    decompositions : sequence of Decomposition
        Targets to divide into parts.
    programme_sites : sequence of str
        Sites that make up the programme; every site with counts without it. Other sites are shown on their own.
    level : float
        Confidence level.
    data_cut : datetime.date, optional
        Last day of data.

    Returns
    -------
    Results
        estimates, counts (the totals themselves: table measures, and measures.<site>.<subgroup>) and checks.
    """
    counts, targets, payments, sites = (_table(tables, name) for name in _COLUMNS)
    if counts.empty:
        fix = "see the quarantine: every row was set aside"
        raise EstimateError(Problem("E103", "there are no totals to estimate from", fix=fix))
    _known_sites(counts, programme_sites)
    totals = Totals.from_frame(counts, programme_sites)
    rows = [
        *chain.from_iterable(counted_shares(totals, outcome, level) for outcome in outcomes),
        *counted_targets(totals, targets, decompositions, outcomes),
        *counted_payments(totals, payments, sites),
    ]
    labels = {outcome.id: outcome.label for outcome in outcomes}
    estimates = pd.DataFrame([_finish(row, labels, data_cut) for row in rows])
    return Results(
        estimates=tidy(estimates, ESTIMATES),
        counts=tidy(_measures(totals), COUNTS),
        checks=tidy(_checks(totals, targets, payments, sites, outcomes), CHECKS),
    )


def _table(tables: Mapping[str, pd.DataFrame], name: str) -> pd.DataFrame:
    """Return a canonical table, with missing for every column that the study does not hold."""
    return tables.get(name, pd.DataFrame()).reindex(columns=list(_COLUMNS[name]))


def _known_sites(counts: pd.DataFrame, programme_sites: Sequence[str]) -> None:
    held = set(counts["site_id"].astype(str))
    unknown = [site for site in programme_sites if site not in held]
    if unknown:
        fix = f"in study.toml, [programme] sites, use: {', '.join(sorted(held))}"
        raise EstimateError(Problem("E109", f"there are no totals for the site '{unknown[0]}'", fix=fix))


def _finish(row: Row, labels: Mapping[str, str], data_cut: date | None) -> Row:
    """Return a row with its id, its question and the data cut."""
    keys = ("outcome", "population", "group_by", "group", "term", "statistic")
    return {
        "estimate_id": ".".join(str(row[key]) for key in keys if row.get(key)),
        "question": labels.get(row["outcome"], row["outcome"].replace("_", " ").capitalize()),
        "data_cut": data_cut.isoformat() if data_cut else None,
        **row,
    }


def _measures(totals: Totals) -> list[Row]:
    """Return the totals themselves: those of whole sites, and those of subgroups."""
    rows = [
        {
            "table_id": f"measures.{site}.{group_by}" if group_by else "measures",
            "row": group if group_by else site,
            "column": measure,
            "n": count,
        }
        for (site, group_by, group, measure), count in totals.cells.items()
    ]
    for measure in dict.fromkeys(measure for _, group_by, _, measure in totals.cells if not group_by):
        added = totals.add(totals.programme, [measure])
        if not np.isnan(added):
            rows.append({"table_id": "measures", "row": "all", "column": measure, "n": added})
    return rows


def _checks(
    totals: Totals,
    targets: pd.DataFrame,
    payments: pd.DataFrame,
    sites: pd.DataFrame,
    outcomes: Sequence[CountedOutcome],
) -> list[Row]:
    scenarios = dict.fromkeys(str(each) for each in targets["scenario"])
    aims = [targets_as_totals(targets, scenario, totals.programme) for scenario in scenarios]
    return [
        *arithmetic.later_exceeds_earlier(totals, outcomes),
        *chain.from_iterable(arithmetic.far_above_target(totals, aim) for aim in aims),
        *arithmetic.paid_exceeds_maximum(payments, sites),
        *arithmetic.commitments_differ_from_maximum(payments, sites),
        *arithmetic.field_repeats_its_target(totals),
        *arithmetic.dates_contradict_duration(sites),
        *arithmetic.reprint_differs(totals),
        *arithmetic.subgroup_not_known(totals, outcomes),
    ]
