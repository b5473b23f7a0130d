"""evaltools map: a new provider's file becomes a layout."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from evaltools.errors import Problem, UsageError
from evaltools.screen import out, progress, short_path, show_problem
from evaltools.study import read_study

if TYPE_CHECKING:
    from evaltools.verbs.map import ColumnAnswer, MappedFile, SettledColumn

__all__ = ["map_"]


def map_(
    file: Annotated[Path, typer.Argument(help="A file that a provider sent.")],
    study: Annotated[str, typer.Option(help="A name under analyses/studies, or the path of a study folder.")],
    site: Annotated[str, typer.Option(help="Whose file it is; told by the file's name where that says it.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Accept what is certain or likely, leave out the rest.")] = False,
    answers: Annotated[Path | None, typer.Option(help="YAML or JSON: header -> field, or 'ignore'.")] = None,
    force: Annotated[bool, typer.Option(help="Write over a layout that is there.")] = False,
) -> None:
    """Propose a layout for a new file, ask about what is unsure, and write it to the study's sites.

    Entries are shown masked: letters as a, digits as 9, days as their notation.
    """
    from evaltools.commands.ask_about_columns import ask_about, show_proposal
    from evaltools.commands.ask_about_entries import ask_about_entries
    from evaltools.verbs import map as verb

    read = read_study(study)
    with progress(1) as tell:
        tell(f"reading {file.name}", False)
        mapped = verb.map_file(read, file, site, force)
    said = verb.read_answers(mapped, answers) if answers else {}
    settled = verb.settle(mapped, said, accept=False)
    show_proposal(mapped, settled)
    unsure = [one for one in settled if one.how == "open"]
    if not yes and unsure:
        _need_terminal(unsure)
        said |= ask_about(mapped, unsure)
    if not yes and sys.stdin.isatty() and out.is_terminal:
        said |= ask_about_entries(mapped, verb.settle(mapped, said, accept=True))
    settled = verb.settle(mapped, said, accept=True)
    written = verb.write_settled(mapped, settled, date.today())
    _end(mapped, settled, written.path, said)
    for problem in written.lacking:
        show_problem(Problem(problem.code, problem.what, problem.place, problem.detail, problem.fix, "please check"), out)
    where = "" if not mapped.elsewhere else f"put {mapped.name} into {short_path(read.raw)}, then "
    out.print(f"Next: {escape(where)}[bold]evaltools check {escape(study)} --site {mapped.site}[/]", soft_wrap=True)


def _need_terminal(unsure: list[SettledColumn]) -> None:
    if sys.stdin.isatty() and out.is_terminal:
        return
    listed = ", ".join(f"'{name}'" for name in dict.fromkeys(one.column.header for one in unsure))
    fix = "run it on a terminal; or add --yes to leave them out; or --answers FILE with one line for each: 'Header: field'"
    raise UsageError(Problem("U136", "somebody must say what these columns are", "", listed, fix))


def _end(mapped: MappedFile, settled: tuple[SettledColumn, ...], path: Path, said: dict[str, ColumnAnswer]) -> None:
    read, left = sum(bool(one.target) for one in settled), sum(one.how == "left out" for one in settled)
    answered = sum(one.how == "answered" for one in settled)
    parts = [f"{read:,} of {len(settled):,} columns are read"]
    if answered:
        parts.append(f"{answered:,} by your answers")
    if left:
        parts.append(f"{left:,} unsure ones are left out, each with a comment in the file")
    out.print(f"[green]Written:[/] {escape(short_path(path))}: {'; '.join(parts)}.", soft_wrap=True)
