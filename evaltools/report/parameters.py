"""Check the parameters of a notebook before anything runs: a misspelt one would otherwise change nothing, in silence."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Mapping
from typing import Any

from evaltools.errors import Problem, ReportError

__all__ = ["check_parameters"]


def check_parameters(report: str, declared: Mapping[str, Mapping[str, Any]], given: Mapping[str, Any]) -> None:
    """Raise ReportError R201, naming every parameter that the notebook does not declare or whose type it does not share.

    declared: what `papermill.inspect_notebook` says of the notebook, by name.

    >>> check_parameters("overview", {"site": {"default": '""'}}, {"site": "enfield"})
    """
    problems = [
        problem
        for name, value in given.items()
        if (problem := _unknown(report, name, declared) or _mistyped(report, name, value, declared[name]))
    ]
    if problems:
        raise ReportError(*problems)


def _unknown(report: str, name: str, declared: Mapping[str, Any]) -> Problem | None:
    if name in declared:
        return None
    near = difflib.get_close_matches(name, declared, n=1)
    known = ", ".join(sorted(declared)) or "none: no cell of the notebook is tagged 'parameters'"
    fix = f"did you mean '{near[0]}'?" if near else "use one of the notebook's parameters, or remove it"
    return Problem("R201", f"the report '{report}' has no parameter '{name}'", report, f"its parameters: {known}", fix)


def _mistyped(report: str, name: str, value: object, declared: Mapping[str, Any]) -> Problem | None:
    try:
        default = ast.literal_eval(str(declared.get("default", "None")))
    except (ValueError, SyntaxError):
        return None
    if default is None or _fits(value, default):
        return None
    wanted, found = type(default).__name__, type(value).__name__
    return Problem(
        "R201",
        f"the parameter '{name}' of the report '{report}' is of the wrong type",
        report,
        f"it should be {_TYPES.get(wanted, wanted)}, as in {declared['default']}; found {_TYPES.get(found, found)}",
        f"write {name} like its default: {declared['default']}",
    )


_TYPES = {"str": "text", "int": "a whole number", "float": "a number", "bool": "True or False", "list": "a list"}


def _fits(value: object, default: object) -> bool:
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(default, bool)
    return isinstance(value, (int, float) if isinstance(default, float) else type(default))
