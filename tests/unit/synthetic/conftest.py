from __future__ import annotations

from datetime import date

import pytest

from evaltools.synthetic.demo import DEMO_SEED, demo_study
from evaltools.synthetic.programme import Programme, programme
from evaltools.synthetic.provider_column import ProviderColumn
from evaltools.synthetic.provider_sheet import Line, ProviderSheet
from evaltools.synthetic.workbook_grid import ErrorCell, GridBook, GridSheet, Span


@pytest.fixture(scope="session")
def truth() -> Programme:
    return programme(DEMO_SEED)


@pytest.fixture(scope="session")
def study() -> dict[str, bytes]:
    return demo_study()


@pytest.fixture
def book() -> GridBook:
    rows = (
        ("Title",),
        (),
        ("ID", "Dé £ ’ \u00a0x\u200b", "D"),
        ("001", 1.5, date(2018, 3, 4)),
        (12, ErrorCell("#N/A"), ErrorCell("#REF!")),
        ("a <&> b ", None, "31/04/2018"),
    )
    first = GridSheet("One & only", rows, False, frozenset({4}), frozenset({2}), (Span(1, 1, 1, 3),))
    return GridBook((first, GridSheet("Two", (("x", 7),), hidden=True)))


@pytest.fixture
def sheet() -> ProviderSheet:
    columns = (
        ProviderColumn("ID", "participants.participant_id"),
        ProviderColumn("Sex", "participants.sex", {"male": ("M",), "female": ("F",)}),
        ProviderColumn("Seen", "enrolments.first_contact_date", dates=("dd/mm/yyyy", "mm/dd/yyyy")),
    )
    made = ProviderSheet("file.xlsx", "People", columns)
    made.header()
    for number in range(1, 9):
        seen = f"{number:02d}/05/2018" if number < 7 else f"{number + 8}/05/2018"
        made.lines.append(Line("kept", [f"0{number}", "M" if number % 2 else "F", seen], (f"0{number}", 0)))
    return made
