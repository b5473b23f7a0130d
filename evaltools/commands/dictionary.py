"""evaltools dictionary: the data dictionary."""

from __future__ import annotations

from typing import Annotated

import typer

from evaltools import store
from evaltools.errors import Problem, UsageError
from evaltools.schema.dictionary import dictionary_markdown
from evaltools.schema.read import read_schema

__all__ = ["dictionary"]


def dictionary(
    to: Annotated[str, typer.Option(help="Format: md.")] = "md",
    write: Annotated[bool, typer.Option(help="Write data_schema/README.md instead of the screen.")] = False,
) -> None:
    """Print the data dictionary: tables, codelists, outcome definitions and data checks."""
    if to != "md":
        raise UsageError(Problem("U107", f"there is no dictionary format '{to}'", fix="use: md"))
    text = dictionary_markdown(read_schema(store.shipped("data_schema")))
    if write:
        store.write_text(store.shipped("data_schema", "README.md"), text)
    else:
        typer.echo(text, nl=False)
