from __future__ import annotations

import pandas as pd

from evaltools.clean.ask_pairs import DIFFERENT, SAME
from evaltools.clean.ask_questions import DECISIONS, no_decisions
from evaltools.clean.decide_pairs import decide_pairs
from evaltools.domain.links import LINKS, no_links

PEOPLE = pd.DataFrame({"file": ["a.csv", "b.csv"], "sheet": "", "row": [2, 9], "participant_id": ["A1", "B1"]})


def _links() -> pd.DataFrame:
    row = {"pair_id": "A1-B1", "left": "A1", "right": "B1", "left_site": "a", "right_site": "b", "rule": "name_birth"}
    return pd.DataFrame([row | {"status": "review"}], columns=list(LINKS)).astype(LINKS)


def test_a_pair_for_review_is_asked_about_by_its_positions() -> None:
    done = decide_pairs(_links(), PEOPLE, b"key", no_decisions())
    assert done.links["status"].tolist() == ["review"]
    assert done.questions[["cells", "applied"]].to_numpy().tolist() == [["a.csv A2; b.csv A9", False]]
    assert "the same name birth" in done.questions.loc[0, "question"]


def test_an_answer_settles_the_pair_and_is_asked_again() -> None:
    asked = decide_pairs(_links(), PEOPLE, b"key", no_decisions()).questions
    for answer, status in ((SAME, "linked"), (DIFFERENT, "apart")):
        said = asked.assign(decision=answer, initials="AB", note="", status="")[list(DECISIONS)].astype(DECISIONS)
        done = decide_pairs(_links(), PEOPLE, b"key", said)
        assert done.links["status"].tolist() == [status]
        assert done.questions["applied"].tolist() == [True]


def test_nobody_to_ask_about_gives_no_questions() -> None:
    done = decide_pairs(no_links(), PEOPLE, b"key", no_decisions())
    assert done.questions.empty
    assert done.links.empty
