from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltools.clean.link_fields import PLAIN_FIELDS, plain_name, plain_nhs_number, plain_postcode, read_link_fields

CUT = date(2024, 12, 31)


def _read(notations: tuple[str, ...] = ("dd/mm/yyyy",), **columns: list[object]) -> list[list[object]]:
    frame = read_link_fields(columns, notations, CUT)  # type: ignore[arg-type]
    assert list(frame.columns) == list(PLAIN_FIELDS)
    return frame.astype(object).where(frame.notna(), None)[list(columns)].to_numpy().tolist()


@pytest.mark.parametrize(
    ("entered", "plain"),
    [
        ("9434765919", "9434765919"),
        (" 943-476-5919 ", "9434765919"),
        ("943\u00a0476\u00a05919", "9434765919"),
        ("9434765918", ""),  # wrong check digit
        ("943476591", ""),
        ("9999999999", ""),  # the right check digit, and nobody's number
        ("n/a", ""),
        ("", ""),
    ],
)
def test_an_nhs_number_counts_only_with_its_check_digit(entered: str, plain: str) -> None:
    assert plain_nhs_number(entered) == plain


@given(st.integers(400_000_000, 799_999_999))
def test_one_wrong_digit_is_always_noticed(stem: int) -> None:
    check = (11 - sum(int(digit) * weight for digit, weight in zip(str(stem), range(10, 1, -1), strict=True)) % 11) % 11
    if check < 10:
        right = f"{stem}{check}"
        assert plain_nhs_number(right) == right
        assert plain_nhs_number(right[:4] + str((int(right[4]) + 1) % 10) + right[5:]) == ""


@pytest.mark.parametrize(
    ("entered", "plain"),
    [
        ("O’Neill", "oneill"),
        ("ZOË", "zoe"),
        ("Ms Jane  Smith-Jones", "jane smithjones"),
        ("Łukasz Ø", "lukasz o"),
        ("12", ""),
    ],
)
def test_names_are_compared_without_case_accents_and_marks(entered: str, plain: str) -> None:
    assert plain_name(entered) == plain


def test_a_postcode_that_is_no_place_proves_nothing() -> None:
    assert [plain_postcode(text) for text in ("sw1a1aa", "m1 1ae", "unknown", "ZZ99 3VZ")] == ["SW1A1AA", "M11AE", "", ""]


def test_full_names_and_split_names_come_to_the_same() -> None:
    whole = read_link_fields({"full_name": ["Smith, Jane", "Mr Jan van der Berg", "Madonna"]}, (), CUT)
    assert whole["given_name"].tolist()[:2] == ["jane", "jan"]
    assert whole["family_name"].tolist()[:2] == ["smith", "berg"]
    assert whole.loc[2, ["given_name", "family_name"]].isna().all()


def test_birth_dates_are_read_by_the_declared_notations_alone() -> None:
    cells = ["03/04/1980", datetime(1980, 4, 3), "1980-04-03", "01/01/1900", "03/04/2030", ""]
    assert _read(("dd/mm/yyyy", "typed"), birth_date=cells) == [
        ["1980-04-03"],
        ["1980-04-03"],
        [None],
        [None],
        [None],
        [None],
    ]


def test_no_columns_give_no_rows() -> None:
    assert len(read_link_fields({}, (), CUT)) == 0
