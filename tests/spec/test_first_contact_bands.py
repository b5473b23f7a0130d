"""How soon is somebody seen after referral? Day 0 is the day of referral; a day that cannot be is no day."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from spec_table import days, spec_table

from evaltools.derive.first_contact import derive_first_contacts

# Referred on 1 January 2019, engaged on 1 February; the data end on 31 March 2019.
CONTACTS = """
case                                        | recorded first contact | contacts                                  | seen                | employer within 30 days
seen on the day                             | 2019-01-01             |                                           | 7 days or fewer     | no
seen after a week                           | 2019-01-08             |                                           | 7 days or fewer     | no
seen after eight days                       | 2019-01-09             |                                           | 8 to 30 days        | no
seen after thirty days                      | 2019-01-31             |                                           | 8 to 30 days        | no
seen after thirty-one                       | 2019-02-01             |                                           | over 30 days        | no
not seen yet                                |                        |                                           | none recorded       | no
a recorded day before referral              | 2018-12-20             |                                           | unknown             | no
a telephone call came first                 | 2019-01-20             | telephone 2019-01-04                      | 7 days or fewer     | no
a letter is no direct contact               |                        | other 2019-01-04                          | none recorded       | no
an employer is no direct contact            |                        | employer 2019-02-10                       | none recorded       | yes
an employer before engagement               |                        | employer 2019-01-10                       | none recorded       | no
an employer on the last day of thirty       |                        | employer 2019-03-03                       | none recorded       | yes
an employer a day too late                  |                        | employer 2019-03-04                       | none recorded       | no
a contact of a kind that is not known       |                        | unknown 2019-01-04                        | none recorded       | no
activity after the data end                 |                        | video 2019-04-02                          | none recorded       | no
"""  # noqa: E501


@pytest.fixture(scope="module")
def found() -> pd.DataFrame:
    table = spec_table(CONTACTS)
    who = table["case"].astype("string")
    people = pd.DataFrame({"definition": "d", "participant_id": who, "site_id": "north"})
    people["referral_date"], people["engaged_date"] = pd.Timestamp("2019-01-01"), pd.Timestamp("2019-02-01")
    enrolments = pd.DataFrame({"participant_id": who, "enrolment_id": who, "referral_date": pd.Timestamp("2019-01-01")})
    enrolments["first_contact_date"] = days(table["recorded first contact"])
    rows = [(case, *text.split()) for case, text in zip(who, table["contacts"], strict=True) if text]
    contacts = pd.DataFrame(rows, columns=["participant_id", "contact_type", "contact_date"]).assign(site_id="north")
    contacts["contact_date"] = days(contacts["contact_date"])
    tables = {"enrolments": enrolments, "contacts": contacts.astype({"participant_id": "string"})}
    return derive_first_contacts(tables, people, {}, date(2019, 3, 31)).set_index("participant_id")


@pytest.mark.parametrize("case", spec_table(CONTACTS)["case"])
def test_how_soon_somebody_is_seen(found: pd.DataFrame, case: str) -> None:
    wanted = spec_table(CONTACTS).set_index("case").loc[case]
    assert found.loc[case, "contact_band"] == wanted["seen"]
    assert found.loc[case, "employer_in_time"] == wanted["employer within 30 days"]
