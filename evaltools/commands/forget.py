"""evaltools forget: a person withdraws."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from evaltools.commands.one_study import OneStudy, need_raw
from evaltools.errors import Problem, UsageError
from evaltools.screen import err, out, progress
from evaltools.study import read_study

__all__ = ["forget"]


def forget(
    study: OneStudy,
    person_file: Annotated[
        Path | None, typer.Option(help="A text file with one provider's identifier a line; without it, you are asked.")
    ] = None,
    pseudonym: Annotated[list[str] | None, typer.Option(help="A pseudonym of the prepared tables; may be repeated.")] = None,
    site: Annotated[str, typer.Option(help="Whose identifier it is, where two sites use the same.")] = "",
) -> None:
    """Remove a person who withdraws from all that was made, and leave them out of every later run.

    The identifier is read from a file or asked for, never given on the command line, where it would stay in the shell's
    history. Exit code 1 when a trace is left.
    """
    from evaltools.verbs import forget as verb

    read = read_study(study)
    need_raw(read)
    identifiers = _identifiers(person_file, bool(pseudonym))
    with progress(1) as tell:
        done = verb.forget(read, identifiers, pseudonym or (), site, lambda words: tell(words, False))
    out.print(f"[green]Forgotten:[/] {done.people:,} pseudonym(s), now in decisions/forgotten.csv.", soft_wrap=True)
    if done.questions:
        out.print(f"  {done.questions:,} question(s) about them were taken out of decisions/decisions.xlsx.", soft_wrap=True)
    for file, count in done.rows.items():
        err.print(
            f"  [bold yellow]still in the provider's file:[/] {escape(file)} ({count:,} row(s)). It was not touched: ask "
            "the provider to remove the person, put the new file in its place and delete the old one.",
            soft_wrap=True,
        )
    if done.traces:
        for name in done.traces:
            err.print(f"  [bold red]a trace is left:[/] {escape(name)}", soft_wrap=True)
        err.print("  Delete these files, or make them again, and run this command once more.", soft_wrap=True)
        raise typer.Exit(1)
    if done.unsearched:
        out.print(
            f"[yellow]Not proved[/] for {done.unsearched:,} identifier(s) that are too short to search for. Every file "
            "under build/ and decisions/ was searched for the pseudonyms and any longer identifiers, and none holds them.",
            soft_wrap=True,
        )
        return
    out.print(
        "[green]Proved:[/] every file under build/ and decisions/ was searched, and none holds the person.", soft_wrap=True
    )


def _identifiers(person_file: Path | None, named: bool) -> list[str]:
    if person_file is not None:
        if not person_file.is_file():
            raise UsageError(Problem("U125", "there is no such file of identifiers", person_file.name, fix="check its path"))
        lines = person_file.read_text(encoding="utf-8-sig").splitlines()
        return [line.strip() for line in lines if line.strip()]
    if named:
        return []
    return [typer.prompt("The provider's identifier of the person (it is not shown)", hide_input=True).strip()]
