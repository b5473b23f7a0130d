"""evaltools check: what each provider must fix."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from evaltools.commands.one_study import OneStudy, need_raw
from evaltools.errors import Problem, UsageError
from evaltools.screen import out, progress, short_path, show_findings
from evaltools.study import read_study

__all__ = ["check"]


def check(
    study: OneStudy,
    site: Annotated[str, typer.Option(help="Show one site only.")] = "",
) -> None:
    """Say what each provider must fix, and write the workbooks to send back; exit code 1 when something must be fixed."""
    from evaltools import pipeline
    from evaltools.decisions import open_questions
    from evaltools.verbs.return_workbooks import return_checked

    read = read_study(study)
    need_raw(read)
    with progress(1) as tell:
        found = pipeline.check(read, lambda words: tell(words, False))
        returned = return_checked(read, found.harmonised, lambda words: tell(words, False), site)
    findings, accounting = found.findings, found.accounting
    if site:
        if site not in set(accounting["site"].dropna()):
            known = ", ".join(sorted(accounting["site"].dropna().unique()))
            raise UsageError(Problem("U105", f"there is no site '{site}'", read.folder.name, fix=f"sites are: {known}"))
        findings, accounting = findings[findings["site"] == site], accounting[accounting["site"] == site]
    show_findings(findings, out)
    table = Table("Site", "Files", "Rows", "Kept", "Merged", "Set aside", "Must fix", "Please check", box=None)
    for column in table.columns[1:]:
        column.justify = "right"
    for name, held in accounting.groupby("site", dropna=False):
        mine = findings[findings["site"] == name]
        counted = [held["file"].nunique(), *(int(held[each].sum()) for each in ("rows", "kept", "merged", "quarantined"))]
        counted += [int(mine.loc[mine["severity"] == grave, "count"].sum()) for grave in ("must fix", "please check")]
        table.add_row(escape(str(name)), *(f"{number:,}" for number in counted))
    out.print(table)
    for path in returned:
        out.print(f"  [green]to send back:[/] {escape(short_path(path))}", soft_wrap=True)
    waiting = open_questions(read)
    if waiting:
        where = escape(short_path(read.folder / "decisions" / "decisions.xlsx"))
        out.print(f"  [yellow]{waiting:,} question{'s' if waiting > 1 else ''} for you:[/] {where}", soft_wrap=True)
    if (findings["severity"] == "must fix").any():
        raise typer.Exit(1)
