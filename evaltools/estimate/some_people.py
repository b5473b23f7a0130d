"""Somebody to estimate from: an estimate of nobody is refused in words."""

from __future__ import annotations

from collections.abc import Sized

from evaltools.errors import EstimateError, Problem

__all__ = ["require_people"]


def require_people(people: Sized) -> None:
    """Raise EstimateError when there is nobody to estimate from.

    people: event times, or a frame with a row for each.

    >>> require_people([1])
    """
    if not len(people):
        fix = "see whether a filter, or the quarantine, has taken every row"
        raise EstimateError(Problem("E103", "not estimable: there is nobody to estimate from", fix=fix))
