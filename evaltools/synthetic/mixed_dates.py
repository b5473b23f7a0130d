"""A column in which both day and month may come first: some values decide themselves, the others cannot be known."""

from __future__ import annotations

from evaltools.synthetic.journal import Journal
from evaltools.synthetic.provider_sheet import ProviderSheet

__all__ = ["note_mixed_dates", "undecidable"]


def undecidable(text: str) -> bool:
    """Say whether a text date such as 03/04/2018 is two different days, depending on who typed it.

    Parameters
    ----------
    text
        Three numbers with slashes, the year last.

    Returns
    -------
    bool
        True where both readings are days and differ.

    Examples
    --------
    >>> undecidable("03/04/2018"), undecidable("25/04/2018"), undecidable("04/04/2018")
    (True, False, False)
    """
    first, second, _ = (int(part) for part in text.split("/"))
    return first <= 12 and second <= 12 and first != second


def note_mixed_dates(sheet: ProviderSheet, journal: Journal, header: str) -> None:
    """Note which values of a column can be decided; those that cannot are lost to every reader.

    Parameters
    ----------
    sheet
        The finished sheet.
    journal
        Takes note.
    header
        The column.
    """
    place = sheet.place(header)
    for line in sheet.lines:
        text = line.cells[place] if line.kind in ("kept", "merged") else None
        if not isinstance(text, str):
            continue
        if undecidable(text):
            journal.note("ambiguous date, cannot be decided", sheet.file, sheet.name)
            journal.change(sheet.columns[place].field, line.key)
        else:
            journal.note("ambiguous date, can be decided", sheet.file, sheet.name)
