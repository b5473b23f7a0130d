"""Numbers in words, as they are written in British English."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Sequence
from datetime import date

__all__ = [
    "HIDDEN", "chi_squared", "count", "day", "few", "interval", "listing", "percent", "plural", "pounds", "probability",
    "sentence",
]  # fmt: skip

HIDDEN = "[c]"
_FEW = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def count(number: float | None) -> str:
    """Write a whole number with commas; a missing one is hidden.

    >>> count(2610), count(None)
    ('2,610', '[c]')
    """
    return HIDDEN if number is None else f"{number:,.0f}"


def few(number: int) -> str:
    """Write numbers below ten as words.

    >>> few(4), few(12)
    ('four', '12')
    """
    return _FEW[number] if 0 <= number < len(_FEW) else count(number)


def plural(number: float, noun: str) -> str:
    """Write a number and its noun.

    >>> plural(1, "site"), plural(4, "site")
    ('1 site', '4 sites')
    """
    return f"{count(number)} {noun}{'' if number == 1 else 's'}"


def percent(share: float | None, decimals: int = 0) -> str:
    """Write a share between 0 and 1 as a percentage; a missing one is hidden.

    >>> percent(0.3184, 1), percent(0.3184)
    ('31.8%', '32%')
    """
    return HIDDEN if share is None else f"{100 * share:,.{decimals}f}%"


def interval(lower: float | None, upper: float | None, decimals: int = 0) -> str:
    """Write an interval of shares; nothing when a limit is missing.

    >>> interval(0.3008, 0.3366, 1)
    '30.1% to 33.7%'
    """
    if lower is None or upper is None:
        return ""
    return f"{percent(lower, decimals)} to {percent(upper, decimals)}"


def pounds(amount: float | None) -> str:
    """Write a sum in whole pounds.

    >>> pounds(1568319), pounds(-3)
    ('£1,568,319', '-£3')
    """
    if amount is None:
        return HIDDEN
    return f"{'-' if amount < 0 else ''}£{abs(amount):,.0f}"


def day(iso: str) -> str:
    """Write an ISO date as a British reader would; text that is no date stays as it is.

    >>> day("2019-09-30")
    '30 September 2019'
    """
    try:
        value = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{value.day} {month_name[value.month]} {value.year}"


def probability(p: float) -> str:
    """Write a p-value: three decimals, four below 0.01, never zero.

    >>> probability(0.3081), probability(0.00653), probability(1e-9)
    ('p = 0.308', 'p = 0.0065', 'p is less than 0.001')
    """
    if p < 0.001:
        return "p is less than 0.001"
    return f"p = {p:.3f}" if p >= 0.01 else f"p = {p:.4f}"


def chi_squared(statistic: float, df: float, p: float) -> str:
    """Write a chi-squared test.

    >>> chi_squared(3.6, 3, 0.308)
    'chi-squared 3.6 on 3 degrees of freedom, p = 0.308'
    """
    held = f"{statistic:.2f}" if round(statistic, 1) != statistic else f"{statistic:.6g}"
    return f"chi-squared {held} on {plural(df, 'degree')} of freedom, {probability(p)}"


def listing(items: Sequence[str]) -> str:
    """Write a list as a phrase.

    >>> listing(["Enfield", "Barnet", "Shropshire"])
    'Enfield, Barnet and Shropshire'
    """
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def sentence(text: str) -> str:
    """Begin with a capital letter, leaving the rest alone."""
    return text[:1].upper() + text[1:]
