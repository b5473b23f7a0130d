"""Make one person of people who are linked: every table then counts them once."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from evaltools.domain.links import linked_groups

__all__ = ["apply_links"]


def apply_links(tables: Mapping[str, pd.DataFrame], links: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Give linked people one participant_id in all canonical tables, and one row in `participants`.

    Parameters
    ----------
    tables
        Canonical tables by name.
    links
        Columns of `domain.links.LINKS`; only pairs with status 'linked' count.

    Returns
    -------
    dict
        New tables. The row of the earliest referral stands for the person, and what it leaves empty is filled from the
        rows of later referrals (not the age, which is that of a referral). Enrolments, jobs and all else keep their rows:
        the person has been at both sites, and the first referral says which site counts them.
    """
    groups = linked_groups(links[links["status"] == "linked"])
    if groups.empty:
        return dict(tables)
    ids = groups.set_index("participant_id")["linked_id"]
    merged = {name: _renamed(frame, ids) for name, frame in tables.items()}
    referred = tables["enrolments"].groupby("participant_id")["referral_date"].min()
    merged["participants"] = _one_row(tables["participants"], ids, referred)
    return merged


def _renamed(frame: pd.DataFrame, ids: pd.Series) -> pd.DataFrame:
    if "participant_id" not in frame.columns:
        return frame
    known = frame["participant_id"].map(ids)
    return frame.assign(participant_id=known.fillna(frame["participant_id"]).astype(frame["participant_id"].dtype))


def _one_row(people: pd.DataFrame, ids: pd.Series, referred: pd.Series) -> pd.DataFrame:
    order = people["participant_id"].map(referred)
    renamed = _renamed(people, ids)
    ordered = renamed.assign(_order=order).sort_values(["_order", "site_id"], kind="stable").drop(columns="_order")
    twice = ordered["participant_id"].duplicated(keep=False)
    first = ordered.drop_duplicates("participant_id")
    filled = ordered[twice].groupby("participant_id", sort=False).first().reindex(first["participant_id"])
    fill = {
        name: pd.Series(filled[name].array, index=first.index)
        for name in people.columns
        if name not in ("participant_id", "age_at_referral")
    }
    whole = first.assign(**{name: first[name].fillna(column) for name, column in fill.items()})
    return whole.sort_index().reset_index(drop=True).astype(dict(people.dtypes))
