from __future__ import annotations

import importlib.util
import socket
import sys

import numpy as np
import pandas as pd
import pytest

from evaltools.clean import link_probably as module
from evaltools.clean.link_probably import link_probably, need_splink
from evaltools.domain.links import LINKS
from evaltools.errors import StudyError

pytest.importorskip("splink")

GIVEN = ["jane", "john", "mary", "ahmed", "grace", "peter", "fatima", "liam", "olu", "wei", "anna", "marek"]
FAMILY = [
    "smith",
    "jones",
    "patel",
    "okafor",
    "nowak",
    "begum",
    "evans",
    "murphy",
    "chen",
    "ali",
    "clarke",
    "hussain",
    "green",
]


def _made_up(people: int = 360, again: int = 60) -> pd.DataFrame:
    """People of site a; some come to site b, each third of those with a typing error in the family name."""
    random = np.random.default_rng(4)
    days = pd.Timestamp("1970-01-01") + pd.to_timedelta(random.integers(0, 9000, people), unit="D")
    held = pd.DataFrame(
        {
            "participant_id": [f"A{number:04d}" for number in range(people)],
            "site_id": "a",
            "nhs_number": None,
            "given_name": random.choice(GIVEN, people),
            "family_name": random.choice(FAMILY, people) + random.choice(["", "son", "ley", "ton"], people),
            "birth_date": days.strftime("%Y-%m-%d"),
            "postcode": [f"N{number // 10 % 9 + 1}{number % 10}AA" for number in random.integers(0, 500, people)],
        }
    )  # fmt: skip
    copies = held.iloc[:again].assign(site_id="b", participant_id="B" + held["participant_id"].str[1:])
    copies.loc[::3, "family_name"] = copies["family_name"].str[:-1] + "x"
    return pd.concat([held, copies], ignore_index=True).astype("string")


@pytest.fixture(scope="module")
def links() -> pd.DataFrame:
    return link_probably(_made_up())


def test_people_are_found_again_in_spite_of_typing_errors(links: pd.DataFrame) -> None:
    assert links.dtypes.astype(str).to_dict() == LINKS
    linked = links[links["status"] == "linked"]
    assert (linked["left"].str[1:] == linked["right"].str[1:]).all()
    assert len(linked) >= 55
    assert linked["weight"].between(5, 100).all()


def test_the_threshold_moves_pairs_from_linked_to_review(links: pd.DataFrame) -> None:
    strict = link_probably(_made_up(), link_above=1 - 1e-9)
    assert strict["pair_id"].tolist() == links["pair_id"].tolist()
    assert (strict["status"] == "linked").sum() < (links["status"] == "linked").sum()


def test_it_says_nothing_asks_no_network_and_finds_the_same_again(
    links: pd.DataFrame, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    shuffled = _made_up().sample(frac=1, random_state=1)
    again = link_probably(shuffled)
    said = capfd.readouterr()
    assert (said.out, said.err) == ("", "")
    pd.testing.assert_frame_equal(again, links)


def test_people_of_one_site_and_people_with_different_nhs_numbers_are_never_linked() -> None:
    people = _made_up()
    same_site = link_probably(people.assign(site_id="a"))
    assert len(same_site)
    assert set(same_site["status"]) == {"review"}
    numbers = np.where(people["site_id"] == "a", "9434765919", "4010232137")
    differing = link_probably(people.assign(nhs_number=pd.array(numbers, dtype="string")), review_above=0.001)
    assert set(differing["status"]) <= {"review"}


def test_too_few_to_learn_from_gives_no_pairs() -> None:
    assert link_probably(_made_up().head(30)).empty


def test_without_splink_the_remedy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "splink" else found(name))
    with pytest.raises(StudyError, match=r"evaltools\[link\]"):
        need_splink()


def test_splink_is_not_loaded_before_it_is_needed() -> None:
    import subprocess

    code = f"import sys, {module.__name__}; print('splink' in sys.modules, 'duckdb' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
