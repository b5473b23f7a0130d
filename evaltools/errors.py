"""Errors that a user can act on: a code, a place, the fault in everyday words, the fix.

Everything that derives from `EvaltoolsError` is shown without a traceback; anything else is our own bug and shows one.
Entered values are quoted for headers, codes and settings only; never dates, identifiers or free text.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "DataError",
    "EstimateError",
    "EvaltoolsError",
    "LayoutError",
    "Problem",
    "ReportError",
    "SchemaError",
    "StudyError",
    "UsageError",
]


@dataclass(frozen=True)
class Problem:
    """One fault as its reader sees it.

    code: a letter for the family and three digits (D data, L layout, S study file, T schema, E estimate, R report, U usage).
    what: the fault in one line, everyday words. place: file, sheet, cell or setting. detail: what was found and expected.
    fix: what to do, with an example.
    """

    code: str
    what: str
    place: str = ""
    detail: str = ""
    fix: str = ""
    severity: str = "error"

    def __str__(self) -> str:
        lines = [f"{self.severity}[{self.code}]: {self.what}"]
        if self.place:
            lines.append(f"  --> {self.place}")
        if self.detail:
            lines.append(f"   |  {self.detail}")
        if self.fix:
            lines.append(f"  fix: {self.fix}")
        return "\n".join(lines)


class EvaltoolsError(Exception):
    """A fault that the user can mend. Holds every problem found, not only the first."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class DataError(EvaltoolsError):
    """Problems in the data themselves."""

    exit_code = 1


class UsageError(EvaltoolsError):
    """The command or call does not make sense."""

    exit_code = 2


class StudyError(EvaltoolsError):
    """The study file (or the pseudonym key that it asks for) is at fault."""

    exit_code = 10


class LayoutError(EvaltoolsError):
    """A site layout does not fit its file: a missing required column, an unknown field."""

    exit_code = 11


class SchemaError(EvaltoolsError):
    """`data_schema/` itself is at fault."""

    exit_code = 12


class EstimateError(EvaltoolsError):
    """Too few people, or nothing to estimate from."""

    exit_code = 13


class ReportError(EvaltoolsError):
    """A report could not be rendered."""

    exit_code = 14
