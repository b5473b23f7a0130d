"""Ask whether two records at different sites are the same person, and give what people have answered."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from evaltools.clean.ask_questions import PERSON, Question, answers, question_id

__all__ = ["DIFFERENT", "SAME", "ask_pairs", "decided_pairs"]

SAME = "the same person"
DIFFERENT = "two different people"


def ask_pairs(pairs: pd.DataFrame, key: bytes) -> list[Question]:
    """Ask one question for each candidate pair of a linkage.

    pairs: columns pair_id (stable from run to run), left_site, right_site and match_weight (log2 of the odds that the two
    are one person); optionally cells and file, where the records stand. No identifier is shown.
    """
    held = pairs.drop_duplicates("pair_id").sort_values(["match_weight", "pair_id"], ascending=[False, True], kind="stable")
    return [
        Question(
            question_id(key, PERSON, [str(row["pair_id"])]),
            PERSON,
            str(row["left_site"]),
            str(row.get("file", "")),
            "",
            str(row.get("cells", "")),
            f"A person at {row['left_site']} and a person at {row['right_site']} look alike ({_why(row)}; pair "
            f"{row['pair_id']}). Are they the same person?",
            (SAME, DIFFERENT),
        )
        for row in held.to_dict("records")
    ]


def _why(row: Mapping[Hashable, Any]) -> str:
    """Say how alike two people are: by weight, or in what they agree (column rule, where no weight is known)."""
    if pd.isna(row["match_weight"]):
        return f"the same {str(row.get('rule', 'entries')).replace('_', ' ')}"
    return f"match weight {float(row['match_weight']):+.1f}"


def decided_pairs(pairs: pd.DataFrame, decisions: pd.DataFrame, key: bytes) -> pd.DataFrame:
    """Give the pairs that people have decided: columns pair_id and same (boolean).

    pairs: as for `ask_pairs`. decisions: columns of DECISIONS; one without initials does not count.
    """
    said = answers(decisions)
    ids = pd.Series(pairs["pair_id"].astype("string").unique(), dtype="string")
    decided = ids.map({pair: said.get(question_id(key, PERSON, [str(pair)]), "") for pair in ids})
    known = decided.isin([SAME, DIFFERENT])
    frame = pd.DataFrame({"pair_id": ids[known], "same": (decided[known] == SAME).astype("boolean")})
    return frame.reset_index(drop=True)
