"""Turn cells into labels, such as a sector or the name of a scale; sentences about people are no labels."""

from __future__ import annotations

import re

from evaltools.clean.reading import Reading
from evaltools.clean.sheet import Cell, cell_text

__all__ = ["LONGEST", "MOST_WORDS", "read_label"]

LONGEST = 60
MOST_WORDS = 8
_PERSONAL = re.compile(r"@|\d{5,}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|(?:\d[ -]?){9,}")


def read_label(cell: Cell) -> Reading:
    """Read one cell as a label; free text (D143) is set aside: it may speak of a person.

    A label has at most LONGEST characters and MOST_WORDS words, and holds no date, no e-mail address and no long number.

    >>> read_label("Retail").value, read_label("seen on 03/04/2018, rang her mother").code
    ('Retail', 'D143')
    """
    text = cell_text(cell)
    if len(text) > LONGEST or len(text.split()) > MOST_WORDS or _PERSONAL.search(text):
        return Reading(None, "set aside", "D143", True, "free text where a short label belongs")
    return Reading(text or None)
