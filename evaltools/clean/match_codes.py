"""Turn a provider's codes into ours: by the layout's map, then by the codelist's own words; never by part of a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from evaltools.clean.quoting import quoted
from evaltools.clean.reading import Reading
from evaltools.clean.sheet import Cell
from evaltools.schema.table import Codelist

__all__ = ["match_code", "match_map"]


def match_map(cell: Cell, codes: Mapping[str, str]) -> Reading | None:
    """Read a cell by the layout's map (keys in casefold); None where the map does not list it. '' means missing.

    >>> match_map("SMI-P", {"smi-p": "smi"}).value
    'smi'
    """
    if not isinstance(cell, str) or cell.casefold() not in codes:
        return None
    value = codes[cell.casefold()]
    return Reading(value or None, "" if value == cell else "code")


def match_code(cell: Cell, codelist: Codelist, words: Iterable[str] = ()) -> Reading:
    """Read a cell by the codelist: code, label or listed synonym. An unseen one becomes unknown (D107).

    words: of the layout's map; an unseen entry is quoted only where it is nearly a known one.

    >>> sex = Codelist("sex", {"female": "Female"}, {"female": "female", "f": "female"})
    >>> match_code("F", sex).value, match_code("Fem", sex).code
    ('female', 'D107')
    """
    if cell == "":
        return Reading(None)
    value = codelist.synonyms.get(cell.casefold()) if isinstance(cell, str) else None
    if value is not None:
        return Reading(value, "" if value == cell else "code")
    known = (*codelist.labels, *codelist.labels.values(), *codelist.synonyms, *words)
    return Reading("unknown" if "unknown" in codelist.labels else None, "code", "D107", detail=quoted(cell, known))
