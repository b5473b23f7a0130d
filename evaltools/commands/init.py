"""evaltools init: a study to try things on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from evaltools import store
from evaltools.errors import Problem, UsageError
from evaltools.screen import out, progress, short_path

__all__ = ["init"]


def init(
    folder: Annotated[Path, typer.Argument(help="Where to put the study.")],
    force: Annotated[bool, typer.Option(help="Write over files that are there.")] = False,
) -> None:
    """Make a study to try things on: a synthetic programme with deliberately messy provider workbooks."""
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir()) and not force):
        what = "this is a file" if folder.is_file() else "this folder is not empty"
        raise UsageError(Problem("U104", what, str(folder), fix="name a new folder, or add --force to write over this one"))
    from evaltools.synthetic.demo import demo_study

    with progress(1) as tell:
        tell("making up a programme and its providers' files (synthetic)", False)
        for name, content in demo_study().items():
            store.write_bytes(folder / name, content)
    out.print(
        f"[green]Done.[/] {escape(short_path(folder))} holds a synthetic study: study.toml, sites/, raw/.", soft_wrap=True
    )
    out.print(f"Next: [bold]evaltools report {escape(short_path(folder))}[/]", soft_wrap=True)
