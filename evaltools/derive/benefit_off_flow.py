"""Benefit off-flow: when people on an out-of-work benefit at engagement were first reported to be off it, and last on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from evaltools.derive.benefit_reports import benefit_reports
from evaltools.derive.entry import entry_of
from evaltools.derive.people import last_followed

__all__ = ["benefit_off_flow", "derive_benefits"]

_PEOPLE = ["definition", "participant_id", "site_id", "engaged_date", "started", "hours_per_week"]
_COLUMNS = [
    *("definition", "participant_id", "site_id", "on_benefit", "benefit_group", "status", "left", "right", "followed_days"),
    *("returned", "started", "permitted_work"),
]


def derive_benefits(
    tables: Mapping[str, pd.DataFrame],
    people: pd.DataFrame,
    cuts: Mapping[str, date],
    data_cut: date,
    migration_days: int = 42,
    baseline_days: int = 365,
) -> pd.DataFrame:
    """Work out benefit off-flow under every definition profile in `people`.

    tables: canonical `enrolments` and, where the study has it, `benefits`. people: the table `outcomes`. Other arguments and
    the columns: `benefit_off_flow`. No rows where a study has no benefit reports.
    """
    benefits = tables.get("benefits")
    if benefits is None or benefits.empty:
        return pd.DataFrame(columns=_COLUMNS)
    said = entry_of(tables["enrolments"], ["referral_date", "benefit_at_entry"]).reset_index()
    said = said.rename(columns={"referral_date": "observed_date", "benefit_at_entry": "benefit"})
    reports = benefit_reports(benefits, said, migration_days)
    engaged = people[people["engaged_date"].notna()].reindex(columns=_PEOPLE).reset_index(drop=True)
    engaged["cut"] = last_followed(engaged["site_id"], cuts, data_cut)
    return benefit_off_flow(reports, engaged, baseline_days)


def benefit_off_flow(reports: pd.DataFrame, engaged: pd.DataFrame, baseline_days: int = 365) -> pd.DataFrame:
    """Judge each engaged person's benefit at engagement and its end.

    Parameters
    ----------
    reports : pandas.DataFrame
        From `benefit_reports`.
    engaged : pandas.DataFrame
        One row a person and definition: definition, participant_id, site_id, engaged_date, cut, started, hours_per_week (of
        the first job).
    baseline_days : int
        How many days before engagement a report may lie to tell what the person was on when engaged.

    Returns
    -------
    pandas.DataFrame
        on_benefit: 'yes', 'no' or 'unknown' by the last report of a known status up to engagement. benefit_group: its
        stratum.

        Of those on benefit, with days counted from engagement: left, the last day reported on before the first report off
        (0 where none after engagement); right, the day of that first report, missing without one. The claim ended after left
        and no later than right. followed_days: to the end of follow-up. status: 'off', 'on' (reported on after engagement
        and never off), 'unknown' (no known report after engagement). returned: reported on again later. Nothing after
        the end of follow-up is used. permitted_work: in a first job under 16 hours a week while on Employment and Support
        Allowance, which is allowed, so that work without off-flow is no contradiction ('yes', 'no', 'unknown').
    """
    people = engaged.reset_index(drop=True)
    people.index.name = "person"
    known = reports[reports["status"] != "unknown"]
    told = people.reset_index()[["person", "participant_id", "engaged_date", "cut"]].merge(known, on="participant_id")
    told = told[told["date"] <= told["cut"]]
    told["day"] = (told["date"] - told["engaged_date"]).dt.days
    people["followed_days"] = (people["cut"] - people["engaged_date"]).dt.days
    people = _baseline(people, told[told["day"] <= 0], baseline_days)
    after = told[told["day"] > 0]
    first_off = after[after["status"] == "off"].groupby("person")["day"].min()
    on = after[after["status"] == "on"]
    until = on["person"].map(first_off)
    last_on = on[until.isna() | (on["day"] < until)].groupby("person")["day"].max()
    returned = on[on["day"] > until].groupby("person").size() > 0
    claimed = people["on_benefit"] == "yes"
    people["right"] = first_off.reindex(people.index).where(claimed)
    left = last_on.reindex(people.index)
    people["left"] = left.fillna(0).where(claimed)
    people["status"] = np.select([people["right"].notna(), left.notna()], ["off", "on"], default="unknown")
    people["status"] = people["status"].astype("string").where(claimed)
    came_back = returned.reindex(people.index).astype("boolean").fillna(False)
    people["returned"] = came_back.where(people["right"].notna())
    people["permitted_work"] = _permitted(people)
    kinds = {"left": "Float64", "right": "Float64", "followed_days": "Float64", "returned": "boolean"}
    return people[_COLUMNS].astype(kinds).reset_index(drop=True)


def _baseline(people: pd.DataFrame, before: pd.DataFrame, baseline_days: int) -> pd.DataFrame:
    """Take the last known report up to engagement."""
    recent = before[before["day"] >= -baseline_days].sort_values(["person", "day"], kind="stable")
    last = recent.drop_duplicates("person", keep="last").set_index("person").reindex(people.index)
    answer = last["status"].map({"on": "yes", "off": "no"}).fillna("unknown")
    return people.assign(on_benefit=answer.astype("string"), benefit_group=last["benefit_group"].astype("string"))


def _permitted(people: pd.DataFrame) -> pd.Series:
    allowed = people["benefit_group"].isin(["esa_support", "esa_wrag", "esa"]) & (people["started"] == "yes").fillna(False)
    hours = people["hours_per_week"].astype("Float64")
    said = np.select([~allowed, hours.isna(), (hours < 16).fillna(False)], ["no", "unknown", "yes"], default="no")
    return pd.Series(said, index=people.index, dtype="string").where(people["on_benefit"] == "yes")
