"""Ask about entries of a new file that only people can read: codes on no list, and days that could be read two ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.prompt import Prompt

from evaltools.screen import out

if TYPE_CHECKING:
    from evaltools.verbs.map import ColumnAnswer, ColumnDetails, MappedFile, SettledColumn

__all__ = ["ask_about_entries"]

_MOST_ASKED = 40  # unknown entries from which a column is hardly one of codes: it is for the layout's author to look
_LONGEST = 40  # letters; a longer entry may be free text, and is not shown
_DAYS = {"d": ("dd/mm/yyyy",), "m": ("mm/dd/yyyy",), "b": ("dd/mm/yyyy", "mm/dd/yyyy")}


def ask_about_entries(mapped: MappedFile, settled: Sequence[SettledColumn]) -> dict[str, ColumnAnswer]:
    """Ask about each column that is read, once for all sheets. Enter leaves an entry unknown, and days as proposed.

    Gives an answer for each header about which anything was said, its field included.
    """
    from evaltools.verbs.map import ColumnAnswer, details_of

    answers: dict[str, ColumnAnswer] = {}
    asked: set[tuple[str, str]] = set()
    for one in settled:
        if not one.target:
            continue
        header, details = one.column.header, details_of(mapped, one)
        said = answers.get(header) or one.answer or ColumnAnswer(one.target)
        added = _codes(header, details, said.codes, asked)
        days = () if said.dates or (header, "") in asked else _days(header, details)
        if details.notations and details.notations.question:
            asked.add((header, ""))
        if added or days:
            answers[header] = ColumnAnswer(one.target, {**said.codes, **added}, days or said.dates)
    return answers


def _codes(header: str, details: ColumnDetails, answered: Mapping[str, str], asked: set[tuple[str, str]]) -> dict[str, str]:
    if details.codes is None or len(details.codes.unseen) > _MOST_ASKED:
        return {}
    known = {entry.casefold() for entry in answered} | {entry for name, entry in asked if name == header}
    unseen = [one for one in details.codes.unseen if len(one.entry) <= _LONGEST and one.entry.casefold() not in known]
    if not unseen:
        return {}
    allowed = list(details.codes.allowed)
    many = "1 entry is" if len(unseen) == 1 else f"{len(unseen)} entries are"
    out.print(f"\n[bold]{escape(header)}[/]: {many} on no list. Codes: {escape(', '.join(allowed))}", soft_wrap=True)
    codes = {}
    for one in unseen:
        asked.add((header, one.entry.casefold()))
        guess = f" (perhaps {' or '.join(one.guesses)})" if one.guesses else ""
        words = f"  '{escape(one.entry)}', {one.count:,}x{guess}; Enter leaves it unknown"
        word = Prompt.ask(words, choices=[*allowed, ""], default="", show_choices=False, show_default=False, console=out)
        if word:
            codes[one.entry] = word
    return codes


def _days(header: str, details: ColumnDetails) -> tuple[str, ...]:
    if details.notations is None or not details.notations.question:
        return ()
    out.print(f"\n[bold]{escape(header)}[/]: {escape(details.notations.question)}", soft_wrap=True)
    asked = "  d day first, m month first, b both (what reads both ways is set aside); Enter leaves it as proposed"
    word = Prompt.ask(asked, choices=[*_DAYS, ""], default="", show_choices=False, show_default=False, console=out)
    others = [name for name in details.notations.notations if name not in _DAYS["b"]]
    return (*others, *_DAYS[word]) if word else ()
