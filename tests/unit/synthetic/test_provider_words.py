from __future__ import annotations

import csv
from pathlib import Path

import pytest

from evaltools.synthetic.provider_words import LETTERS, NUMBERS, SENTENCES, Vocabulary

CODELISTS = Path(__file__).parents[3] / "data_schema" / "codelists"
LISTS = {
    "sex": "sex", "ethnicity": "ethnicity", "cohort": "cohort", "source": "referral_source", "work": "employment_status",
    "benefit": "benefit", "reason": "discharge_reason", "end": "job_end_reason", "milestone": "milestone",
    "evidence": "evidence_type",
}  # fmt: skip


@pytest.mark.parametrize("vocabulary", [LETTERS, NUMBERS, SENTENCES])
def test_every_code_is_one_of_ours(vocabulary: Vocabulary) -> None:
    for name, codes in vocabulary.items():
        if name == "yes":
            assert set(codes) == {"true", "false"}
            continue
        with (CODELISTS / f"{LISTS[name]}.csv").open(encoding="utf-8") as file:
            assert set(codes) <= {row["code"] for row in csv.DictReader(file)}, name


@pytest.mark.parametrize("vocabulary", [LETTERS, NUMBERS, SENTENCES])
def test_no_word_means_two_things(vocabulary: Vocabulary) -> None:
    for codes in vocabulary.values():
        words = [word for some in codes.values() for word in some]
        assert len(words) == len(set(words))


def test_one_word_hides_inside_its_opposite() -> None:
    assert any("employed" in word for word in LETTERS["work"]["unemployed"])
    assert SENTENCES["work"]["employed"][0].lower() in SENTENCES["work"]["unemployed"][0].lower()
