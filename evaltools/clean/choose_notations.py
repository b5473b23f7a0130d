"""Choose the date notations that a column needs, and say where its days could be read in two ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaltools.clean.notations import day_in
from evaltools.clean.sheet import Cell

__all__ = ["ChosenNotations", "choose_notations"]

_ORDER = (
    "typed",
    "yyyy-mm-dd",
    "dd/mm/yyyy",
    "dd-mm-yyyy",
    "dd.mm.yyyy",
    "d mmm yyyy",
    "dd/mm/yy",
    "dd.mm.yy",
    "d mmm yy",
    "serial",
    "mm/dd/yyyy",
)
_DAY_FIRST, _MONTH_FIRST = "dd/mm/yyyy", "mm/dd/yyyy"
_UNTOLD = (
    "no day is later than the 12th, so day and month cannot be told apart: days that can be read both ways are set aside "
    "until you say which comes first"
)


@dataclass(frozen=True)
class ChosenNotations:
    """notations: to declare. unread: how many distinct entries none reads. question: what a person must decide, or ''."""

    notations: tuple[str, ...]
    unread: int = 0
    question: str = ""


def choose_notations(cells: Sequence[Cell], from_1904: bool = False) -> ChosenNotations:
    """Choose as few notations as read all that any notation reads. cells: the distinct entries of a column.

    Where days and months could change places, day first is chosen if it reads everything and a day after the 12th shows that
    it is meant; else both are declared, and days that can be read both ways are set aside until somebody says which.
    from_1904: the workbook counts its days from 1904.

    >>> choose_notations(["03/04/2021", "25/12/2021"]).notations
    ('dd/mm/yyyy',)
    >>> choose_notations(["25/12/2021", "12/25/2021"]).notations
    ('dd/mm/yyyy', 'mm/dd/yyyy')
    """
    order = [name if name != "serial" else ("serial 1904" if from_1904 else "serial 1900") for name in _ORDER]
    days = {name: {place: day for place, cell in enumerate(cells) if (day := day_in(name, cell))} for name in order}
    left = {place for held in days.values() for place in held}
    unread, chosen = len(cells) - len(left), []
    while left:
        best = max(order, key=lambda name: (len(left & days[name].keys()), -order.index(name)))
        chosen.append(best)
        left -= days[best].keys()
    first, second = days[_DAY_FIRST], days[_MONTH_FIRST]
    double = [place for place in first.keys() & second.keys() if first[place] != second[place]]
    question = _question(chosen, bool(double), first.keys() - second.keys())
    if question == _UNTOLD:
        chosen.append(_MONTH_FIRST)
    return ChosenNotations(tuple(sorted(chosen, key=order.index)), unread, question)


def _question(chosen: Sequence[str], double: bool, day_only: set[int]) -> str:
    if _DAY_FIRST in chosen and _MONTH_FIRST in chosen:
        return "some days are written day first and some month first: those that can be read both ways will be set aside"
    if not double or day_only or not {_DAY_FIRST, _MONTH_FIRST} & set(chosen):
        return ""
    if _MONTH_FIRST in chosen:
        return "the days are written month first: is that so for all of them?"
    return _UNTOLD
