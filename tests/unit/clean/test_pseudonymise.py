from __future__ import annotations

import hmac

from evaltools.clean.pseudonymise import hasher, read_identifier

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


def test_names_of_specialists_forgive_capitals_and_spaces() -> None:
    def specialist(name: str) -> str:
        return str(read_identifier(name, "specialist_id", "camden", PSEUDONYM).value)

    assert specialist("Zoe\u0308  Heath") == specialist("zoë heath")
    clients = {str(read_identifier(name, "participant_id", "camden", PSEUDONYM).value) for name in ("ab1", "AB1")}
    assert len(clients) == 2


def test_an_empty_cell_names_nobody() -> None:
    assert read_identifier("", "participant_id", "camden", PSEUDONYM).value is None
