"""The terms of a model formula, checked before anything is evaluated: known columns and a short list of functions only."""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from evaltools.errors import EstimateError, Problem

__all__ = ["FUNCTIONS", "FormulaTerms", "closest_name", "formula_terms"]

FUNCTIONS = ("C", "I", "bs", "center", "contr", "cr", "exp", "log", "poly", "scale", "sqrt")
"""Functions that a formula may call. `contr` gives the coding of categories, for example contr.treatment(base='north')."""

_ROW_BY_ROW = {"C", "I", "exp", "log", "sqrt", "contr"}  # the others depend on all rows together
_NODES = (
    ast.Expression,
    ast.Call,
    ast.Name,
    ast.Load,
    ast.Constant,
    ast.keyword,
    ast.List,
    ast.Tuple,
    ast.UnaryOp,
    ast.USub,
    ast.BinOp,
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.Pow,
)


@dataclass(frozen=True)
class FormulaTerms:
    """A formula that is safe to evaluate.

    formula: formulaic's formula, with its intercept. columns: the columns that it needs, in order. plain: the columns, when
    the formula is nothing but a sum of columns; None otherwise. row_by_row: whether a row's values depend on that row alone.
    """

    formula: Any
    columns: tuple[str, ...]
    plain: tuple[str, ...] | None
    row_by_row: bool


def formula_terms(formula: str, columns: Sequence[str]) -> FormulaTerms:
    """Read a formula such as "age + C(site) + bs(caseload, df=4)" and refuse what it must not hold.

    Parameters
    ----------
    formula : str
        Right-hand side of a model, in Wilkinson's notation. An intercept is understood.
    columns : sequence of str
        Columns that may be named.

    Returns
    -------
    FormulaTerms
        EstimateError for a formula that cannot be read, a name that is no column, a function that is not in `FUNCTIONS`.

    References
    ----------
    Wilkinson and Rogers (1973), Applied Statistics 22, 392-399.

    Examples
    --------
    >>> formula_terms("age + C(site)", ["age", "site", "days"]).columns
    ('age', 'site')
    """
    parsed = _parse(formula)
    terms = [term for term in parsed if str(term) != "1"]
    if len(terms) == len(list(parsed)):
        raise EstimateError(
            Problem(
                "E130", f"the formula '{formula}' removes the intercept", fix="leave out '0' and '-1': '1' is understood"
            )
        )
    if not terms:
        raise EstimateError(
            Problem("E130", "the formula names no covariate", fix="name columns, for example 'age + C(site)'")
        )
    found: dict[str, None] = {}
    row_by_row = True
    for factor in (factor for term in terms for factor in term.factors):
        names, called = _names(factor.expr, formula) if factor.eval_method.value == "python" else ([factor.expr], set())
        found |= dict.fromkeys(names if factor.eval_method.value != "literal" else [])
        row_by_row = row_by_row and called <= _ROW_BY_ROW
    _refuse_unknown(found, columns, formula)
    plain = all(len(term.factors) == 1 and term.factors[0].eval_method.value == "lookup" for term in terms)
    return FormulaTerms(parsed, tuple(found), tuple(str(term) for term in terms) if plain else None, row_by_row)


def closest_name(name: str, names: Iterable[str]) -> str:
    """Say which name was probably meant, or else which there are.

    >>> closest_name("caselod", ["caseload", "site"])
    "did you mean 'caseload'?"
    """
    known = [str(each) for each in names]
    near = difflib.get_close_matches(name, known, n=1)
    return f"did you mean '{near[0]}'?" if near else f"use one of: {', '.join(known)}"


@lru_cache(maxsize=64)  # reading a formula takes as long as fitting two thousand rows
def _parse(formula: str) -> Any:
    """Return formulaic's formula; its message without colours when it cannot be read."""
    from formulaic import Formula
    from formulaic.errors import FormulaicError

    try:
        parsed = Formula(formula)
    except (FormulaicError, SyntaxError) as error:
        why = re.sub(r"\x1b\[[0-9;]*m|[⧛⧚]", "", str(error)).split("\n")[0]
        raise EstimateError(
            Problem("E130", f"the formula '{formula}' cannot be read", detail=why, fix="write, for example, 'age + C(site)'")
        ) from None
    if type(parsed).__name__ != "SimpleFormula":
        raise EstimateError(
            Problem(
                "E130", f"the formula '{formula}' has more than one side", fix="give the covariates only, without '~' or '|'"
            )
        )
    return parsed


def _names(expression: str, formula: str) -> tuple[list[str], set[str]]:
    """Return the columns named in one expression and the functions called; refuse everything else."""
    quoted: dict[str, str] = {}

    def take(match: re.Match[str]) -> str:
        quoted[f"_quoted_{len(quoted)}"] = match.group(1)
        return f"_quoted_{len(quoted) - 1}"

    try:
        tree = ast.parse(re.sub(r"`([^`]*)`", take, expression).strip("{}"), mode="eval")
    except SyntaxError:
        raise EstimateError(Problem("E130", f"'{expression}' in the formula '{formula}' cannot be read")) from None
    names, called = [], set()
    for node in ast.walk(tree):
        coding = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "contr"
        if not coding and not isinstance(node, _NODES):
            raise EstimateError(_refused(expression, formula))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called.add(node.func.id)
        if isinstance(node, ast.Name):
            names.append(quoted.get(node.id, node.id))
    if not called <= set(FUNCTIONS):
        raise EstimateError(_refused(expression, formula))
    return [name for name in names if name not in called | {"contr"}], called


def _refused(expression: str, formula: str) -> Problem:
    return Problem(
        "E131",
        f"'{expression}' in the formula '{formula}' is more than a formula may hold",
        fix=f"use columns and the functions {', '.join(FUNCTIONS)}; work out anything else as a column first",
    )


def _refuse_unknown(found: Iterable[str], columns: Sequence[str], formula: str) -> None:
    known = {str(name) for name in columns}
    problems = [
        Problem("E132", f"there is no column '{name}'", place=f"formula '{formula}'", fix=closest_name(name, known_sorted))
        for known_sorted in [sorted(known)]
        for name in found
        if name not in known
    ]
    if problems:
        raise EstimateError(*problems)
