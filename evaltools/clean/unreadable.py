"""A file that cannot be used: the one error of every reader, with the reason and the remedy in everyday words."""

from __future__ import annotations

__all__ = ["DAMAGED", "LOCKED", "Unreadable"]

DAMAGED = "it is cut short or damaged; open it in the program that made it, save it anew and send that file"
LOCKED = "it is protected with a password; save it without one and send that file"


class Unreadable(Exception):
    """A file that cannot be used. Its text says why, and what to do where the catalogue's advice is not enough."""
