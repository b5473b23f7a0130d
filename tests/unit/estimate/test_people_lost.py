from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.domain.alternative import also
from evaltools.domain.event_times import EventTimes
from evaltools.estimate.at_times import at_times
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.people_lost import lost_rows


def _read(rows, reading, group_by="programme"):
    return [row for row in rows if row["term"] == also(reading) and row["group_by"] == group_by]


@pytest.fixture(scope="module")
def starters():
    """Two hundred starters of two sites: at the south contact is lost early, from people who would have kept work longer."""
    rng = np.random.default_rng(20261124)
    site = np.where(np.arange(200) < 100, "north", "south")
    held = rng.exponential(np.where(site == "south", 200, 80)).round() + 1
    contact = np.where(site == "south", rng.integers(1, 120, 200), 400)
    lost = contact < held
    days = np.minimum(held, contact).astype(float)
    return pd.DataFrame(
        {
            "site_id": site,
            "in_scope": True,
            "started": "yes",
            "spell_days": pd.array(days, dtype="Float64"),
            "spell_ended": pd.array(~lost, dtype="boolean"),
            "spell_open_because": pd.array(np.where(lost, "contact lost", None), dtype="string"),
            "verified_days": pd.array([None] * 200, dtype="Float64"),
        }
    )


def test_those_in_contact_stand_for_those_of_their_site_who_were_lost(starters, own):
    rows = list(lost_rows(starters, own(), 0.95))
    weighted = _read(rows, "weighted for loss")
    times = EventTimes.from_frame(starters.astype({"spell_ended": int}), "spell_days", "spell_ended", {1: "lost"})
    plain = at_times(kaplan_meier(times), [42, 91], before=True)["value"].tolist()
    assert [row["horizon"] for row in weighted] == [42, 91]
    assert {row["outcome"] for row in weighted} == {"job_held_weighted"}
    for row, unweighted in zip(weighted, plain, strict=True):
        assert row["value"] > unweighted + 0.005  # the south keeps work for longer, and counts for less without weights
        assert row["lower"] < row["value"] < row["upper"]
        assert row["note"].startswith("weights from")


def test_loss_differs_between_the_sites(starters, own):
    rows = [row for row in lost_rows(starters, own(), 0.95) if row["outcome"] == "lost_contact"]
    assert [row["statistic"] for row in rows] == ["chi2", "df", "p"]
    assert rows[0]["value"] > 30
    assert rows[1]["value"] == 1
    assert rows[2]["value"] < 1e-6


def test_verified_work_is_followed_no_further_than_its_evidence(starters, own):
    proved = starters.assign(verified_days=(starters["spell_days"] // 2).where(~starters["spell_ended"], 0.0))
    rows = list(lost_rows(proved, own(), 0.95))
    whole = _read(rows, "verified")
    assert {row["outcome"] for row in whole} == {"job_held_verified"}
    assert {row["group"] for row in _read(rows, "verified", "site")} == {"north", "south"}
    plain = EventTimes.from_frame(starters.astype({"spell_ended": int}), "spell_days", "spell_ended", {1: "lost"})
    usual = at_times(kaplan_meier(plain), [42, 91], before=True)["value"].tolist()
    assert all(row["value"] <= other for row, other in zip(whole, usual, strict=True))
    assert not _read(list(lost_rows(starters, own(), 0.95)), "verified")


def test_where_nobody_was_lost_it_says_so(starters, own):
    kept = starters.assign(spell_open_because=pd.array([None] * 200, dtype="string"))
    rows = list(lost_rows(kept, own(), 0.95))
    found = _read(rows, "weighted for loss")
    assert [(row["outcome"], row["horizon"]) for row in found] == [("job_held_weighted", 42), ("job_held_weighted", 91)]
    assert all("nobody was lost" in row["note"] for row in found)
    assert not [row for row in rows if row["outcome"] == "lost_contact"]


def test_nobody_at_work_has_no_rows(starters, own):
    assert list(lost_rows(starters.iloc[:0], own(), 0.95)) == []
    assert list(lost_rows(starters.assign(started="no"), own(), 0.95)) == []
