from __future__ import annotations

import pandas as pd

from evaltools.clean.ask_questions import CODE, CONTRADICTION, DECISIONS, HEADER, PERSON, no_decisions
from evaltools.clean.decision_status import APPLIED, CHANGED, OPEN
from evaltools.clean.withdraw_questions import withdraw_questions

HER, OTHER = "P0000000000000417", "P0000000000000418"
ROWS = pd.DataFrame({"file": ["a.csv", "b.csv"], "sheet": ["", ""], "row": [5, 9]})


def _decisions(*rows: dict[str, str]) -> pd.DataFrame:
    plain = dict.fromkeys(DECISIONS, "") | {
        "kind": CODE,
        "file": "a.csv",
        "status": CHANGED,
        "decision": "x",
        "initials": "AB",
    }
    return pd.DataFrame([plain | {"id": f"Q{number}"} | row for number, row in enumerate(rows)]).astype(DECISIONS)


def test_what_concerns_the_person_goes_and_nothing_else() -> None:
    asked = _decisions(
        {"kind": PERSON, "question": f"look alike (pair {HER}-{OTHER})", "status": CHANGED},  # 0: names her
        {"kind": PERSON, "question": f"look alike (pair {OTHER}-P0000000000000419)", "status": APPLIED},  # 1
        {"id": "before"},  # was current until she withdrew
        {"cells": "C4:C6"},  # 3: outdated, and tells of her row
        {"cells": "C4, C6:C7"},  # 4: outdated, of other rows
        {"cells": "C4:C6", "status": APPLIED},  # 5: an entry that others have too
        {"cells": "C4:C6", "status": OPEN},  # 6: asked anew by the run without her
        {"kind": CONTRADICTION, "file": "c.csv", "question": "A is row 9 of b.csv; B is row 3 of c.csv"},  # 7
        {"kind": CONTRADICTION, "file": "c.csv", "question": "A is row 8 of b.csv; B is row 3 of c.csv"},  # 8
        {"kind": HEADER, "cells": "C5"},  # 9: about a header
    )
    left = withdraw_questions(asked, {"before", "Q1"}, [HER], ROWS)
    assert left["id"].tolist() == ["Q1", "Q4", "Q5", "Q6", "Q8", "Q9"]


def test_an_answer_that_holds_for_others_stays_and_its_note_forgets_her() -> None:
    asked = _decisions({"status": APPLIED, "note": "NM-00417 says so"}, {"status": APPLIED, "note": "NM-004170 says so"})
    left = withdraw_questions(asked, (), [HER, "NM-00417"], ROWS)
    assert left[["decision", "note"]].to_numpy().tolist() == [["x", "(withdrawn)"], ["x", "NM-004170 says so"]]


def test_nothing_to_take_out_leaves_the_table_as_it_is() -> None:
    assert withdraw_questions(no_decisions(), (), [HER], ROWS).equals(no_decisions())
    asked = _decisions({"cells": "C7", "status": OPEN})
    assert withdraw_questions(asked, (), [HER], ROWS.iloc[:0]).equals(asked)
