"""What the command line shows: problems in one form, and progress as a bar on a terminal or as plain lines elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from evaltools.errors import EvaltoolsError, Problem

__all__ = ["err", "out", "progress", "short_path", "show", "show_account", "show_findings", "show_problem"]

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

_TIDIED = "D117"
_COLOURS = {"error": "bold red", "must fix": "bold red", "please check": "bold yellow", "changed for you": "bold blue"}


def short_path(path: Path) -> str:
    """Give a path from the folder that one is in, where it lies below it."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def show(fault: EvaltoolsError) -> None:
    """Print every problem of a fault."""
    for problem in fault.problems:
        show_problem(problem, err)


def show_problem(problem: Problem, console: Console) -> None:
    """Print one problem: code and fault, place, detail, fix."""
    colour = _COLOURS.get(problem.severity, "bold red")
    console.print(f"[{colour}]{problem.severity}\\[{problem.code}]:[/] {escape(problem.what)}", soft_wrap=True)
    for mark, text in (("-->", problem.place), (" | ", problem.detail)):
        if text:
            console.print(f"  [blue]{mark}[/] {escape(text)}", soft_wrap=True)
    if problem.fix:
        console.print(f"  [cyan]fix:[/] {escape(problem.fix)}", soft_wrap=True)


def show_findings(findings: pd.DataFrame, console: Console) -> None:
    """Print findings in full, but the many cells that were only tidied as one line.

    findings: columns of domain/harmonised.FINDINGS.
    """
    changed = findings["code"] == _TIDIED
    for row in findings[~changed].to_dict("records"):
        where = ", ".join(filter(None, [row["file"], f"sheet {row['sheet']}" if row["sheet"] else "", row["cells"]]))
        show_problem(Problem(row["code"], row["what"], where, row["detail"] or "", row["fix"], row["severity"]), console)
    for code, held in findings[changed].groupby("code"):
        title = re.split(r", in column | \(", held["what"].iloc[0])[0]
        files = held["file"].nunique()
        what = f"{title} ({int(held['count'].sum()):,} in {files} file{'s' if files > 1 else ''})"
        show_problem(Problem(str(code), what, severity="changed for you"), console)


def show_account(prepared: Mapping[str, pd.DataFrame], study: str, console: Console) -> None:
    """Print what became of every row that was sent, and how much awaits a data officer.

    prepared: `accounting` and `faults` of 1_prepared.
    """
    accounting, faults = prepared["accounting"], prepared["faults"]
    rows, kept, merged, aside = (int(accounting[name].sum()) for name in ("rows", "kept", "merged", "quarantined"))
    console.print(
        f"  {escape(study)}: {rows:,} rows = {kept:,} kept + {merged:,} merged + {aside:,} set aside", soft_wrap=True
    )
    refused = accounting.loc[accounting["status"] == "refused", "file"].unique()
    for file in refused:
        console.print(f"  [bold red]could not be read:[/] {escape(str(file))}", soft_wrap=True)
    grave = int(faults.loc[faults["severity"] == "must fix", "count"].sum())
    if grave:
        said = f"{grave:,} entries must be fixed by the providers"
        console.print(f"  [bold red]{said}:[/] evaltools check {escape(study)} says which", soft_wrap=True)


@contextmanager
def progress(total: int) -> Iterator[Callable[[str, bool], None]]:
    """Show a bar on a terminal, plain lines elsewhere. Call with words and whether a study is done."""
    if not err.is_terminal:
        yield lambda words, done: None if done else err.print(f"  {escape(words)}", soft_wrap=True)
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda words, done: bar.update(task, description=escape(words), advance=int(done), refresh=True)
