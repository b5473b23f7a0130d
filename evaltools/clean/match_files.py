"""Match raw files to the layouts that name them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from evaltools.errors import LayoutError, Problem
from evaltools.schema.layout import Layout

__all__ = ["Delivery", "match_files"]


@dataclass(frozen=True)
class Delivery:
    """One raw file and the layout that names it (None: no layout does). name: relative to raw/, as shown."""

    path: Path
    name: str
    layout: Layout | None


def match_files(files: Sequence[Path], root: Path, layouts: Sequence[Layout]) -> tuple[Delivery, ...]:
    """Pair every file with its layout, by a name or pattern relative to `root`; capitals do not matter.

    Raises LayoutError when two layouts name one file.
    """
    deliveries, faults = [], []
    for path in files:
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        name = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")  # as it can be shown
        named = [layout for layout in layouts if _names(layout, name)]
        if len(named) > 1:
            sites = ", ".join(layout.site or "(several sites)" for layout in named)
            faults.append(
                Problem(
                    "L202", "two layouts name one file", name, f"layouts of: {sites}", "name the file in one layout only"
                )
            )
        deliveries.append(Delivery(path, name, named[0] if named else None))
    if faults:
        raise LayoutError(*faults)
    return tuple(deliveries)


def _names(layout: Layout, name: str) -> bool:
    return any(fnmatchcase(name.casefold(), pattern.casefold()) for pattern in layout.files)
