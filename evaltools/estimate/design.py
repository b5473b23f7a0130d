"""The design matrix of every model: built once, from named columns only, with rows that lack a covariate counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.day_numbers import once_each
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.covariate_patterns import covariate_patterns
from evaltools.estimate.formula_terms import FormulaTerms, formula_terms

__all__ = ["Design", "columns_of_terms", "design"]

Floats = NDArray[np.float64]
_BLOCK = 4096


@dataclass(frozen=True)
class Design:
    """The covariates of a model as numbers, without intercept.

    terms: name of each column, as formulaic gives it: 'age', 'C(site)[T.north]', 'age:C(site)[T.north]'.
    matrix: shape (m, p), less `centre`; one row for each row used or, with `pattern`, for each distinct combination.
    centre: shape (p,), mean of each column over the rows used. reach: shape (p,), its range.
    pattern: shape (n,), which row of `matrix` each row used has; None when rows are not collapsed.
    used: shape (n,), positions of the rows used among those given. n_missing: rows set aside for a missing covariate.
    levels: categories of each column that holds categories. formula: as given.
    """

    terms: tuple[str, ...]
    matrix: Floats
    centre: Floats
    reach: Floats
    pattern: NDArray[np.int64] | None
    used: NDArray[np.int64]
    n_missing: int
    levels: dict[str, tuple[Any, ...]]
    formula: str
    spec: Any = field(repr=False, default=None)

    def expanded(self) -> Floats:
        """Return one row for each row used, shape (n, p), less `centre`."""
        return self.matrix if self.pattern is None else self.matrix[self.pattern]

    def rows(self, newdata: pd.DataFrame) -> Floats:
        """Return the design matrix of other people, shape (k, p), less `centre`.

        newdata: a frame with the columns of the formula, none missing, no category that was not in the data of the fit.
        """
        read = formula_terms(self.formula, list(newdata.columns))
        frame = newdata[list(read.columns)]
        lacking = int(frame.isna().any(axis=1).sum())
        problems = [
            Problem(
                "E135", f"'{name}' has a category that was not in the data of the fit", fix=f"use one of: {_list(known)}"
            )
            for name, known in self.levels.items()
            if not frame[name].isna().all() and not set(frame[name].dropna().unique()) <= set(known)
        ]
        if lacking:
            problems.append(
                Problem("E135", f"{lacking} of {len(frame)} rows lack a covariate", fix="fill them or leave them out")
            )
        if problems:
            raise EstimateError(*problems)
        frame = frame.assign(**{name: pd.Categorical(frame[name], list(known)) for name, known in self.levels.items()})
        if self.spec is None:
            return frame[list(self.terms)].to_numpy(dtype=float) - self.centre
        return _without_intercept(self.spec.get_model_matrix(_numeric(frame), context={})) - self.centre


def design(data: pd.DataFrame, formula: str, collapse: bool = False) -> Design:
    """Build the design matrix of a formula.

    Parameters
    ----------
    data : pandas.DataFrame
        One row for each person, or for each person and stretch of time. Nothing else is in reach of the formula.
    formula : str
        For example "age + C(site)". See `formula_terms` for what it may hold.
    collapse : bool
        Keep one row for each distinct combination of values, where all columns hold categories and combinations are few.

    Returns
    -------
    Design
        EstimateError when no row has every covariate, a covariate is infinite, or a column is constant.

    Examples
    --------
    >>> people = pd.DataFrame({"age": [30.0, None, 50.0], "site": ["a", "b", "b"]})
    >>> made = design(people, "age + C(site)")
    >>> made.terms, (made.matrix + made.centre).tolist(), made.n_missing
    (('age', 'C(site)[T.b]'), [[30.0, 0.0], [50.0, 1.0]], 1)
    """
    read = formula_terms(formula, list(map(str, data.columns)))
    once_each(data)
    frame = data[list(read.columns)]
    lacking = np.zeros(len(frame), dtype=bool)
    for name, dtype in frame.dtypes.items():
        if not (isinstance(dtype, np.dtype) and dtype.kind in "biu"):  # which cannot lack a value
            lacking |= pd.isna(frame[name].to_numpy()) if isinstance(dtype, np.dtype) else frame[name].isna().to_numpy()
    used = np.flatnonzero(~lacking)
    if not len(used):
        raise EstimateError(
            Problem("E136", f"no row has every covariate of '{formula}'", fix="leave out the covariates that nobody has")
        )
    frame = _settled(frame if len(used) == len(frame) else frame.iloc[used])
    labelled = [str(name) for name, dtype in frame.dtypes.items() if isinstance(dtype, pd.CategoricalDtype)]
    levels = {name: tuple(frame[name].cat.categories) for name in labelled}
    _refuse_constant(frame, formula)
    small, pattern = covariate_patterns(frame) if collapse and read.row_by_row else (frame, None)
    columns, terms, spec = _columns(small, read, levels)
    times = None if pattern is None else np.bincount(pattern, minlength=len(small))
    centre, reach = _place(columns, times, terms, formula)
    return Design(terms, _fill(columns, centre), centre, reach, pattern, used, len(data) - len(used), levels, formula, spec)


def columns_of_terms(made: Design) -> dict[str, list[int]]:
    """Give the positions of the columns that each term of the formula made: one for a number, k - 1 for k categories.

    >>> people = pd.DataFrame({"age": [30, 40, 50], "site": ["a", "b", "c"]})
    >>> columns_of_terms(design(people, "age + C(site)"))
    {'age': [0], 'C(site)': [1, 2]}
    """
    if made.spec is None:
        return {name: [place] for place, name in enumerate(made.terms)}
    place = {name: position for position, name in enumerate(made.terms)}
    names = list(made.spec.column_names)
    parts = {
        str(term): [place[names[at]] for at in own if names[at] in place] for term, own in made.spec.term_indices.items()
    }
    return {term: own for term, own in parts.items() if own}


def _settled(frame: pd.DataFrame) -> pd.DataFrame:
    """Return text and categories as categories that occur, and every other column as plain numbers."""
    labelled = {
        str(name): frame[name].cat.remove_unused_categories()
        if isinstance(dtype, pd.CategoricalDtype)
        else frame[name].astype("category")
        for name, dtype in frame.dtypes.items()
        if not pd.api.types.is_numeric_dtype(dtype)
    }
    return _numeric(frame.assign(**labelled) if labelled else frame)


def _numeric(frame: pd.DataFrame) -> pd.DataFrame:
    """Return nullable numbers and truth values as numpy's floats."""
    nullable = {
        str(name): frame[name].astype(float)
        for name, dtype in frame.dtypes.items()
        if pd.api.types.is_bool_dtype(dtype)
        or (pd.api.types.is_extension_array_dtype(dtype) and pd.api.types.is_numeric_dtype(dtype))
    }
    return frame.assign(**nullable) if nullable else frame


