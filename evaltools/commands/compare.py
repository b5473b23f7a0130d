"""evaltools compare: two runs, or two deliveries of one study."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import pandas as pd
import typer
from rich.markup import escape
from rich.table import Table

from evaltools import store
from evaltools.errors import Problem, UsageError
from evaltools.screen import out, progress, short_path
from evaltools.study import read_study

if TYPE_CHECKING:
    from evaltools.verbs.compare import Comparison

__all__ = ["compare"]

_COLOURS = {"new": "red", "persisting": "yellow", "fixed": "green", "vanished": "blue"}
_SHOWN = 25
_NOT_DATA = ("code", "key", "lock", "schema", "study.toml")


def compare(
    old: Annotated[
        str, typer.Argument(metavar="A", help="The older run: a study, or a folder build/<study> or a copy of one.")
    ],
    new: Annotated[str, typer.Argument(metavar="[B]", help="The newer run; left out, A's deliveries are compared.")] = "",
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Without B: the delivery day that A is taken back to (the last but one)."),
    ] = None,
    unlinked: Annotated[
        bool, typer.Option(help="Without B: compare with the same study when nobody is linked between sites.")
    ] = False,
    to: Annotated[Path | None, typer.Option(help="Also write everything to a file ending in .csv or .json.")] = None,
) -> None:
    """Say which findings are new, fixed, persisting or vanished between two runs, and which numbers moved."""
    from evaltools.verbs import compare as verb

    if to is not None and to.suffix.casefold() not in (".csv", ".json"):
        raise UsageError(
            Problem("U122", "a comparison is written as CSV or JSON", to.name, fix="end the name in .csv or .json")
        )
    if new:
        compared = verb.compare(old, new)
    else:
        study = read_study(old)
        with progress(1) as tell:
            if unlinked:
                compared = verb.compare_linkage(study, lambda words: tell(words, False))
            else:
                compared = verb.compare_deliveries(study, until.date() if until else None, lambda words: tell(words, False))
    _show(compared)
    if to is not None:
        text = verb.as_json(compared) if to.suffix.casefold() == ".json" else verb.as_table(compared).to_csv(index=False)
        store.write_text(to, text)
        out.print(f"[green]Done.[/] {escape(short_path(to))}", soft_wrap=True)


def _show(compared: Comparison) -> None:
    totals = compared.findings.groupby("fate")["count"].sum()
    said = ", ".join(f"[{colour}]{int(totals.get(fate, 0)):,} {fate}[/]" for fate, colour in _COLOURS.items())
    out.print(f"Findings: {said}", soft_wrap=True)
    changed = compared.findings[compared.findings["fate"] != "persisting"]
    if len(changed):
        table = Table("", "Severity", "Code", "Where", "How many", "What", box=None)
        for row in changed.head(_SHOWN).to_dict("records"):
            table.add_row(*_finding(row))
        out.print(table)
        _more(len(changed))
    _show_numbers(compared.numbers)
    others = compared.inputs[compared.inputs["input"].isin(_NOT_DATA) | compared.inputs["input"].str.startswith("sites/")]
    if len(others):
        names = ", ".join(others["input"])
        out.print(
            f"[yellow]Not the data alone:[/] the runs differ in {escape(names)}, which may move numbers too.", soft_wrap=True
        )


def _finding(row: dict[Any, Any]) -> tuple[str, ...]:
    fate = str(row["fate"])
    where = ", ".join(str(row[name]) for name in ("file", "sheet", "column") if row[name] and not pd.isna(row[name]))
    shown = (row["severity"], row["code"], where or row["site"])
    return (
        f"[{_COLOURS[fate]}]{fate}[/]",
        *(escape(str(cell)) for cell in shown),
        f"{row['count']:,}",
        escape(str(row["what"])),
    )


def _more(count: int) -> None:
    if count > _SHOWN:
        out.print(f"  and {count - _SHOWN:,} more; --to writes them all")


def _show_numbers(numbers: pd.DataFrame) -> None:
    headline = numbers[numbers["headline"]]
    out.print(f"Released numbers that moved: {len(numbers):,}, of them {len(headline):,} headline numbers", soft_wrap=True)
    if headline.empty:
        return
    table = Table("Number", "Old", "New", "Difference", box=None)
    for column in table.columns[1:]:
        column.justify = "right"
    for row in headline.head(_SHOWN).to_dict("records"):
        cells = (_value(row["old"], row["old_note"]), _value(row["new"], row["new_note"]))
        difference = "" if pd.isna(row["difference"]) else f"{row['difference']:+,.4g}"
        table.add_row(escape(f"{row['question']} ({row['estimate_id']})"), *cells, difference)
    out.print(table)
    _more(len(headline))


def _value(value: Any, note: object) -> str:
    """Show a value, [c] for one that is hidden, [x] for one that is not available."""
    if not pd.isna(value):
        return f"{value:,.4g}"
    return escape("[c]" if str(note).startswith("not shown") else "[x]")
