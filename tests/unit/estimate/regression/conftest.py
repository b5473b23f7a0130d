"""Made-up specialist-months, small enough to fit in a blink and with effects to find."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest


def made_up(specialists=30, months=12, seed=1, effect=-0.02, spread=0.3) -> pd.DataFrame:
    """Caseload comes first and does not go with skill; a client's chance falls by `effect` for each client more."""
    rng = np.random.default_rng(seed)
    who = np.repeat(np.arange(specialists), months)
    caseload = np.clip(rng.normal(22, 6, len(who)).round(1), 4, 45)
    skill = rng.normal(0, spread, specialists)[who] if spread else 0.0
    rate = 0.06 * np.exp(effect * (caseload - 22) + skill)
    return pd.DataFrame(
        {
            "specialist": who,
            "site": np.array(list("abcdef"))[who % 6],
            "month": np.tile(np.arange(months), specialists),
            "caseload": caseload,
            "client_months": caseload,
            "fte": 1.0,
            "starts": rng.poisson(caseload * rate),
        }
    )


@pytest.fixture(scope="session")
def months() -> pd.DataFrame:
    return made_up()


@pytest.fixture(scope="session")
def make_months():
    return made_up
