"""The command line: its verbs in the order of the road. Shows no traceback for a user's mistake."""

from __future__ import annotations

import sys

import typer

from evaltools.commands.check import check
from evaltools.commands.compare import compare
from evaltools.commands.dictionary import dictionary
from evaltools.commands.doctor import doctor
from evaltools.commands.estimate import estimate
from evaltools.commands.forget import forget
from evaltools.commands.init import init
from evaltools.commands.map import map_
from evaltools.commands.prepare import prepare
from evaltools.commands.release import release
from evaltools.commands.report import report
from evaltools.errors import EvaltoolsError
from evaltools.screen import show

__all__ = ["main"]

app = typer.Typer(
    name="evaltools",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # its panels may show values of the data
    help="From messy provider spreadsheets to a defensible, publishable evaluation of a supported-employment programme.",
)
for verb in (init, map_, check, prepare, estimate, release, report, compare, forget, dictionary, doctor):
    app.command(verb.__name__.rstrip("_"))(verb)


def main() -> None:
    """Run the command line; a user's mistake ends in its message and exit code, anything else is our bug."""
    try:
        app()
    except EvaltoolsError as fault:
        show(fault)
        sys.exit(fault.exit_code)
