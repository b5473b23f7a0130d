"""evaltools prepare: provider files to canonical tables."""

from __future__ import annotations

from typing import Annotated

import typer

from evaltools.commands.one_study import OneStudy, do_arrow

__all__ = ["prepare"]


def prepare(
    study: OneStudy,
    strict: Annotated[bool, typer.Option(help="Exit with code 1 when something must be fixed.")] = False,
) -> None:
    """Turn provider files into canonical tables, with a ledger of every change."""
    from evaltools import pipeline

    do_arrow(study, lambda read, tell: pipeline.prepare(read, tell, strict))
