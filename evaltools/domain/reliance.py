"""Estimates that failed a check: how their note begins, and what it says. Shown grey, never hidden, with the reason."""

from __future__ import annotations

__all__ = ["GREYED", "HEADLINE_IS_THE_RANGE", "doubt"]

GREYED = "not to be relied on: "
HEADLINE_IS_THE_RANGE = "so many were out of contact that the range of possible shares is the headline"


def doubt(note: object) -> str:
    """Return why an estimate is not to be relied on; nothing when its note does not say so.

    note: of an estimate, text or missing.

    >>> doubt("not to be relied on: 6 clusters, fewer than 30"), doubt("follow-up ends before"), doubt(None)
    ('6 clusters, fewer than 30', '', '')
    """
    said = note.strip() if isinstance(note, str) else ""
    return said.removeprefix(GREYED).rstrip(".") if said.startswith(GREYED) else ""
