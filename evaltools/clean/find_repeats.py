"""Find columns that are one column several times over: 'Job 1 start' to 'Job 6 start'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evaltools.clean.name_columns import header_key

__all__ = ["RepeatedColumn", "find_repeats", "repeated_name"]

_NUMBER = re.compile(r"(?<![\d.])\d{1,2}(?![\d.]|st\b|nd\b|rd\b|th\b)")


@dataclass(frozen=True)
class RepeatedColumn:
    """template: the header with {n} for the number. positions: of the columns for 1, 2, ... in order."""

    template: str
    positions: tuple[int, ...]


def find_repeats(names: Sequence[str]) -> tuple[RepeatedColumn, ...]:
    """Find the headers that differ in one number that runs from 1. names: by position.

    >>> find_repeats(["ID", "Job 1 start", "Job 1 end", "Job 2 start", "Job 2 end", "Appt 3"])[0]
    RepeatedColumn(template='Job {n} start', positions=(1, 3))
    """
    found: dict[str, dict[int, tuple[int, str]]] = {}
    for position, name in enumerate(names):
        number = _NUMBER.search(name)
        if number:
            template = name[: number.start()] + "{n}" + name[number.end() :]
            found.setdefault(header_key(template), {}).setdefault(int(number[0]), (position, template))
    repeats = []
    for held in found.values():
        run = [held[number] for number in range(1, len(held) + 1) if number in held]
        if len(run) == len(held) >= 2:
            repeats.append(RepeatedColumn(run[0][1], tuple(position for position, _ in run)))
    return tuple(sorted(repeats, key=lambda one: one.positions))


def repeated_name(template: str) -> str:
    """Give the header without its number, to compare with the names of fields.

    >>> repeated_name("Job {n} / Start"), repeated_name("Job {n} start")
    ('Job Start', 'Job start')
    """
    return re.sub(r"\s+", " ", template.replace("{n}", " ").replace(" / ", " ")).strip(" -_.:#")
