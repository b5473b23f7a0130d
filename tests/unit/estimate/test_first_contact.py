from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from evaltools.estimate.first_contact import estimate_first_contacts

CUT = date(2019, 12, 31)


@pytest.fixture
def frame():
    seen = ["7 days or fewer", "8 to 30 days", "7 days or fewer", "over 30 days", "none recorded", "unknown"]
    employer = ["yes", "no", "unknown", "not yet", None, "yes"]
    sites = ["north", "north", "north", "south", "south", "south"]
    return pd.DataFrame({"definition": "d", "site_id": sites, "contact_band": seen, "employer_in_time": employer})


def parts(rows, **where):
    for column, wanted in {"group": "all", "statistic": "proportion", **where}.items():
        rows = rows[rows[column] == wanted]
    assert len(rows) == 1
    return rows.iloc[0][["numerator", "denominator", "missing"]].tolist()


@pytest.mark.parametrize(
    ("term", "expected"), [("7 days or fewer", [2, 4, 2]), ("8 to 30 days", [1, 4, 2]), ("over 30 days", [1, 4, 2])]
)
def test_people_not_seen_are_missing(frame, term, expected):
    assert parts(estimate_first_contacts(frame, 0.95, CUT).estimates, outcome="first_contact", term=term) == expected


def test_the_bands_of_a_group_add_up(frame):
    rows = estimate_first_contacts(frame, 0.95, CUT).estimates
    bands = rows[rows["outcome"] == "first_contact"].groupby("group")
    assert (bands["numerator"].sum() == bands["denominator"].first()).all()


def test_employer_contact_is_asked_of_people_engaged_long_enough(frame):
    rows = estimate_first_contacts(frame, 0.95, CUT).estimates
    assert parts(rows, outcome="employer_contact") == [2, 3, 1]
    assert parts(rows, outcome="employer_contact", statistic="bounds") == [2, 4, 1]


def test_where_nobody_knows_there_is_no_row(frame):
    silent = frame.assign(employer_in_time="unknown")
    assert "employer_contact" not in set(estimate_first_contacts(silent, 0.95, CUT).estimates["outcome"])


def test_nothing_in_nothing_out(frame):
    assert estimate_first_contacts(frame.iloc[:0], 0.95, CUT).estimates.empty
    assert estimate_first_contacts(pd.DataFrame(), 0.95, CUT).estimates.empty
