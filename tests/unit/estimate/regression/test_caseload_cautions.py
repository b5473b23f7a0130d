from __future__ import annotations

import re

from evaltools.estimate.regression.caseload_cautions import CASELOAD_CAUTIONS


def test_there_are_five_and_none_speaks_of_causes():
    assert len(CASELOAD_CAUTIONS) == 5
    said = " ".join(CASELOAD_CAUTIONS).lower()
    assert not re.search(r"\b(caus\w*|effect\w*|optimal|because|lead\w* to)\b", said)
    assert all(word in said for word in ("vacant", "good specialists", "length of stay", "labour market", "smaller chance"))
