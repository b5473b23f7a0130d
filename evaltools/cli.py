"""The command line: one verb for each arrow of the road. Says what to do next; shows no traceback for a user's mistake."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from evaltools import store
from evaltools.doctor import optional_parts
from evaltools.errors import EvaltoolsError, Problem, UsageError
from evaltools.schema.dictionary import dictionary_markdown
from evaltools.schema.read import read_schema
from evaltools.screen import err, out, progress, show, show_account, show_findings
from evaltools.study import Study, find_studies, read_study

if TYPE_CHECKING:  # the stages load when a verb needs them, so that help and messages come at once
    from evaltools import pipeline

__all__ = ["main"]

app = typer.Typer(
    name="evaltools",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # its panels may show values of the data
    help="From messy provider spreadsheets to a defensible, publishable evaluation of a supported-employment programme.",
)
OneStudy = Annotated[
    str, typer.Argument(metavar="STUDY", help="A name under analyses/studies, or the path of a study folder.")
]
SomeStudy = Annotated[str, typer.Argument(metavar="[STUDY]", help="A name or a path; every study when left out.")]


def main() -> None:
    """Run the command line; a user's mistake ends in its message and exit code, anything else is our bug."""
    try:
        app()
    except EvaltoolsError as fault:
        show(fault)
        sys.exit(fault.exit_code)


def _named(tell: Callable[[str, bool], None], name: str) -> pipeline.Tell:
    """Say of each step which study it belongs to."""
    return lambda words: tell(f"{name}: {words}", False)


def _one(name: str, action: Callable[[Study, pipeline.Tell], Path]) -> None:
    """Do one arrow for one study."""
    study = read_study(name)
    _need_raw(study)
    with progress(1) as tell:
        made = action(study, _named(tell, study.folder.name))
    show_account(store.read_tables(study.build / "1_prepared"), study.folder.name, out)
    out.print(f"[green]Done.[/] {escape(_short(made))}", soft_wrap=True)


def _need_raw(study: Study) -> None:
    from evaltools import pipeline

    if not pipeline.fetch_raw(study):
        source = study.raw_from
        package = source.package if source else ""
        raise UsageError(
            Problem(
                "U103",
                f"the study '{study.folder.name}' needs the package '{package}', which is not installed",
                f"{study.folder.name}/study.toml, [raw_from]",
                fix=f"pip install {package}; every other study works without it",
            )
        )


def _short(path: Path) -> str:
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


@app.command()
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
    out.print(f"[green]Done.[/] {escape(_short(folder))} holds a synthetic study: study.toml, sites/, raw/.", soft_wrap=True)
    out.print(f"Next: [bold]evaltools report {escape(_short(folder))}[/]", soft_wrap=True)


@app.command()
def check(
    study: OneStudy,
    site: Annotated[str, typer.Option(help="Show one site only.")] = "",
) -> None:
    """Say what each provider must fix. Changes nothing; exit code 1 when something must be fixed."""
    from evaltools import pipeline

    read = read_study(study)
    _need_raw(read)
    with progress(1) as tell:
        found = pipeline.check(read, lambda words: tell(words, False))
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
    if (findings["severity"] == "must fix").any():
        raise typer.Exit(1)


@app.command()
def prepare(
    study: OneStudy,
    strict: Annotated[bool, typer.Option(help="Exit with code 1 when something must be fixed.")] = False,
) -> None:
    """Turn provider files into canonical tables, with a ledger of every change."""
    from evaltools import pipeline

    _one(study, lambda read, tell: pipeline.prepare(read, tell, strict))


@app.command()
def estimate(study: OneStudy) -> None:
    """Turn canonical tables into tidy estimates."""
    from evaltools import pipeline

    _one(study, pipeline.estimate)


@app.command()
def release(study: OneStudy, profile: Annotated[str, typer.Option(help="Another release profile.")] = "") -> None:
    """Turn estimates into numbers that may be shared."""
    from evaltools import pipeline

    _one(study, lambda read, tell: pipeline.release(read, tell, profile))


@app.command()
def report(
    study: SomeStudy = "",
    only: Annotated[list[str] | None, typer.Option(help="One notebook; may be repeated.")] = None,
    to: Annotated[str, typer.Option(help="Formats: html, or html,pdf.")] = "html",
    strict: Annotated[bool, typer.Option(help="Exit with code 1 when something must be fixed in the data.")] = False,
) -> None:
    """Do everything that is stale, then the pages."""
    from evaltools import pipeline

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
                if not pipeline.fetch_raw(read) and not study:
                    err.print(
                        f"  {escape(name)}: skipped, it needs a package that is not installed (evaltools doctor says which)"
                    )
                    continue
                _need_raw(read)
                pages = pipeline.report(read, only or (), formats, _named(tell, name))
                index = read.root / "reports" / "index.html"
                show_account(store.read_tables(read.build / "1_prepared"), name, out)
                for page in pages:
                    out.print(f"  {escape(name)}: {escape(_short(page))}", soft_wrap=True)
                if strict:
                    pipeline.prepare(read, strict=True)
            except EvaltoolsError as fault:
                show(fault)
                failed = failed or fault.exit_code
            tell(name, True)
    if failed:
        raise typer.Exit(failed)
    out.print(f"[green]Done.[/] Open {escape(_short(index))}", soft_wrap=True)


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


@app.command()
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


@app.command()
def doctor() -> None:
    """Say which optional parts are missing, and what works without them."""
    table = Table("Part", "Here?", "For", "Without it", box=None)
    for part in optional_parts():
        table.add_row(part.name, "[green]yes[/]" if part.here else "[yellow]no[/]", part.use, part.without)
    out.print(table)
