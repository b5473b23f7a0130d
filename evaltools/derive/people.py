"""One row a person: several times on the programme folded into one, with the last day on which each site was followed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.derive.day_numbers import LONG_AGO, day_numbers, to_dates
from evaltools.derive.runs import run_starts

__all__ = ["fold_enrolments", "last_followed"]

Ints = NDArray[np.int64]

_OUT_OF_WORK = {"employed": "no", "unknown": "unknown"}


def fold_enrolments(enrolments: pd.DataFrame, cuts: Mapping[str, date], data_cut: date) -> pd.DataFrame:
    """Fold each person's enrolments into one row.

    enrolments: the canonical table. cuts: last day of follow-up by site; data_cut: for sites that are not named.

    Returns participant_id, site_id and employment_at_referral of the first enrolment, referral_date (first), first day of
    each engagement date, discharge_date and discharge_reason of the last enrolment (missing while any is open),
    last_contact_date (latest), out_of_work ('yes', 'no', 'unknown'), cut, seen_until: the last day on which the person's
    situation is known (last contact, else a discharge that is no loss of contact, else the last of the dates; never after
    the cut), and contact_recorded: whether it is one of the first two.
    """
    order, codes = _in_order(enrolments)
    starts = run_starts(codes)
    ends = np.append(starts[1:], len(codes)) - 1 if len(codes) else starts
    first = enrolments.iloc[order[starts]].reset_index(drop=True)
    people = first[["participant_id", "site_id", "employment_at_referral"]].copy()
    for name in enrolments.columns:
        if name.endswith("_date") and name not in ("discharge_date", "last_contact_date"):
            people[name] = to_dates(_reduced(np.minimum, day_numbers(enrolments[name])[order], starts))
    seen = day_numbers(enrolments["last_contact_date"], LONG_AGO)[order]
    people["last_contact_date"] = to_dates(_reduced(np.maximum, seen, starts))
    still_open = _reduced(np.maximum, enrolments["discharge_date"].isna().to_numpy().astype(np.int64)[order], starts) > 0
    last = enrolments[["discharge_date", "discharge_reason"]].iloc[order[ends]].reset_index(drop=True)
    people["discharge_date"] = last["discharge_date"].mask(still_open)
    people["discharge_reason"] = last["discharge_reason"].mask(still_open)
    status = people["employment_at_referral"].fillna("unknown")
    people["out_of_work"] = status.map(_OUT_OF_WORK).fillna("yes").astype("string")
    people["cut"] = last_followed(people["site_id"], cuts, data_cut)
    agreed = people["discharge_date"].where(people["discharge_reason"].ne("disengaged").fillna(True).astype(bool))
    until = people["last_contact_date"].fillna(agreed)
    people["contact_recorded"] = until.notna()
    until = until.fillna(_last_dated(enrolments, order, starts, people["cut"]))
    people["seen_until"] = until.where(until <= people["cut"], people["cut"])
    return people


def _last_dated(enrolments: pd.DataFrame, order: Ints, starts: Ints, cut: pd.Series) -> pd.Series:
    """Give the last day up to the cut on which something but a discharge is recorded of each person."""
    limit = np.repeat(day_numbers(cut), np.diff(np.append(starts, len(order))))
    last = np.full(len(order), LONG_AGO, dtype=np.int64)
    for name in enrolments.columns:
        if name.endswith("_date") and name != "discharge_date":
            day = day_numbers(enrolments[name], LONG_AGO)[order]
            last = np.where(day <= limit, np.maximum(last, day), last)
    return pd.Series(to_dates(_reduced(np.maximum, last, starts)), index=cut.index)


def last_followed(sites: pd.Series, cuts: Mapping[str, date], data_cut: date) -> pd.Series:
    """Give the last day of follow-up for each row's site.

    >>> last_followed(pd.Series(["north"]), {}, date(2019, 9, 30)).tolist()
    [Timestamp('2019-09-30 00:00:00')]
    """
    follow_up = pd.Series({site: pd.Timestamp(day) for site, day in cuts.items()}, dtype="datetime64[ns]")
    return sites.map(follow_up).fillna(pd.Timestamp(data_cut)).astype("datetime64[ns]")


def _in_order(enrolments: pd.DataFrame) -> tuple[Ints, Ints]:
    """Give the rows in order of person, referral and id, and the person's code on each row so ordered (0, 1, ...)."""
    seen, names = pd.factorize(enrolments["participant_id"])
    codes = _ranks(names)[seen]
    referred = day_numbers(enrolments["referral_date"])
    order = np.lexsort((referred, codes))
    same = (np.diff(codes[order]) == 0) & (np.diff(referred[order]) == 0)
    if same.any():  # only then, and only of these, is the order of the ids worth its time
        tied = order[np.append(same, False) | np.append(False, same)]
        number = np.zeros(len(codes), dtype=np.int64)
        number[tied] = pd.factorize(enrolments["enrolment_id"].iloc[tied], sort=True)[0]
        order = np.lexsort((number, referred, codes))
    return order, codes[order]


def _ranks(names: pd.Index) -> Ints:
    """Give the place of each name in the order of the alphabet."""
    place = np.empty(len(names), dtype=np.int64)
    place[np.argsort(names.to_numpy(dtype="U"), kind="stable")] = np.arange(len(names))
    return place


def _reduced(how: np.ufunc, values: Ints, starts: Ints) -> Ints:
    return np.asarray(how.reduceat(values, starts)) if len(starts) else np.empty(0, dtype=np.int64)
