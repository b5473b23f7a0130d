"""Turn pydantic's faults into problems that say which key, where, and what was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any, get_args

from pydantic import ValidationError

from evaltools.errors import Problem

__all__ = ["validation_problems"]

_UNKNOWN = {"extra_forbidden", "unexpected_keyword_argument"}  # of a model, of a dataclass
_REMEDIES = {
    "date": "give a day as year-month-day without quotation marks, for example 2019-09-30",
    "string": "give words in quotation marks; an id has lower-case letters, digits and '_' only",
    "int": "give a whole number",
    "float": "give a number",
    "bool": "give true or false",
    "literal": "use one of the values named",
    "tuple": "give a list in square brackets",
    "greater": "give a larger number",
    "less": "give a smaller number",
}


def validation_problems(fault: ValidationError, code: str, place: str, model: type[Any]) -> list[Problem]:
    """Each fault of a settings file as a problem with a suggestion, instead of pydantic's own words."""
    problems = []
    for error in fault.errors():
        where = ", ".join(filter(None, [place, ".".join(str(part) for part in error["loc"])]))
        key = str(error["loc"][-1]) if error["loc"] else ""
        if error["type"] in _UNKNOWN:
            known = sorted(_fields_at(model, error["loc"][:-1]))
            guess = difflib.get_close_matches(key, known, 1)
            fix = f"did you mean '{guess[0]}'?" if guess else f"known keys are: {', '.join(known)}"
            problems.append(Problem(code, f"unknown key '{key}'", where, fix=fix))
        elif error["type"] == "missing":
            problems.append(Problem(code, f"the key '{key}' is missing", where, fix=f"add '{key}'"))
        elif error["type"] == "value_error":
            problems.append(Problem(code, error["msg"].removeprefix("Value error, "), where, fix="correct it"))
        else:
            what = f"'{key}' is not understood" if key else "the file holds no settings"
            problems.append(
                Problem(code, what, where, error["msg"], _REMEDIES.get(error["type"].split("_")[0], "correct it"))
            )
    return problems


def _fields_at(model: type[Any], path: Sequence[int | str]) -> set[str]:
    """Names of the keys that are known at a place: path leads there from the model by keys and list positions."""
    here = [model]
    for part in path:
        inside = [_fields(each)[part].annotation for each in here if part in _fields(each)]
        # a list position, or a key that the user chose, leads to the same kind of thing
        here = [inner for annotation in inside for inner in _models(annotation)] or here
    return {name for each in here for name in _fields(each)}


def _fields(model: Any) -> dict[Any, Any]:
    return dict(getattr(model, "__pydantic_fields__", {}))


def _models(annotation: Any) -> list[Any]:
    """Give the models inside an annotation such as tuple[Site, ...] or Weeks | None."""
    if _fields(annotation):
        return [annotation]
    return [inner for part in get_args(annotation) for inner in _models(part)]
