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
    from_indigo: Annotated[Path | None, typer.Option(help="Folder of an INDIGO dump, for a study of its totals.")] = None,
    project: Annotated[list[str] | None, typer.Option(help="Project of the dump; give it again for each.")] = None,
) -> None:
    """Make a study to try things on: a synthetic programme with deliberately messy provider workbooks."""
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir()) and not force):
        what = "this is a file" if folder.is_file() else "this folder is not empty"
        raise UsageError(Problem("U104", what, str(folder), fix="name a new folder, or add --force to write over this one"))
    if from_indigo is not None or project:
        _from_indigo(folder, from_indigo, project or [])
        return
    from evaltools.synthetic.demo import demo_study

    with progress(1) as tell:
        tell("making up a programme and its providers' files (synthetic)", False)
        for name, content in demo_study().items():
            store.write_bytes(folder / name, content)
    out.print(
        f"[green]Done.[/] {escape(short_path(folder))} holds a synthetic study: study.toml, sites/, raw/.", soft_wrap=True
    )
    out.print(f"Next: [bold]evaltools report {escape(short_path(folder))}[/]", soft_wrap=True)


def _from_indigo(folder: Path, dump: Path | None, projects: list[str]) -> None:
    """Make a study of the published totals of projects in an INDIGO dump."""
    from evaltools.verbs.init_from_indigo import indigo_study

    if dump is None:
        fix = "add --from-indigo FOLDER, the folder of the dump"
        raise UsageError(Problem("U153", "--project names a project of a dump that is not named", fix=fix))
    for name, content in indigo_study(dump, projects, folder.name).items():
        store.write_bytes(folder / name, content)
    out.print(f"[green]Done.[/] {escape(short_path(folder))} holds a study of published totals.", soft_wrap=True)
    out.print(f"Next: [bold]evaltools report {escape(short_path(folder))}[/]", soft_wrap=True)
