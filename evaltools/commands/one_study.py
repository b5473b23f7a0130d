"""What the verbs share: how a study is named on the command line, and how one arrow is done for one study."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from evaltools import store
from evaltools.errors import Problem, UsageError
from evaltools.screen import out, progress, short_path, show_account
from evaltools.study import Study, read_study

__all__ = ["OneStudy", "SomeStudy", "do_arrow", "named", "need_raw"]

OneStudy = Annotated[
    str, typer.Argument(metavar="STUDY", help="A name under analyses/studies, or the path of a study folder.")
]
SomeStudy = Annotated[str, typer.Argument(metavar="[STUDY]", help="A name or a path; every study when left out.")]


def named(tell: Callable[[str, bool], None], name: str) -> Callable[[str], None]:
    """Say of each step which study it belongs to."""
    return lambda words: tell(f"{name}: {words}", False)


def do_arrow(name: str, action: Callable[[Study, Callable[[str], None]], Path]) -> None:
    """Do one arrow of the road for one study."""
    study = read_study(name)
    need_raw(study)
    with progress(1) as tell:
        made = action(study, named(tell, study.folder.name))
    show_account(store.read_tables(study.build / "1_prepared"), study.folder.name, out)
    out.print(f"[green]Done.[/] {escape(short_path(made))}", soft_wrap=True)


def need_raw(study: Study) -> None:
    """Refuse a study whose raw files come from a package that is not installed (U103)."""
    from evaltools.intake import fetch_raw  # the stages load when a verb needs them

    if not fetch_raw(study):
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
