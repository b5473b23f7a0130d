"""Arithmetic conflicts in published figures: found, put into words, never repaired."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from evaltools.domain.counted_outcome import CountedOutcome
from evaltools.estimate.counted_payments import paid_at_sites
from evaltools.estimate.counted_shares import whole_share
from evaltools.estimate.totals import UNKNOWN, Totals

__all__ = [
    "commitments_differ_from_maximum",
    "dates_contradict_duration",
    "far_above_target",
    "field_repeats_its_target",
    "later_exceeds_earlier",
    "paid_exceeds_maximum",
    "reprint_differs",
    "subgroup_not_known",
]

Check = dict[str, Any]
_FAR = 2.0  # times its target
_WORDS = {  # measures whose id does not read as words
    "engaged": "people engaged",
    "accessed": "people who accessed the service",
    "accessed_first_half": "people who accessed the service from January to June",
    "sustained_13_under_16": "jobs kept 13 weeks, under 16 hours a week",
    "sustained_13_over_16": "jobs kept 13 weeks, over 16 hours a week",
}
_REPRINT = "_reprint"  # ending of a measure that holds another measure as printed a second time


def later_exceeds_earlier(totals: Totals, outcomes: Sequence[CountedOutcome]) -> Iterator[Check]:
    """Find sites at which more people reach a later stage than an earlier one."""
    for outcome in outcomes:
        for site in totals.sites if outcome.test == "share" else ():
            x, n, *_ = whole_share(totals, outcome, (site,))
            if x > n:
                share = f" ({x / n:.1%})" if n > 0 else ""
                why = f"{outcome.label}: {x:,.0f} of {n:,.0f} {outcome.denominator_name}{share}, more than there are."
                yield _check(f"later_exceeds_earlier.{outcome.id}", site, x, n, why)


def far_above_target(totals: Totals, targets: Totals) -> Iterator[Check]:
    """Find measures that reached more than twice their target."""
    for (site, group_by, group, measure), target in targets.cells.items():
        achieved = totals.add([site], [measure], group_by, group)
        if target > 0 and achieved > _FAR * target:
            why = f"{_words(measure)}: {achieved:,.0f} against a target of {target:,.0f} ({achieved / target:.0%} of it)."
            yield _check(f"far_above_target.{measure}", site, achieved, target, why)


def paid_exceeds_maximum(payments: pd.DataFrame, sites: pd.DataFrame) -> Iterator[Check]:
    """Find sites at which more was paid than the contract allows at most."""
    for site, maximum in _amounts(sites, "maximum_payment"):
        paid = paid_at_sites(payments, (site,))
        if paid.total > maximum:
            without = paid.total - paid.covid
            why = (
                f"{paid.total:,.0f} pounds were paid, {paid.total - maximum:,.0f} more than the maximum of {maximum:,.0f} "
                f"({paid.total / maximum:.1%} of it); without covid claims {without:,.0f} ({without / maximum:.1%})."
            )
            yield _check("paid_exceeds_maximum", site, paid.total, maximum, why)


def commitments_differ_from_maximum(payments: pd.DataFrame, sites: pd.DataFrame) -> Iterator[Check]:
    """Find sites at which the funders' commitments do not add up to the maximum payment."""
    for site, maximum in _amounts(sites, "maximum_payment"):
        lines = payments[(payments["site_id"] == site) & (payments["kind"] == "commitment")]
        total = paid_at_sites(lines, (site,)).commitment
        if np.isnan(total) or abs(total - maximum) < 0.5:
            continue
        blank = ", ".join(lines.loc[lines["amount"].isna(), "payer"].astype(str))
        gap = f"{abs(maximum - total):,.0f} {'short of' if total < maximum else 'more than'}"
        why = f"The funders' commitments add up to {total:,.0f} pounds, {gap} the maximum payment of {maximum:,.0f}"
        why += f"; the commitment of {blank} is blank in the source." if blank else "."
        yield _check("commitments_differ_from_maximum", site, total, maximum, why)


