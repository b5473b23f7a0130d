"""evaltools doctor: which optional parts are missing."""

from __future__ import annotations

from rich.table import Table

from evaltools.doctor import optional_parts
from evaltools.screen import out

__all__ = ["doctor"]


def doctor() -> None:
    """Say which optional parts are missing, and what works without them."""
    table = Table("Part", "Here?", "For", "Without it", box=None)
    for part in optional_parts():
        table.add_row(part.name, "[green]yes[/]" if part.here else "[yellow]no[/]", part.use, part.without)
    out.print(table)
