from __future__ import annotations

from evaltools.clean.swallowed_records import swallows_records, table_width


def test_whole_records_inside_an_entry_are_told_from_sentences() -> None:
    assert swallows_records(["A1", "ill\nA2\tF\t01/02/2020\twell"], "\t", 4)
    assert not swallows_records(["A1", "ill, and tired\nand poor, he said, and sad, and"], ",", 4)
    assert not swallows_records(["A1;F;x;y"], ";", 4)
    assert not swallows_records(["a\nb"], ",", 1)


def test_the_width_of_a_table_is_that_of_most_records() -> None:
    assert table_width([["Title"], ["Sub"], ["ID", "Sex"], ["A", "F"], ["B", "F", "x"]]) == 2
    assert table_width([]) == 1
