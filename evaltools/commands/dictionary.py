"""evaltools dictionary: the data dictionary."""

from __future__ import annotations

from typing import Annotated

import typer

from evaltools import store
from evaltools.errors import Problem, UsageError
from evaltools.schema.check_pages import check_pages
from evaltools.schema.dictionary import dictionary_markdown
from evaltools.schema.read import read_schema

__all__ = ["dictionary"]


def dictionary(
    to: Annotated[str, typer.Option(help="Format: md.")] = "md",
    write: Annotated[bool, typer.Option(help="Write data_schema/README.md and docs/checks instead of the screen.")] = False,
) -> None:
    """Print the data dictionary: tables, codelists, outcome definitions and data checks."""
    if to != "md":
        raise UsageError(Problem("U107", f"there is no dictionary format '{to}'", fix="use: md"))
    schema = read_schema(store.shipped("data_schema"))
    text = dictionary_markdown(schema)
    if write:
        store.write_text(store.shipped("data_schema", "README.md"), text)
        for name, page in check_pages(schema).items():
            store.write_text(store.shipped("docs", "checks", name), page)
    else:
        typer.echo(text, nl=False)
