from __future__ import annotations

import hmac

from evaltools.clean.pseudonymise import hasher, plain_identifiers

PSEUDONYM = hasher(b"key")


def test_a_pseudonym_is_a_keyed_hash() -> None:
    digest = hmac.new(b"key", b"participant_id\x1fcamden\x1f01", "sha256").hexdigest()
    assert PSEUDONYM("participant_id", "camden", "01") == "P" + digest[:16]


def test_key_site_kind_and_leading_zeros_matter() -> None:
    names = {
        PSEUDONYM("participant_id", "camden", "01"),
        PSEUDONYM("participant_id", "camden", "1"),
        PSEUDONYM("participant_id", "enfield", "01"),
        PSEUDONYM("job_id", "camden", "01"),
        hasher(b"other")("participant_id", "camden", "01"),
    }
    assert len(names) == 5


def test_many_at_once_are_those_one_by_one() -> None:
    names = ["01", "", "zoë", "1" * 100]
    assert PSEUDONYM.many("job_id", "camden", names) == [PSEUDONYM("job_id", "camden", name) for name in names]


def test_a_key_longer_than_a_block_is_hashed_first() -> None:
    digest = hmac.new(b"k" * 100, b"job_id\x1f\x1fa", "sha256").hexdigest()
    assert hasher(b"k" * 100)("job_id", "", "a") == "J" + digest[:16]


def test_names_of_specialists_forgive_capitals_and_spaces() -> None:
    assert plain_identifiers(["Zoe\u0308  Heath"], "specialist_id") == plain_identifiers(["zoë heath"], "specialist_id")
    assert plain_identifiers(["ab1", "AB1"], "participant_id") == ["ab1", "AB1"]


def test_composed_letters_are_one_however_they_are_written() -> None:
    assert plain_identifiers(["Zoe\u0308"], "participant_id") == ["Zo\u00eb"]
