"""The quick reader gives what Python's own csv module gives, or leaves the text to the strict reader."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltools.clean.read_delimited import read_delimited

ENTRIES = st.one_of(
    st.sampled_from(["", " ", "NA", "null", "1", "a,b", 'say "x"', "a\nb", "£5", "\u200b", "'", "TRUE"]),
    st.text(alphabet='a1,;"\n\r é\0', max_size=4),
)
TABLES = st.lists(st.lists(ENTRIES, min_size=2, max_size=3), min_size=1, max_size=8)


def _by_python(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def _held_to_python(text: str, delimiter: str) -> bool:
    cells = read_delimited(text, delimiter)
    if cells is None:
        return False
    records = _by_python(text, delimiter)
    width = max(map(len, records))
    assert cells.to_numpy(dtype=object).tolist() == [record + [""] * (width - len(record)) for record in records]
    assert cells.index.tolist() == list(range(1, len(records) + 1))
    return True


@given(table=TABLES, delimiter=st.sampled_from([",", ";", "\t"]), end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_written_tables_are_read_as_python_reads_them(table: list[list[str]], delimiter: str, end: str) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator=end).writerows(table)
    _held_to_python(buffer.getvalue(), delimiter)


@given(text=st.text(alphabet='ab,"\n\r ', max_size=30))
def test_any_text_is_read_as_python_reads_it_or_left(text: str) -> None:
    try:
        _by_python(text, ",")
    except csv.Error:
        assert read_delimited(text, ",") is None
        return
    _held_to_python(text, ",")


@pytest.mark.parametrize(
    "text",
    [
        "ID,Sex\nA1,F\n",
        "ID,Sex\r\nA1,F",
        'ID,Sex\n"A1","F, or M"\n"","x ""y"""\n',
        "Return for April\n\nID,Sex\nA1,F\nA2,M\n",
        "ID,Sex\n" + "A1,F\n" * 100,
        "ID,Sex\nNA,null\n#N/A,\n",
    ],
)
def test_plain_texts_are_read(text: str) -> None:
    assert _held_to_python(text, ",")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ID\nA1\n",
        "ID,Sex\nA1,F\n" * 30 + "A2\n",
        'ID,Sex\nA1,"a\nb"\n',
        'ID,Sex\nA1,5" pipe\n',
        "ID,Sex\rA1,F\r",
        "ID,Sex\nA1,F\0\n",
        "ID,Sex\nA1,F\n\n",
    ],
)
def test_what_is_not_plain_is_left_to_the_strict_reader(text: str) -> None:
    assert read_delimited(text, ",") is None
