"""Two records at two sites: the same person?"""

from __future__ import annotations

import pandas as pd
from decided_case import answered

from evaltools.clean.ask_pairs import DIFFERENT, SAME, ask_pairs, decided_pairs
from evaltools.clean.ask_questions import no_decisions, questions_frame

KEY = b"key"
PAIRS = pd.DataFrame(
    {"pair_id": ["a1", "b2"], "left_site": ["camden", "north"], "right_site": "south", "match_weight": [3.25, 8.0]}
)


def test_the_likeliest_pair_comes_first() -> None:
    questions = ask_pairs(PAIRS, KEY)
    assert ["b2" in question.question for question in questions] == [True, False]
    assert "match weight +8.0" in questions[0].question
    assert questions[0].options == (SAME, DIFFERENT)


def test_answers_come_back_by_pair() -> None:
    decisions = answered(questions_frame(ask_pairs(PAIRS, KEY)))
    decisions.loc[0, "decision"] = DIFFERENT
    assert decided_pairs(PAIRS, decisions, KEY).to_numpy().tolist() == [["a1", True], ["b2", False]]


def test_nothing_is_decided_without_initials() -> None:
    assert decided_pairs(PAIRS, answered(questions_frame(ask_pairs(PAIRS, KEY)), initials=""), KEY).empty
    assert decided_pairs(PAIRS, no_decisions(), KEY).empty


def test_other_columns_do_no_harm() -> None:
    assert ask_pairs(PAIRS.assign(left_id="x", extra=1), KEY) == ask_pairs(PAIRS, KEY)
