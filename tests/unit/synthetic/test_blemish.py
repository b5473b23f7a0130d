from __future__ import annotations

import pytest

from evaltools.synthetic.blemish import Spoiler, contradict, forget_id, hide, repeat_lines
from evaltools.synthetic.journal import Journal
from evaltools.synthetic.provider_sheet import Line, ProviderSheet


def anyone(line: Line) -> bool:
    return True


def count(journal: Journal, kind: str) -> int:
    return journal.counts[(kind, "file.xlsx", "People")]


def test_a_spoilt_cell_is_counted_and_never_spoilt_twice(sheet: ProviderSheet) -> None:
    journal = Journal()
    for _ in range(2):
        Spoiler(sheet, journal).cells("trailing space", "ID", 4, lambda cell: f"{cell} ")
    assert [line.cells[0] for _, line in sheet.kept()] == [f"0{number} " for number in range(1, 9)]
    assert count(journal, "trailing space") == 8
    with pytest.raises(AssertionError, match="only 0 lines can carry"):
        Spoiler(sheet, journal).cells("trailing space", "ID", 1, lambda cell: cell)


def test_a_lost_value_keeps_its_record_and_a_refused_one_does_not(sheet: ProviderSheet) -> None:
    journal, spoil = Journal(), None
    spoil = Spoiler(sheet, journal)
    spoil.lost("stray code", "Sex", 1, lambda cell: "?")
    spoil.refused("missing", "ID", 1, lambda cell: None)
    assert list(journal.values.values()) == [None]
    assert sheet.accounting()["quarantined"] == 1
    assert {table for table, _ in journal.rows} == {"participants"}


def test_copies_are_exact_and_later(sheet: ProviderSheet) -> None:
    journal = Journal()
    repeat_lines(sheet, journal, 2)
    copies = [line for line in sheet.lines if line.kind == "merged"]
    assert [line.cells for line in copies] == [sheet.lines[place].cells for place in (3, 7)]
    assert (count(journal, "exact duplicate row"), sheet.accounting()["kept"]) == (2, 8)


def test_a_contradiction_loses_both_records(sheet: ProviderSheet) -> None:
    journal = Journal()
    contradict(sheet, journal, "Sex", 1, anyone)
    lost = [line for line in sheet.lines if line.kind == "quarantined"]
    assert len(lost) == 2
    assert {line.cells[0] for line in lost} == {lost[0].cells[0]}
    assert {line.cells[1] for line in lost} == {"M", "F"}


def test_a_forgotten_identifier_loses_the_record(sheet: ProviderSheet) -> None:
    journal = Journal()
    forget_id(sheet, journal, "ID", 1, lambda line: line.key[0] == "05")
    assert journal.rows == {("participants", ("05", 0))}
    assert sheet.lines[5].cells[0] is None


def test_hidden_rows_are_records_and_hidden_columns_are_named(sheet: ProviderSheet) -> None:
    journal = Journal()
    hide(sheet, journal, 2, ("Sex",))
    assert sheet.hidden_columns == {2}
    assert all(sheet.lines[number - 1].kind == "kept" for number in sheet.hidden_rows)
    assert (count(journal, "hidden row"), count(journal, "hidden column")) == (2, 1)
