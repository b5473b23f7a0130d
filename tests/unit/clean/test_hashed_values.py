from __future__ import annotations

import numpy as np

from evaltools.clean.hashed_values import HashedValues
from evaltools.clean.pseudonymise import hasher

PSEUDONYM = hasher(b"key")


def test_the_numbers_are_those_of_the_pseudonyms() -> None:
    held = HashedValues("participant_id", PSEUDONYM.bits("participant_id", "camden", ["01", "02"]))
    names = [PSEUDONYM("participant_id", "camden", name) for name in ("01", "02")]
    assert held.values(np.array([1, 0, 1])).tolist() == [names[1], names[0], names[1]]


def test_the_number_after_the_last_is_missing() -> None:
    held = HashedValues("participant_id", PSEUDONYM.bits("participant_id", "camden", ["01"]))
    assert held.every().isna().tolist() == [False, True]
    assert HashedValues("job_id", np.array([], dtype=np.uint64)).every().isna().tolist() == [True]
