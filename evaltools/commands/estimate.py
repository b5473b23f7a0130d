"""evaltools estimate: canonical tables to estimates."""

from __future__ import annotations

from evaltools.commands.one_study import OneStudy, do_arrow

__all__ = ["estimate"]


def estimate(study: OneStudy) -> None:
    """Turn canonical tables into tidy estimates."""
    from evaltools import pipeline

    do_arrow(study, pipeline.estimate)
