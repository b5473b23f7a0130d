"""Say of a layout that its files are successive deliveries of one return, and read a delivery's day from a file's name."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, field_validator

__all__ = ["Deliveries", "delivered_on"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTS = {
    "yyyy": r"(?P<year>[0-9]{4})",
    "mmm": rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*",
    "mm": r"(?P<month>[0-9]{2})",
    "dd": r"(?P<day>[0-9]{2})",
}
_TOKEN = re.compile(r"\{((?:yyyy|mmm|mm|dd|[-_. ])+)\}")


class Deliveries(BaseModel):
    """Cumulative returns: the newest value wins, and every value that it replaces is kept.

    pattern: the name of a file, with `*`, `?` and one date in braces: `northmere_{yyyy-mm}.csv`, `jobs {dd.mm.yyyy}*`,
    `{mmm yyyy}/*.xlsx`. A month stands for its last day. The day comes from the name alone, never from the file's time.
    empty: what an empty cell of a newer delivery does to the value that an older one states.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    pattern: str
    empty: Literal["keeps", "erases"] = "keeps"

    @field_validator("pattern")
    @classmethod
    def _holds_a_date(cls, pattern: str) -> str:
        held = _TOKEN.findall(pattern)
        if len(held) != 1 or set("{}") & set(_TOKEN.sub("", pattern)):
            raise ValueError("a pattern of deliveries has one date in braces, such as {yyyy-mm} or {dd-mm-yyyy}")
        parts = re.findall("yyyy|mmm|mm|dd", held[0])
        if parts.count("yyyy") != 1 or parts.count("mm") + parts.count("mmm") != 1 or parts.count("dd") > 1:
            raise ValueError("the date of a delivery has a year and a month, and may have a day: {yyyy-mm}, {yyyy-mm-dd}")
        return pattern


def delivered_on(name: str, pattern: str) -> date | None:
    """Read the day of a delivery from a file's name; a month stands for its last day. None where the name does not fit.

    >>> delivered_on("northmere_2024-02.csv", "northmere_{yyyy-mm}.csv")
    datetime.date(2024, 2, 29)
    >>> delivered_on("Northmere clients 3 final.csv", "northmere_{yyyy-mm}.csv")
    """
    found = re.fullmatch(_expression(pattern), name.casefold(), flags=re.DOTALL)
    if found is None:
        return None
    held = found.groupdict()
    year = int(held["year"])
    month = _MONTHS.index(held["name"]) + 1 if held.get("name") else int(held["month"])
    if not 1 <= month <= 12 or year < 1:
        return None
    last = calendar.monthrange(year, month)[1]
    day = int(held.get("day") or last)
    return date(year, month, day) if 1 <= day <= last else None


def _expression(pattern: str) -> str:
    token = _TOKEN.search(pattern.casefold())
    if token is None:
        return r"(?!)"
    before, after = pattern.casefold()[: token.start()], pattern.casefold()[token.end() :]
    words = re.split("(yyyy|mmm|mm|dd)", token[1])
    return _wild(before) + "".join(_PARTS.get(word, re.escape(word)) for word in words) + _wild(after)


def _wild(text: str) -> str:
    return re.escape(text).replace(r"\*", ".*").replace(r"\?", ".")
