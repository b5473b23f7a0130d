"""evaltools report: everything that is stale, then the pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from evaltools import store
from evaltools.commands.one_study import SomeStudy, named, need_raw
from evaltools.errors import EvaltoolsError, Problem, UsageError
from evaltools.screen import err, out, progress, short_path, show, show_account
from evaltools.study import find_studies, read_study

__all__ = ["report"]


def report(
    study: SomeStudy = "",
    only: Annotated[list[str] | None, typer.Option(help="One notebook; may be repeated.")] = None,
    to: Annotated[str, typer.Option(help="Formats: html, or html,pdf.")] = "html",
    strict: Annotated[bool, typer.Option(help="Exit with code 1 when something must be fixed in the data.")] = False,
) -> None:
    """Do everything that is stale, then the pages."""
    from evaltools import pipeline
    from evaltools.intake import fetch_raw

    formats = _formats(to)
    places: list[Path | str] = [study] if study else list(find_studies(Path.cwd()))
    if not places:
        fix = "go to a folder with analyses/studies, name a study folder, or make one with: evaltools init NAME"
        raise UsageError(Problem("U106", "there is no study here", fix=fix))
    failed, index = 0, Path()
    with progress(len(places)) as tell:
        for place in places:
            name = Path(place).name
            try:
                read = read_study(place)
                if not fetch_raw(read) and not study:
                    err.print(
                        f"  {escape(name)}: skipped, it needs a package that is not installed (evaltools doctor says which)"
                    )
                    continue
                need_raw(read)
                pages = pipeline.report(read, only or (), formats, named(tell, name))
                index = read.root / "reports" / "index.html"
                show_account(store.read_tables(read.build / "1_prepared"), name, out)
                for page in pages:
                    out.print(f"  {escape(name)}: {escape(short_path(page))}", soft_wrap=True)
                if strict:
                    pipeline.prepare(read, strict=True)
            except EvaltoolsError as fault:
                show(fault)
                failed = failed or fault.exit_code
            tell(name, True)
    if failed:
        raise typer.Exit(failed)
    out.print(f"[green]Done.[/] Open {escape(short_path(index))}", soft_wrap=True)


def _formats(to: str) -> list[str]:
    formats = [name.strip() for name in to.split(",")]
    unknown = sorted(set(formats) - {"html", "pdf"})
    if unknown:
        raise UsageError(Problem("U108", f"there is no report format '{unknown[0]}'", fix="use: html, or html,pdf"))
    if "pdf" in formats and not _can_make_pdf():
        err.print("  PDF is left out: WeasyPrint or Pango is not on this machine (see: evaltools doctor). HTML is made.")
        formats.remove("pdf")
    return formats


def _can_make_pdf() -> bool:
    from evaltools.report.pdf import can_make_pdf

    return can_make_pdf()
