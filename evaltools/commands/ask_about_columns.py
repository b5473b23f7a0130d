"""Show what is proposed for each column of a new file, and ask about those that are unsure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.padding import Padding
from rich.prompt import Prompt

from evaltools.screen import out

if TYPE_CHECKING:
    from evaltools.verbs.map import ColumnAnswer, MappedFile, SettledColumn

__all__ = ["ask_about", "show_proposal"]

_COLOURS = {"certain": "green", "likely": "cyan", "unsure": "bold yellow", "answered": "green"}
_HIDDEN = "ignored"
_HEADINGS = ("Column, and what it holds (masked)", "Goes to", "Sure", "Filled")
_NAME, _GOES, _SURE = 36, 34, 8  # widths in letters
_SHOWN = 0.4  # score from which a further field is shown


def show_proposal(mapped: MappedFile, settled: Sequence[SettledColumn]) -> None:
    """Print one table for each sheet: column, field, how sure, filled share, masked examples, the next fields."""
    from evaltools.verbs.map import details_of

    shown: dict[tuple[tuple[str, str], ...], str] = {}
    for sheet in mapped.sheets:
        mine = [one for one in settled if one.sheet == sheet.sheet]
        alike = tuple((one.column.header, one.target or one.how) for one in mine)
        rows = "row" if sheet.place.rows == 1 else "rows"
        last = "" if sheet.place.rows == 1 else f" and {sheet.place.row + 1}"
        name = "" if sheet.sheet == "*" else f", sheet {sheet.sheet}"
        title = f"{mapped.name}{name}: {sheet.records:,} records, headers in {rows} {sheet.place.row}{last}"
        out.print(f"\n[bold]{escape(title)}[/]", soft_wrap=True)
        if alike in shown:
            out.print(f"  the same columns as in sheet {escape(shown[alike])}, to the same fields", soft_wrap=True)
            continue
        shown[alike] = sheet.sheet
        out.print(f"  [dim]{_HEADINGS[0]:<{_NAME}} {_HEADINGS[1]:<{_GOES}} {_HEADINGS[2]:<{_SURE}} {_HEADINGS[3]}[/]")
        for one in mine:
            first, second = _lines(one, details_of(mapped, one).examples)
            out.print(first, soft_wrap=True)
            out.print(Padding(second, (0, 0, 0, 4)))
    if mapped.without:
        out.print(f"  no table found, so not read: {escape(', '.join(mapped.without))}", soft_wrap=True)


def _lines(one: SettledColumn, examples: Sequence[str]) -> tuple[str, str]:
    """Give two lines: what the column is and where it goes; what it holds and which fields come next."""
    proposal = one.column.proposal
    sure = "answered" if one.how == "answered" else "unsure" if one.how in ("open", "left out") else proposal.sure
    target = one.target if one.how in ("answered", "proposed") else proposal.target
    goes = (f"{target}?" if sure == "unsure" else target) if target else ("?" if sure == "unsure" else _HIDDEN)
    name = one.column.header + (f" (1 to {one.column.times})" if one.column.times else "")
    first = (
        f"  [bold]{escape(f'{name:<{_NAME}}')}[/] [{_COLOURS[sure]}]{escape(f'{goes:<{_GOES}}')} {sure:<{_SURE}}[/] "
        f"{one.column.filled * 100:>5.0f}%"
    )
    runners = ", ".join(f"{key} {score * 100:.0f}" for key, score in proposal.runners[:2] if score >= _SHOWN)
    why = proposal.ignored if not target and proposal.ignored else ""
    held = " · ".join(examples) or "no entries"
    parts = filter(None, [held, why, f"or else: {runners}" if runners else ""])
    return first, f"[dim]{escape('   '.join(parts))}[/]"


def ask_about(mapped: MappedFile, unsure: Sequence[SettledColumn]) -> dict[str, ColumnAnswer]:
    """Ask about each unsure column once, whichever sheets it stands in. Enter takes what is proposed."""
    from evaltools.verbs.map import details_of

    answers: dict[str, ColumnAnswer] = {}
    out.print(
        f"\n[bold]{len({one.column.header for one in unsure})} columns are unsure.[/] Enter takes the answer in brackets."
    )
    for one in unsure:
        if one.column.header not in answers:
            answers[one.column.header] = _ask(mapped, one, details_of(mapped, one).examples)
    return answers


def _ask(mapped: MappedFile, one: SettledColumn, examples: Sequence[str]) -> ColumnAnswer:
    proposal = one.column.proposal
    keys = list(dict.fromkeys([*([proposal.target] if proposal.target else []), *(key for key, _ in proposal.runners)]))[:3]
    said = f"{one.column.filled * 100:.0f}% filled; {' · '.join(examples) or 'no entries'}"
    out.print(f"\n[bold]{escape(one.column.header)}[/]  ({escape(said)})", soft_wrap=True)
    out.print(f"  [dim]{escape(proposal.why)}[/]", soft_wrap=True)
    for number, key in enumerate(keys, 1):
        out.print(f"  [bold]{number}[/]  {escape(key)}  [dim]{escape(_title(mapped, key))}[/]", soft_wrap=True)
    out.print("  [bold]i[/]  ignore this column")
    default = "1" if proposal.target and "direct identifier" not in proposal.why else "i"
    while True:
        word = Prompt.ask("Number, i, or the name of a field", default=default, console=out).strip()
        word = keys[int(word) - 1] if word.isdigit() and 0 < int(word) <= len(keys) else word
        answer = _understood(mapped, one, "ignore" if word == "i" else word)
        if answer is not None:
            return answer


def _understood(mapped: MappedFile, one: SettledColumn, word: str) -> ColumnAnswer | None:
    from evaltools.errors import UsageError
    from evaltools.verbs.map import read_answers_for, settle

    try:
        answer = read_answers_for(mapped, {one.column.header: word}, "your answer")
        settle(mapped, answer, accept=True)
    except UsageError as fault:
        problem = fault.problems[0]
        out.print(f"  [red]{escape(problem.what)}[/]: {escape(problem.fix)}", soft_wrap=True)
        return None
    return answer[one.column.header]


def _title(mapped: MappedFile, key: str) -> str:
    table, _, name = key.rpartition(".")
    tables = mapped.schema.tables
    held = tables[table] if table else next(one for one in tables.values() if name in one.fields)
    return held.fields[name].title