def _columns(
    frame: pd.DataFrame, read: FormulaTerms, levels: dict[str, tuple[Any, ...]]
) -> tuple[list[Floats], tuple[str, ...], Any]:
    """Return the columns, their names and formulaic's specification; a plain sum of numeric columns needs none."""
    if read.plain is not None and not levels:
        return [frame[name].to_numpy(dtype=float) for name in read.plain], read.plain, None
    with np.errstate(all="ignore"):  # what cannot be worked out is found below and said in words
        made = read.formula.get_model_matrix(frame, context={}, na_action="ignore")
    names = [name for name in made.columns if name != "Intercept"]
    return [made[name].to_numpy(dtype=float) for name in names], tuple(map(str, names)), made.model_spec


def _without_intercept(made: pd.DataFrame) -> Floats:
    return made.drop(columns="Intercept").to_numpy(dtype=float)


def _refuse_constant(frame: pd.DataFrame, formula: str) -> None:
    """Refuse columns with the same value for everybody, all at once."""
    problems = [
        Problem(
            "E134",
            f"not estimable: '{name}' has the same value for everybody",
            place=f"formula '{formula}'",
            fix="leave it out",
        )
        for name in frame
        if _same(frame[name])
    ]
    if problems:
        raise EstimateError(*problems)


def _same(column: pd.Series) -> bool:
    """Tell whether everybody has the same value; a look at the first few answers it for most columns."""
    values = column.cat.codes.to_numpy() if isinstance(column.dtype, pd.CategoricalDtype) else column.to_numpy()
    return bool((values[:64] == values[0]).all() and (values == values[0]).all())


def _place(
    columns: list[Floats], times: NDArray[np.int64] | None, terms: tuple[str, ...], formula: str
) -> tuple[Floats, Floats]:
    """Return the mean and range of each column; refuse infinite numbers and constant columns, all at once."""
    low, high = np.array([column.min() for column in columns]), np.array([column.max() for column in columns])
    finite = np.isfinite(low) & np.isfinite(high)
    place = f"formula '{formula}'"
    problems = [
        Problem("E133", f"'{term}' is not a finite number for some rows", place=place, fix="set these rows aside")
        for term, known in zip(terms, finite, strict=True)
        if not known
    ]
    problems += [
        Problem("E134", f"not estimable: '{term}' has the same value for everybody", place=place, fix="leave it out")
        for term, same in zip(terms, (low == high) & finite, strict=True)
        if same
    ]
    if problems:
        raise EstimateError(*problems)
    centre = [column.mean() if times is None else times @ column / times.sum() for column in columns]
    return np.array(centre), high - low


def _fill(columns: list[Floats], centre: Floats) -> Floats:
    """Return the columns less their centres side by side, a block of rows at a time: the only copy of the data."""
    matrix = np.empty((len(columns[0]), len(columns)))
    for first in range(0, len(matrix), _BLOCK):
        rows = slice(first, first + _BLOCK)
        for place, column in enumerate(columns):
            np.subtract(column[rows], centre[place], out=matrix[rows, place])
    return matrix


def _list(names: tuple[Any, ...]) -> str:
    return ", ".join(map(str, names))
