"""Files that have not come: what a layout names and no file in raw/ answers to."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

from evaltools.clean.issues import Flag, Spot
from evaltools.schema.layout import Layout

__all__ = ["missing_files"]


def missing_files(names: Sequence[str], layouts: Sequence[Layout]) -> tuple[Flag, ...]:
    """Give a finding for each file name or pattern that no file answers to; capitals do not matter.

    names: of the raw files, relative to raw/.

    >>> layout = Layout(site="north", files=("north_*", "late.xlsx"), sheets=())
    >>> [flag.spot.file for flag in missing_files(["north_1.csv"], [layout])]
    ['late.xlsx']
    """
    folded = [name.casefold() for name in names]
    return tuple(
        Flag("D121", Spot(layout.site, pattern, ""), detail="nothing here answers to it")
        for layout in layouts
        for pattern in layout.files
        if not any(fnmatchcase(name, pattern.casefold()) for name in folded)
    )