def dates_contradict_duration(sites: pd.DataFrame) -> Iterator[Check]:
    """Find sites whose months of service, from the first to the last, differ from the stated duration by more than one."""
    for site, stated in _amounts(sites, "months_stated"):
        opens, closes = (_month(sites.loc[sites["site_id"] == site, name].iloc[0]) for name in ("opens", "closes"))
        if opens is None or closes is None:
            continue
        months = (closes - opens).n + 1
        if abs(months - stated) > 1:
            why = f"Service from {opens} to {closes} is {months} months, but the stated duration is {stated:.0f} months."
            yield _check("dates_contradict_duration", site, months, stated, why)


def field_repeats_its_target(
    totals: Totals, field: str = "users_engaged", target: str = "users_targeted", metric: str = "engaged"
) -> Iterator[Check]:
    """Find sites at which a field equals its own target, and not the metric that counts the same thing."""
    for site in totals.sites:
        said, aim, counted = (totals.add([site], [name]) for name in (field, target, metric))
        if said == aim and not np.isnan(counted) and said != counted:
            why = (
                f"The project-level field for achievement ({said:,.0f}) equals its own target ({aim:,.0f}), while the "
                f"metric says {counted:,.0f} {_words(metric).lower()}; the field is not used."
            )
            yield _check(f"field_repeats_its_target.{field}", site, said, counted, why)


def reprint_differs(totals: Totals) -> Iterator[Check]:
    """Find counts that a second table of the same source prints differently (measures that end in _reprint)."""
    for (site, group_by, group, measure), second in totals.cells.items():
        if not measure.endswith(_REPRINT):
            continue
        name = measure.removesuffix(_REPRINT)
        first = totals.add([site], [name], group_by, group)
        if not np.isnan(second + first) and second != first:
            of = f", {group_by} {group}" if group else ""
            why = (
                f"{_words(name)}{of}: one table of the source prints {second:,.0f}, another {first:,.0f}. "
                f"This study uses {first:,.0f}."
            )
            yield _check(".".join(filter(None, ("reprint_differs", name, group))), site, second, first, why)


def subgroup_not_known(totals: Totals, outcomes: Sequence[CountedOutcome]) -> Iterator[Check]:
    """Note how many people of a denominator belong to no known subgroup, since shares by subgroup leave them out."""
    measures = dict.fromkeys(name for outcome in outcomes if outcome.test == "share" for name in outcome.denominator)
    for group_by, groups in totals.subgroups.items():
        for measure in measures:
            counts = {group: totals.add(totals.programme, [measure], group_by, group) for group in groups}
            unknown = counts.pop(UNKNOWN, np.nan)
            known = sum(counts.values())
            if unknown > 0 and known > 0:
                why = (
                    f"{_words(measure)}: {group_by} is not known for {unknown:,.0f} of {known + unknown:,.0f}; "
                    f"shares by {group_by} are of the other {known:,.0f}."
                )
                check = _check(f"subgroup_not_known.{group_by}.{measure}", "all", unknown, known, why)
                yield check | {"status": "note"}


def _check(check_id: str, subject: str, value: float, threshold: float, why: str) -> Check:
    return {
        "check_id": check_id,
        "subject": subject,
        "status": "inconsistent",
        "value": float(value),
        "threshold": float(threshold),
        "why": why,
    }


def _amounts(sites: pd.DataFrame, column: str) -> Iterator[tuple[str, float]]:
    """Yield each site that has a number in the column."""
    for site, value in zip(sites["site_id"], sites[column], strict=True):
        if not pd.isna(value):
            yield str(site), float(value)


def _month(value: Any) -> pd.Period | None:
    """Return a year and month, given as text such as '2017-04'; None when missing."""
    return None if pd.isna(value) or not str(value) else pd.Period(str(value)[:7], freq="M")


def _words(measure: str) -> str:
    text = _WORDS.get(measure, measure.replace("_", " "))
    return text[:1].upper() + text[1:]
