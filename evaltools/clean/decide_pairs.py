"""Ask about pairs of people who may be one, and apply what people have answered."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from evaltools.clean.ask_pairs import ask_pairs, decided_pairs
from evaltools.clean.ask_questions import questions_frame
from evaltools.clean.link_people import with_decisions

__all__ = ["DecidedPairs", "decide_pairs"]


@dataclass(frozen=True)
class DecidedPairs:
    """links: with the decisions applied. questions: columns of QUESTIONS and 'applied'."""

    links: pd.DataFrame
    questions: pd.DataFrame


def decide_pairs(links: pd.DataFrame, people: pd.DataFrame, key: bytes, decisions: pd.DataFrame) -> DecidedPairs:
    """Ask about every pair for review, and settle those that somebody has decided.

    links: columns of `domain.links.LINKS`. people: where they stand, from `name_records`. decisions: columns of DECISIONS.
    The questions hold positions and pseudonyms, no name.
    """
    review = links[links["status"] == "review"]
    pairs = review[["pair_id", "left_site", "right_site", "rule"]].assign(match_weight=review["weight"])
    first = people.drop_duplicates("participant_id").set_index("participant_id") if len(review) else people
    for end in ("left", "right"):
        held = first.reindex(review[end]) if len(review) else first.head(0)
        place = held["file"].astype("string") + " A" + held["row"].astype("string")
        pairs[end] = place.array
    pairs["cells"] = pairs["left"].fillna("") + "; " + pairs["right"].fillna("")
    asked = questions_frame(ask_pairs(pairs, key))
    decided = decided_pairs(pairs, decisions, key)
    same = dict(zip(decided["pair_id"], decided["same"].astype(bool), strict=True))
    applied = questions_frame(ask_pairs(pairs[pairs["pair_id"].isin(list(same))], key))["id"]
    asked["applied"] = asked["id"].isin(applied)
    return DecidedPairs(with_decisions(links, same), asked)
