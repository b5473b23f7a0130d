"""evaltools release: estimates to numbers that may be shared."""

from __future__ import annotations

from typing import Annotated

import typer

from evaltools.commands.one_study import OneStudy, do_arrow

__all__ = ["release"]


def release(study: OneStudy, profile: Annotated[str, typer.Option(help="Another release profile.")] = "") -> None:
    """Turn estimates into numbers that may be shared."""
    from evaltools import pipeline

    do_arrow(study, lambda read, tell: pipeline.release(read, tell, profile))
