from __future__ import annotations

import pandas as pd

from evaltools.derive.apply_links import apply_links
from evaltools.domain.links import LINKS, no_links


def _tables() -> dict[str, pd.DataFrame]:
    people = pd.DataFrame(
        {
            "participant_id": pd.array(["P1", "P2", "P3"], dtype="string"),
            "site_id": pd.array(["camden", "enfield", "enfield"], dtype="string"),
            "sex": pd.array(["female", pd.NA, "male"], dtype="string"),
            "age_at_referral": pd.array([41, pd.NA, 30], dtype="Int64"),
        }
    )
    enrolments = pd.DataFrame(
        {
            "enrolment_id": ["E1", "E2", "E3"],
            "participant_id": pd.array(["P1", "P2", "P3"], dtype="string"),
            "referral_date": pd.to_datetime(["2021-05-01", "2020-01-01", "2020-02-01"]),
        }
    )
    return {"participants": people, "enrolments": enrolments, "sites": pd.DataFrame({"site_id": ["camden", "enfield"]})}


def _link(status: str) -> pd.DataFrame:
    row = {"pair_id": "P1-P2", "left": "P1", "right": "P2", "rule": "nhs_number", "status": status}
    return pd.DataFrame([row], columns=list(LINKS)).astype(LINKS)


def test_linked_people_are_one_and_the_earliest_referral_stands_for_them() -> None:
    merged = apply_links(_tables(), _link("linked"))
    people = merged["participants"]
    assert people[["participant_id", "site_id", "sex"]].to_numpy().tolist() == [
        ["P1", "enfield", "female"],
        ["P3", "enfield", "male"],
    ]
    assert people["age_at_referral"].isna().tolist() == [True, False]  # the age at a later referral is not that at the first
    assert merged["enrolments"]["participant_id"].tolist() == ["P1", "P1", "P3"]
    assert people.dtypes.equals(_tables()["participants"].dtypes)


def test_pairs_that_are_not_linked_change_nothing() -> None:
    for links in (_link("review"), _link("apart"), no_links()):
        for name, frame in apply_links(_tables(), links).items():
            pd.testing.assert_frame_equal(frame, _tables()[name])
