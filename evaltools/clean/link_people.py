"""Link the same person at two sites, exactly: by keyed hashes of an NHS number, or of name, birth date and postcode."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

import numpy as np
import pandas as pd

from evaltools.domain.links import LINKS, linked_groups, no_links

__all__ = ["link_exactly", "link_keys", "with_decisions", "without_bridges"]

_RULES = ("nhs_number", "name_birth_postcode", "name_birth")  # the surest first; the last is never enough by itself
_SAY_LESS = "name_birth"


def link_keys(people: pd.DataFrame, key: bytes) -> pd.DataFrame:
    """Hash what people can be linked by (HMAC-SHA-256 under the study's key), and forget the rest.

    people: participant_id, site_id and the columns of `link_fields.PLAIN_FIELDS`; several rows a person are allowed.
    Returns participant_id, site_id, rule, key: one row for each person and whole key. Of names, the first given name and
    the last family name count.
    """
    given = people["given_name"].str.split(" ").str[0]
    family = people["family_name"].str.split(" ").str[-1]
    name = given + "\x1f" + family + "\x1f" + people["birth_date"]
    clear = {
        "nhs_number": people["nhs_number"],
        "name_birth_postcode": name + "\x1f" + people["postcode"],
        "name_birth": name,
    }
    hashed = [
        people[["participant_id", "site_id"]].assign(rule=rule, key=_hashed(texts, rule, key))
        for rule, texts in clear.items()
    ]
    keys = pd.concat(hashed, ignore_index=True).dropna()
    return keys.drop_duplicates(ignore_index=True).astype("string")


def _hashed(texts: pd.Series, rule: str, key: bytes) -> pd.Series:
    codes, values = pd.factorize(texts.astype(object).to_numpy())
    digests = [hmac.digest(key, f"link\x1f{rule}\x1f{value}".encode(), "sha256").hex()[:32] for value in values]
    return pd.Series(np.array([*digests, None], dtype=object)[codes], index=texts.index, dtype="string")


def link_exactly(keys: pd.DataFrame) -> pd.DataFrame:
    """Pair people who share a key, and say which pairs are linked and which somebody must look at.

    keys: as from `link_keys`. A pair is linked when the two are of different sites and share an NHS number, or name, birth
    date and postcode. It goes to review when

    - only name and birth date agree,
    - both are of one site, or two people of one site share the key,
    - both have an NHS number and these differ (if only name and birth date agree as well, they are two people: no pair),
    - people with different NHS numbers share the key,
    - linking it would join two people of one site, or two NHS numbers, through a third person.

    Returns columns LINKS, one row a pair under its surest rule, ordered by pair.
    """
    pairs = _pairs(keys)
    if pairs.empty:
        return no_links()
    by_name = (pairs["rule"] != "nhs_number").to_numpy(dtype=bool)
    weak = (pairs["rule"] == _SAY_LESS).to_numpy(dtype=bool)
    differing = by_name & _differing_numbers(pairs, keys)
    same_site = (pairs["left_site"] == pairs["right_site"]).to_numpy(dtype=bool)
    unclear = weak | differing | same_site | pairs["unclear"].to_numpy(dtype=bool)
    pairs = pairs.assign(status=np.where(unclear, "review", "linked"), weight=np.nan)
    links = pairs[~(weak & differing)].reset_index(drop=True)[list(LINKS)].astype(LINKS)
    return without_bridges(links, keys)


def _differing_numbers(pairs: pd.DataFrame, keys: pd.DataFrame) -> np.ndarray:
    """Say of each pair whether both have an NHS number and the two differ."""
    numbers = _numbers(keys)
    left, right = pairs["left"].map(numbers), pairs["right"].map(numbers)
    return (left.notna() & right.notna() & left.ne(right).fillna(False)).to_numpy(dtype=bool)


def _numbers(keys: pd.DataFrame) -> pd.Series:
    """Give the key of each person's NHS number (index: participant_id)."""
    held = keys[keys["rule"] == "nhs_number"].sort_values("key").drop_duplicates("participant_id")
    return held.set_index("participant_id")["key"]


def _pairs(keys: pd.DataFrame) -> pd.DataFrame:
    """Pair everybody who shares a key with the first who does. unclear: the key stands for more than one person."""
    shared = keys[keys.duplicated(["rule", "key"], keep=False)].sort_values(["rule", "key", "participant_id"])
    shared = shared.assign(
        code=shared.groupby(["rule", "key"], sort=False).ngroup(), nhs=shared["participant_id"].map(_numbers(keys))
    )
    twice = shared.duplicated(["code", "site_id"])
    group = shared.groupby("code", sort=False)
    unclear = twice.groupby(shared["code"]).any() | ((group["nhs"].nunique() > 1) & (group["rule"].first() != "nhs_number"))
    first = shared[~shared.duplicated("code")].set_index("code")
    pairs = shared[shared.duplicated("code")].rename(columns={"participant_id": "right", "site_id": "right_site"})
    code = pairs["code"].to_numpy()
    pairs["left"], pairs["left_site"] = first["participant_id"].loc[code].array, first["site_id"].loc[code].array
    pairs["unclear"], pairs["pair_id"] = unclear.loc[code].to_numpy(dtype=bool), pairs["left"] + "-" + pairs["right"]
    order = pairs["rule"].map({rule: number for number, rule in enumerate(_RULES)}).astype("int64")
    pairs = pairs.assign(order=order).sort_values(["pair_id", "order"], ignore_index=True)
    return pairs.drop_duplicates("pair_id", ignore_index=True)


def without_bridges(links: pd.DataFrame, keys: pd.DataFrame) -> pd.DataFrame:
    """Put links to review that join two people of one site, or two NHS numbers, through somebody else.

    links: columns LINKS. keys: as from `link_keys`. Links by NHS number stand.
    """
    groups = linked_groups(links[links["status"] == "linked"])
    if groups.empty:
        return links
    sites = keys.drop_duplicates("participant_id").set_index("participant_id")["site_id"]
    held = groups.assign(site=groups["participant_id"].map(sites)).groupby("linked_id")["site"]
    several = held.nunique() < held.size()
    numbers = keys[keys["rule"] == "nhs_number"].merge(groups, on="participant_id")
    differing = numbers.groupby("linked_id")["key"].nunique() > 1
    bad = {*several.index[several], *differing.index[differing]}
    of_pair = links["left"].map(groups.set_index("participant_id")["linked_id"])
    bridge = of_pair.isin(bad) & (links["status"] == "linked") & (links["rule"] != "nhs_number")
    return links.assign(status=links["status"].mask(bridge, "review"))


def with_decisions(links: pd.DataFrame, same: Mapping[str, bool]) -> pd.DataFrame:
    """Apply what people decided. same: by pair_id, whether the two are one person; other pairs stay as they are."""
    decided = links["pair_id"].map(same)
    status = links["status"].mask(decided.eq(True).fillna(False), "linked").mask(decided.eq(False).fillna(False), "apart")
    return links.assign(status=status)
