"""Everything that is worked out about specialists: caseload by day and month, who is credited with what, and gaps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from evaltools.derive.case_days import case_days, holds_of
from evaltools.derive.day_numbers import LONG_AGO, NEVER, day_numbers
from evaltools.derive.outcome_attribution import caseload_on, holder_on
from evaltools.derive.people import fold_enrolments, last_followed
from evaltools.derive.specialist_days import specialist_days, work_days
from evaltools.derive.specialist_months import specialist_months
from evaltools.derive.unheld_cases import unheld_cases, vacant_posts

__all__ = ["derive_specialists"]

_NO_POSTS = ["specialist_id", "post_id", "site_id", "from_date", "to_date", "fte"]


def derive_specialists(
    tables: Mapping[str, pd.DataFrame],
    people: pd.DataFrame,
    cuts: Mapping[str, date],
    data_cut: date,
    contact_within: int | None = None,
    ramp_up_months: int = 3,
) -> dict[str, pd.DataFrame]:
    """Work out the specialists' frames under every definition profile in `people`.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        Canonical `enrolments` and `jobs`, and where the study has them `assignments` and `specialists`.
    people : pandas.DataFrame
        The table `outcomes`: definition, participant_id, site_id, engaged_date, first_job_date.
    cuts, data_cut
        Last day of follow-up by site; of other sites.
    contact_within : int, optional
        Days after the last contact for which a case counts as active; without it a case is active from engagement to
        discharge, or to the end of follow-up.
    ramp_up_months : int
        See `specialist_months`.

    Returns
    -------
    dict of str to pandas.DataFrame
        'specialist_days' (`specialist_days`), 'specialist_months' (`specialist_months`), 'attribution' (participant_id,
        site_id, first_job_date; holder, holder_site and credit on the day of the first job; entry_holder, entry_credit,
        entry_caseload and entry_fte on the first day of the case, its own case not counted), 'unheld_cases',
        'assignment_faults' (code, n), each with the definition first, and 'vacant_posts'. All empty where no
        case has a specialist.
    """
    holds = holds_of(tables)
    found: dict[str, list[pd.DataFrame]] = {}
    posts = _posts(tables.get("specialists"), cuts, data_cut)
    if len(holds):
        folded = fold_enrolments(tables["enrolments"], cuts, data_cut)
        for definition, mine in people.groupby("definition", sort=False):
            cases = _active(mine, folded, contact_within)
            for name, frame in _of_definition(holds, cases, posts, tables["jobs"], ramp_up_months).items():
                frame.insert(0, "definition", pd.Series(str(definition), index=frame.index, dtype="string"))
                found.setdefault(name, []).append(frame)
    names = ["specialist_days", "specialist_months", "attribution", "unheld_cases", "assignment_faults"]
    frames = {name: pd.concat(found[name], ignore_index=True) if name in found else pd.DataFrame() for name in names}
    return frames | {"vacant_posts": vacant_posts(posts) if len(holds) else pd.DataFrame()}


def _posts(specialists: pd.DataFrame | None, cuts: Mapping[str, date], data_cut: date) -> pd.DataFrame:
    """Give the posts, each to its last day or the last day of follow-up, whichever is first."""
    posts = (specialists if specialists is not None else pd.DataFrame()).reindex(columns=_NO_POSTS)
    cut = last_followed(posts["site_id"], cuts, data_cut)
    until = pd.to_datetime(posts["to_date"]).fillna(cut)
    return posts.assign(to_date=until.where(until <= cut, cut), from_date=pd.to_datetime(posts["from_date"]))


def _active(people: pd.DataFrame, folded: pd.DataFrame, contact_within: int | None) -> pd.DataFrame:
    """Give each engaged person's first and last day as an active case."""
    engaged = people.loc[people["engaged_date"].notna(), ["participant_id", "site_id", "engaged_date", "first_job_date"]]
    known = folded.set_index("participant_id")[["discharge_date", "last_contact_date", "cut", "seen_until"]]
    cases = engaged.join(known, on="participant_id").reset_index(drop=True)
    last = np.minimum(day_numbers(cases["discharge_date"]), day_numbers(cases["cut"]))
    if contact_within is not None:
        seen = day_numbers(cases["last_contact_date"], LONG_AGO)
        last = np.where(seen == LONG_AGO, last, np.minimum(last, seen + contact_within))
    return cases.assign(active_from=day_numbers(cases["engaged_date"]), active_to=last)


def _of_definition(
    holds: pd.DataFrame, cases: pd.DataFrame, posts: pd.DataFrame, jobs: pd.DataFrame, ramp_up_months: int
) -> dict[str, pd.DataFrame]:
    held = case_days(holds, cases)
    runs = specialist_days(held.holds, cases, posts, work_days(jobs, cases))
    attribution = _attribution(held.holds, cases, runs)
    credited = attribution[attribution["credit"].eq("held").fillna(False)]
    starts = credited.rename(columns={"holder": "specialist_id", "holder_site": "credited_site"})
    starts = starts[["specialist_id", "credited_site", "first_job_date"]].rename(columns={"credited_site": "site_id"})
    return {
        "specialist_days": runs,
        "specialist_months": specialist_months(runs, held.holds, starts, ramp_up_months),
        "attribution": attribution,
        "unheld_cases": unheld_cases(held.holds, cases),
        "assignment_faults": held.faults,
    }


def _attribution(holds: pd.DataFrame, cases: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    start = day_numbers(cases["first_job_date"])
    at_start = holder_on(holds, start)
    # a case enters a caseload on the first day on which somebody holds it
    entry = np.full(len(cases), NEVER, dtype=np.int64)
    np.minimum.at(entry, holds["row"].to_numpy(dtype=np.int64), holds["first"].to_numpy(dtype=np.int64))
    on_entry = holder_on(holds, entry)
    load = caseload_on(runs, on_entry, entry)
    return cases[["participant_id", "site_id", "first_job_date"]].assign(
        holder=at_start["specialist_id"],
        holder_site=at_start["site_id"],
        credit=at_start["credit"],
        entry_holder=on_entry["specialist_id"],
        entry_credit=on_entry["credit"].fillna("nobody"),
        entry_caseload=load["caseload"] - 1,
        entry_fte=load["fte"],
    )
