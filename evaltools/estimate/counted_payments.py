"""Outcome payments of published totals: pounds by kind, and pounds for each job start, with and without covid claims."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from evaltools.estimate.totals import Totals

__all__ = ["Paid", "counted_payments", "paid_at_sites"]

Row = dict[str, Any]


class Paid(NamedTuple):
    """Pounds at one site or over several.

    covid: of the total, what was paid as covid claims. commitment: what funders committed, as far as published. blank: lines
    left blank in the source, not counted as zero.
    """

    total: float
    covid: float
    commitment: float
    blank: float


def paid_at_sites(payments: pd.DataFrame, sites: tuple[str, ...]) -> Paid:
    """Add the payments of some sites.

    Parameters
    ----------
    payments : pandas.DataFrame
        The canonical table: site_id, kind, amount (pounds).
    sites : tuple of str
        Sites to add.

    Returns
    -------
    Paid
        Missing where nothing of a kind was published.

    Examples
    --------
    >>> lines = pd.DataFrame({"site_id": "a", "kind": ["actual", "actual_covid"], "amount": [100.0, 20.0]})
    >>> paid_at_sites(lines, ("a",)).total
    120.0
    """
    lines = payments[payments["site_id"].isin(sites)]
    amount = pd.Series(pd.to_numeric(lines["amount"]).to_numpy(dtype=float, na_value=np.nan), index=lines.index)
    kind = lines["kind"].astype("object")

    def pounds(*kinds: str) -> float:
        return float(amount[kind.isin(kinds)].sum(min_count=1))

    total, covid = pounds("actual", "actual_covid"), pounds("actual_covid")
    if np.isnan(covid) and not np.isnan(total):
        covid = 0.0
    blank = float(amount[kind.isin(["actual", "actual_covid", "commitment"])].isna().sum())
    return Paid(total, covid, pounds("commitment"), blank)


def counted_payments(totals: Totals, payments: pd.DataFrame, sites: pd.DataFrame, per: str = "job_starts") -> list[Row]:
    """Return payments at each site and for the programme.

    Parameters
    ----------
    totals : Totals
        Published totals, for the job starts.
    payments, sites : pandas.DataFrame
        The canonical tables.
    per : str
        Measure by which payments are divided.

    Returns
    -------
    list of dict
        Rows of `estimates`, outcome payments: sum (terms paid, actual_covid, commitment, maximum; GBP) and ratio (terms paid
        and without_covid; GBP for each job start). Outcome payments are not what the service cost.
    """
    maximum = dict(zip(sites["site_id"], pd.to_numeric(sites["maximum_payment"]), strict=True))
    rows: list[Row] = []
    for population, members in totals.populations().items():
        paid = paid_at_sites(payments, members)
        if np.isnan(paid.total):
            continue
        starts = totals.add(members, [per])
        most = float(sum(_number(maximum.get(site)) for site in members))
        sums = {"paid": paid.total, "actual_covid": paid.covid, "commitment": paid.commitment, "maximum": most}
        ratios = {"paid": paid.total, "without_covid": paid.total - paid.covid}
        for term, value in sums.items():
            blank = paid.blank if term == "commitment" else 0.0
            note = f"lines left blank in the source: {blank:.0f}" if blank else ""
            rows.append(_row(population, term, "sum", value=value, missing=blank, note=note))
        for term, value in ratios.items():
            each = value / starts if starts > 0 else np.nan
            parts = {"numerator": value, "denominator": starts, "denominator_name": per.replace("_", " ")}
            rows.append(_row(population, term, "ratio", value=each, n=starts, **parts))
    return rows


def _row(population: str, term: str, statistic: str, **values: Any) -> Row:
    programme = population == "programme"
    where = {"group_by": "programme" if programme else "site", "group": "all" if programme else population}
    return {
        "outcome": "payments",
        "population": "all",
        **where,
        "term": term,
        "statistic": statistic,
        "unit": "GBP",
        "method": "sum of published payments",
        **values,
    }


def _number(value: Any) -> float:
    return np.nan if value is None or pd.isna(value) else float(value)
