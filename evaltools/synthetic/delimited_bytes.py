"""A delimited text file: comma, semicolon, tab or pipe, in the encoding that a provider's system happens to use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from evaltools.synthetic.workbook_grid import Cell, ErrorCell

__all__ = ["ENCODINGS", "delimited_bytes"]

ENCODINGS: dict[str, tuple[bytes, str]] = {
    "utf-8": (b"", "utf-8"),
    "utf-8 with mark": (b"\xef\xbb\xbf", "utf-8"),
    "utf-16 le with mark": (b"\xff\xfe", "utf-16-le"),
    "utf-16 be with mark": (b"\xfe\xff", "utf-16-be"),
    "cp1252": (b"", "cp1252"),
}


def delimited_bytes(rows: Sequence[Sequence[Cell]], delimiter: str, encoding: str) -> bytes:
    r"""Write rows as delimited text with Windows line ends.

    Parameters
    ----------
    rows
        Cells by row; a blank row becomes an empty line. Days are written as yyyy-mm-dd.
    delimiter
        One character.
    encoding
        A key of `ENCODINGS`.

    Returns
    -------
    bytes
        The file.

    Examples
    --------
    >>> delimited_bytes([["a", 1, None], []], ";", "utf-8")
    b'a;1;\r\n\r\n'
    """
    mark, codec = ENCODINGS[encoding]
    lines = [delimiter.join(_quoted(_plain(cell), delimiter) for cell in row) for row in rows]
    return mark + "".join(line + "\r\n" for line in lines).encode(codec)


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, ErrorCell):
        return cell.text
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _quoted(text: str, delimiter: str) -> str:
    if any(mark in text for mark in (delimiter, '"', "\n", "\r")):
        return '"' + text.replace('"', '""') + '"'
    return text
