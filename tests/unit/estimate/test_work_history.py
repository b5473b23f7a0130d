from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from evaltools.estimate.work_history import estimate_work_history

CUT = date(2019, 12, 31)
_WHO = """
who site  engaged scope started away             support
a   north yes     yes   yes     never-worked     yes
b   north yes     yes   no      3-years-or-more  yes
c   north yes     yes   yes     3-years-or-more  no
d   south yes     yes   unknown 3-years-or-more  unknown
e   south yes     no    no      in-work          no
f   south yes     yes   yes     unknown          yes
g   south no      no    -       never-worked     yes
"""


@pytest.fixture
def frame():
    rows = [line.split() for line in _WHO.strip().splitlines()]
    table = pd.DataFrame(rows[1:], columns=rows[0]).replace("-", None)
    return pd.DataFrame(
        {
            "definition": "d",
            "participant_id": table["who"],
            "site_id": table["site"],
            "engaged_date": pd.to_datetime(table["engaged"].map({"yes": "2019-01-01", "no": None})),
            "in_scope": table["scope"] == "yes",
            "started": table["started"].astype("string"),
            "time_out_of_work": table["away"].str.replace("-", " ").astype("string"),
            "support_group": table["support"].astype("string"),
        }
    )


def parts(rows, **where):
    for column, wanted in {"group": "all", "statistic": "proportion", **where}.items():
        rows = rows[rows[column] == wanted]
    assert len(rows) == 1
    return rows.iloc[0][["numerator", "denominator", "missing"]].tolist()


@pytest.mark.parametrize(
    ("outcome", "term", "expected"),
    [
        ("time_out_of_work", "3 years or more", [3, 4, 1]),
        ("time_out_of_work", "never worked", [1, 4, 1]),
        ("time_out_of_work", "3 years or more, among starters", [1, 2, 1]),
        ("time_out_of_work", "never worked, among starters", [1, 2, 1]),
        ("support_group", "yes", [3, 5, 1]),
        ("support_group", "yes, among starters", [2, 3, 0]),
    ],
)
def test_who_the_people_are(frame, outcome, term, expected):
    assert parts(estimate_work_history(frame, 0.95, CUT).estimates, outcome=outcome, term=term) == expected


def test_people_in_work_have_no_time_out_of_work(frame):
    rows = estimate_work_history(frame, 0.95, CUT).estimates
    assert not rows.loc[rows["outcome"] == "time_out_of_work", "term"].str.contains("in work").any()


@pytest.mark.parametrize(
    ("group_by", "group", "expected"),
    [
        ("time_out_of_work", "3 years or more", [1, 2, 1]),
        ("time_out_of_work", "never worked", [1, 1, 0]),
        ("time_out_of_work", "unknown", [1, 1, 0]),
        ("support_group", "yes", [2, 3, 0]),
        ("support_group", "unknown", [0, 0, 1]),
    ],
)
def test_job_starts_of_each_stratum(frame, group_by, group, expected):
    rows = estimate_work_history(frame, 0.95, CUT).estimates
    assert parts(rows, outcome="job_start", group_by=group_by, group=group) == expected


def test_ids_are_unique(frame):
    assert estimate_work_history(frame, 0.95, CUT).estimates["estimate_id"].is_unique


def test_nothing_in_nothing_out(frame):
    assert estimate_work_history(frame.iloc[:0], 0.95, CUT).estimates.empty
