from __future__ import annotations

import pytest

from evaltools.clean.coerce_labels import LONGEST, read_label


@pytest.mark.parametrize(
    "label", ["", "Retail", "Human health and social work activities", "SWEMWBS 7", "PHQ-9", "Wholesale, retail (G45-47)"]
)
def test_labels_stay(label: str) -> None:
    assert read_label(label).value == (label or None)
    assert not read_label(label).code


@pytest.mark.parametrize(
    "text",
    [
        "Works for Jane Smithson at SECRETCO 07700900123 since 03/04/2018",
        "seen 3.4.18",
        "mail j.s@example.org",
        "077 009 001 23",
        "x" * (LONGEST + 1),
        "she was seen at home and says she likes it",
    ],
)
def test_free_text_is_set_aside_and_not_quoted(text: str) -> None:
    reading = read_label(text)
    assert (reading.value, reading.code, reading.aside) == (None, "D143", True)
    assert text not in reading.why + reading.detail
