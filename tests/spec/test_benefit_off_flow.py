"""Who left an out-of-work benefit, and when? Only what was reported counts, and a move to Universal Credit is no exit."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from spec_table import days, spec_table

from evaltools.derive.benefit_off_flow import derive_benefits

# Everybody is referred on 1 December 2018 and engaged on 1 January 2019; the data end on 31 December 2019.
# Reports are "day benefit", with "no" where the benefit is said not to be received any more.
OFF_FLOW = """
case                                    | at referral | reports                                            | on benefit? | group       | now     | last on | first off
reported off after 90 days              | esa_support | 2019-04-01 none                                    | yes         | esa_support | off     | 0       | 90
reported on, then off                   | uc          | 2019-02-01 uc; 2019-04-01 none                     | yes         | uc          | off     | 31      | 90
reported not to receive it              | jsa         | 2019-04-01 jsa no                                  | yes         | jsa         | off     | 0       | 90
still on it                             | is          | 2019-04-01 is                                      | yes         | is          | on      | 90      |
never asked again                       | esa_wrag    |                                                    | yes         | esa_wrag    | unknown | 0       |
moved from ESA to Universal Credit      | esa         | 2019-04-01 esa no; 2019-04-20 uc                   | yes         | esa         | on      | 109     |
moved, and left it later                | esa         | 2019-04-01 none; 2019-04-20 uc; 2019-08-01 none    | yes         | esa         | off     | 109     | 212
claimed again after a long time         | esa         | 2019-04-01 none; 2019-09-01 uc                     | yes         | esa         | off     | 0       | 90
left Universal Credit and came back     | uc          | 2019-04-01 none; 2019-04-20 uc                     | yes         | uc          | off     | 0       | 90
PIP alone says nothing                  | uc          | 2019-04-01 pip                                     | yes         | uc          | unknown | 0       |
an end of PIP says nothing              | uc          | 2019-04-01 pip no                                  | yes         | uc          | unknown | 0       |
PIP beside the end of the claim         | uc          | 2019-04-01 pip; 2019-04-01 none                    | yes         | uc          | off     | 0       | 90
PIP at referral                         | pip         | 2019-04-01 none                                    | unknown     |             |         |         |
no benefit at referral                  | none        | 2019-04-01 none                                    | no          |             |         |         |
not said at referral                    |             | 2019-04-01 none                                    | unknown     |             |         |         |
an unknown code                         | uc          | 2019-04-01 unknown                                 | yes         | uc          | unknown | 0       |
an unknown code beside the end          | uc          | 2019-04-01 uc no; 2019-04-01 unknown               | yes         | uc          | unknown | 0       |
another benefit beside the end          | uc          | 2019-04-01 uc no; 2019-04-01 other                 | yes         | uc          | unknown | 0       |
on two at once                          | is          | 2018-12-20 is; 2018-12-20 esa; 2019-04-01 none     | yes         | several     | off     | 0       | 90
one of two ends                         | is          | 2019-04-01 is no; 2019-04-01 esa                   | yes         | is          | on      | 90      |
left before engagement                  | uc          | 2018-12-20 none                                    | no          |             |         |         |
a report overrules the day of referral  | uc          | 2018-12-01 none                                    | no          |             |         |         |
reported after the end of the data      | uc          | 2020-01-15 none                                    | yes         | uc          | unknown | 0       |
"""  # noqa: E501


def _reports(text: str, who: str) -> list[dict[str, object]]:
    told = [report.split() for report in (text or "").split(";") if report.strip()]
    return [
        {"participant_id": who, "observed_date": day, "benefit": benefit, "receiving": not no} for day, benefit, *no in told
    ]


@pytest.fixture(scope="module")
def derived() -> pd.DataFrame:
    table = spec_table(OFF_FLOW)
    who = table["case"].astype("string")
    people = pd.DataFrame({"definition": "d", "participant_id": who, "site_id": "north", "started": "no"})
    people["engaged_date"] = pd.Timestamp("2019-01-01")
    people["hours_per_week"] = pd.array([None] * len(people), dtype="Float64")
    enrolments = pd.DataFrame({"participant_id": who, "enrolment_id": who, "benefit_at_entry": table["at referral"]})
    enrolments["referral_date"] = pd.Timestamp("2018-12-01")
    rows = [row for case, text in zip(who, table["reports"], strict=True) for row in _reports(text, case)]
    benefits = pd.DataFrame(rows).assign(site_id="north").astype({"participant_id": "string", "receiving": "boolean"})
    benefits["observed_date"] = days(benefits["observed_date"])
    found = derive_benefits({"enrolments": enrolments, "benefits": benefits}, people, {}, date(2019, 12, 31))
    return found.set_index("participant_id")


@pytest.mark.parametrize("case", spec_table(OFF_FLOW)["case"])
def test_off_flow(derived: pd.DataFrame, case: str) -> None:
    wanted = spec_table(OFF_FLOW).set_index("case").loc[case]
    found = derived.loc[case]
    assert found["on_benefit"] == wanted["on benefit?"]
    assert (None if pd.isna(found["benefit_group"]) else found["benefit_group"]) == wanted["group"]
    assert (None if pd.isna(found["status"]) else found["status"]) == wanted["now"]
    for name, column in (("left", "last on"), ("right", "first off")):
        assert (None if pd.isna(found[name]) else str(int(found[name]))) == wanted[column]


def test_who_came_back_is_said(derived: pd.DataFrame) -> None:
    back = derived.index[derived["returned"].fillna(False)]
    assert set(back) == {"claimed again after a long time", "left Universal Credit and came back"}
