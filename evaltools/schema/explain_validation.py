"""Turn pydantic's faults into problems that say which key, where, and what was probably meant."""

from __future__ import annotations

import difflib
from typing import Any, get_args

from pydantic import ValidationError

from evaltools.errors import Problem

__all__ = ["validation_problems"]


def validation_problems(fault: ValidationError, code: str, place: str, model: type[Any]) -> list[Problem]:
    """Each fault of a settings file as a problem with a suggestion, instead of pydantic's own words."""
    problems = []
    for error in fault.errors():
        where = ".".join(str(part) for part in error["loc"])
        key = str(error["loc"][-1]) if error["loc"] else ""
        if error["type"] == "extra_forbidden":
            known = sorted(_all_fields(model))
            guess = difflib.get_close_matches(key, known, 1)
            fix = f"did you mean '{guess[0]}'?" if guess else f"known keys are: {', '.join(known)}"
            problems.append(Problem(code, f"unknown key '{key}'", f"{place}, {where}", fix=fix))
        elif error["type"] == "missing":
            problems.append(Problem(code, f"the key '{key}' is missing", f"{place}, {where}", fix=f"add '{key}'"))
        else:
            problems.append(Problem(code, f"'{key}' is not understood", f"{place}, {where}", error["msg"], "correct it"))
    return problems


def _all_fields(model: type[Any]) -> set[str]:
    """Field names of a pydantic model and of every model inside it."""
    names: set[str] = set()
    waiting = [model]
    while waiting:
        current = waiting.pop()
        if not hasattr(current, "model_fields"):
            waiting += [inner for inner in get_args(current) if inner is not None]
            continue
        names |= set(current.model_fields)
        waiting += [field.annotation for field in current.model_fields.values() if field.annotation]
    return names
