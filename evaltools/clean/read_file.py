"""Read delivered files from the disk, each by its content; a file that cannot be read is refused and the run goes on."""

from __future__ import annotations

from pathlib import Path

from evaltools.clean.read_text import LARGEST_TEXT, read_text
from evaltools.clean.read_workbook import read_workbook
from evaltools.clean.sheet import RawFile, Sheet
from evaltools.clean.tell_kind import tell_kind
from evaltools.clean.unreadable import Unreadable

__all__ = ["read_file"]


def read_file(path: Path, name: str, encoding: str = "", delimiter: str = "") -> RawFile:
    """Read one file. name: as shown. encoding, delimiter: of a text file, where the layout declares them.

    A text file is one sheet without a name.
    """
    try:
        if path.stat().st_size > LARGEST_TEXT:
            return RawFile(name, "", refused="it is far too large; send it in several smaller files")
        content = path.read_bytes()
    except OSError:
        return RawFile(name, "", refused="it cannot be opened")
    found = tell_kind(name, content, encoding)
    if not found.kind:
        return RawFile(name, "", refused=found.why)
    try:
        if found.kind == "text":
            table = read_text(content, encoding, delimiter)
            return RawFile(
                name, "text", (Sheet(name, "", table.cells, short=table.short),), "", found.mislabelled, table.note
            )
        book = read_workbook(name, found.kind, content)
    except Unreadable as fault:
        return RawFile(name, found.kind, refused=str(fault), mislabelled=found.mislabelled)
    note = found.kind + (", days counted from 1904" if book.date_1904 else "")
    return RawFile(name, found.kind, book.sheets, "", found.mislabelled, note)
