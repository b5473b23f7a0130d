from __future__ import annotations

import csv
import io

import pytest

from evaltools.synthetic.delimited_bytes import ENCODINGS, delimited_bytes
from evaltools.synthetic.workbook_grid import ErrorCell

ROWS = [["id", "pay (£)", "note"], ["001", 16, 'say "no; never"'], [], [None, ErrorCell("#N/A"), "Renée’s"]]


@pytest.mark.parametrize("encoding", list(ENCODINGS))
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_plain_reader_finds_the_cells(encoding: str, delimiter: str) -> None:
    codec = {"utf-8 with mark": "utf-8-sig", "utf-8": "utf-8", "cp1252": "cp1252"}.get(encoding, "utf-16")
    text = delimited_bytes(ROWS, delimiter, encoding).decode(codec)
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)) == [
        ["id", "pay (£)", "note"],
        ["001", "16", 'say "no; never"'],
        [],
        ["", "#N/A", "Renée’s"],
    ]
