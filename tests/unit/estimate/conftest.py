"""Small sets of people whose curves can be worked out by hand."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from evaltools.domain.definition import Definition
from evaltools.domain.event_times import EventTimes


def people(days, status, causes=None, **columns) -> EventTimes:
    frame = pd.DataFrame({"days": days, "status": status, **columns})
    entry = "entry" if "entry" in columns else None
    return EventTimes.from_frame(frame, "days", "status", causes=causes or {1: "job", 2: "left"}, entry=entry)


@pytest.fixture
def make():
    return people


@pytest.fixture
def four():
    """Four people: a job on day 2; a job and a leaver on day 3; one censored on day 5."""
    return people([2, 3, 3, 5], [1, 1, 2, 0])


@pytest.fixture
def many():
    """Three hundred people in three groups, heavily tied, a third of them entering late."""
    rng = np.random.default_rng(20261122)
    days = rng.integers(1, 40, 300)
    entry = np.where(rng.random(300) < 1 / 3, rng.integers(0, 40, 300) % days, 0)
    return people(days, rng.integers(0, 3, 300), entry=entry, site=rng.choice(["a", "b", "c"], 300))


@pytest.fixture(scope="session")
def some_people():
    """A strategy, to be drawn from with hypothesis' data(): test modules cannot import this file."""
    return _some_people


@st.composite
def _some_people(draw, censoring=True):
    """Draw from 1 to 40 people with days 0 to 15, so that ties are common."""
    n = draw(st.integers(1, 40))
    days = draw(st.lists(st.integers(0, 15), min_size=n, max_size=n))
    status = draw(st.lists(st.integers(0 if censoring else 1, 2), min_size=n, max_size=n))
    return people(days, status)


_WHO = """
who site  engaged work    started jobs days cause hours spell ended
a   north yes     yes     yes     2    10   1     20    200   no
b   north yes     yes     yes     1    20   1     16    50    yes
c   north yes     unknown no      0    30   2     -     -     -
d   north yes     yes     unknown 0    40   0     -     -     -
e   north yes     no      no      0    100  0     -     -     -
f   north no      yes     -       0    -    -     -     -     -
g   south yes     yes     yes     1    20   1     -     91    yes
h   south yes     yes     no      0    50   3     -     -     -
i   south yes     yes     no      0    60   0     -     -     -
j   south no      yes     -       0    -    -     -     -     -
k   south yes     yes     yes     1    5    1     8     10    no
"""
_KEPT = """
who site  weeks followed state
a   north 6     yes      yes
b   north 6     yes      yes
g   south 6     yes      yes
k   south 6     no       not-yet
a   north 13    yes      yes
b   north 13    yes      no
g   south 13    yes      unknown
k   south 13    no       not-yet
"""


def _cells(text: str) -> pd.DataFrame:
    head, *lines = [line.split() for line in text.strip().splitlines()]
    return pd.DataFrame(lines, columns=head).replace("-", None)


@pytest.fixture(scope="session")
def eleven():
    """Eleven people of two sites as derive/outcomes.py gives them: nine engaged, four started, one start unknown.

    One of the nine was in work when referred and of one that is not known. Values can be worked out by hand.
    """
    cells = _cells(_WHO)
    yes_no = {"yes": True, "no": False}
    engaged = cells["engaged"].map(yes_no)
    return pd.DataFrame(
        {
            "definition": pd.Series("own", index=cells.index, dtype="string"),
            "participant_id": cells["who"].astype("string"),
            "site_id": cells["site"].astype("string"),
            "engaged_date": pd.Series(pd.Timestamp("2018-01-01"), index=cells.index).where(engaged),
            "out_of_work": cells["work"].astype("string"),
            "in_scope": engaged.astype("boolean"),
            "started": cells["started"].astype("string"),
            "jobs": cells["jobs"].astype(int).astype("Int64"),
            "days": cells["days"].astype("Float64"),
            "cause": cells["cause"].astype("Float64").astype("Int64"),
            "hours_per_week": cells["hours"].astype("Float64"),
            "spell_days": cells["spell"].astype("Float64"),
            "spell_ended": cells["ended"].map(yes_no).astype("boolean"),
            **_further(cells, engaged),
        }
    )


def _further(cells, engaged) -> dict[str, pd.Series]:
    """What is derived besides: all followed for 200 days and referred once, c, e and f discharged, no evidence kept."""
    days = cells["days"].astype("Float64")
    started = cells["started"] == "yes"
    left = cells["who"].isin(["c", "e", "f"])
    n = len(cells)
    empty = {"Float64": ["verified_days"], "string": ["start_evidence"]}
    return {
        "job_days": days.where(started),
        "doubtful_days": days.where(cells["started"] == "unknown"),
        "follow_days": pd.Series(200.0, index=cells.index, dtype="Float64").where(engaged),
        "referral_days": days + 7,
        "referral_cause": cells["cause"].astype("Float64").astype("Int64"),
        "spell_open_because": cells["who"].map({"a": "data cut", "k": "contact lost"}).astype("string"),
        "closed": left,
        "referrals": pd.Series(1, index=cells.index),
        "referrals_engaged": engaged.astype(int),
        "referrals_started": started.astype(int),
        "referrals_closed": left.astype(int),
        "referrals_closed_started": pd.Series(0, index=cells.index),
        **{name: pd.Series(pd.array([None] * n, dtype=kind)) for kind, names in empty.items() for name in names},
    }


@pytest.fixture(scope="session")
def kept():
    """Whether the four who started of the eleven kept work for 6 and for 13 weeks."""
    cells = _cells(_KEPT)
    return pd.DataFrame(
        {
            "definition": pd.Series("own", index=cells.index, dtype="string"),
            "participant_id": cells["who"].astype("string"),
            "site_id": cells["site"].astype("string"),
            "weeks": cells["weeks"].astype("int64"),
            "followed": cells["followed"] == "yes",
            "state": cells["state"].str.replace("-", " ").astype("string"),
            "best_state": cells["state"].str.replace("-", " ").astype("string"),
            "open_because": cells["state"]
            .map({"not-yet": "data cut", "unknown": "contact lost"})
            .fillna("")
            .astype("string"),
            "hours": cells["who"].map({"a": 20.0, "b": 16.0, "g": None, "k": 8.0}).astype("Float64"),
            "evidence": pd.Series(pd.array([None] * len(cells), dtype="string")),
            "spells_followed": (cells["followed"] == "yes").astype("Int64"),
            "spells_kept": ((cells["followed"] == "yes") & (cells["state"] == "yes")).astype("Int64"),
            "spells_open": ((cells["followed"] == "yes") & (cells["state"] == "unknown")).astype("Int64"),
        }
    )


@pytest.fixture(scope="session")
def own():
    """own(...): a definition profile, with some rules changed."""
    profile = Definition(
        id="own",
        version="1",
        title="Our own",
        source="nobody",
        description="For a test.",
        engaged_first_of=("engaged_date",),
        job_start_denominator="engaged",
        minimum_paid_hours=0,
        competitive_only=True,
        sustained_weeks=(6, 13),
        gap_days=0,
        inclusive_days=False,
        hours_threshold=16,
        exactly_threshold="counts",
    )
    return lambda **changes: dataclasses.replace(profile, **changes)
