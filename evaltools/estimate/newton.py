"""Newton's method for a log-likelihood, with words for the two ways in which there is nothing to find."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem

__all__ = ["Evaluation", "Maximum", "Search", "maximise", "refuse_collinear"]

Floats = NDArray[np.float64]
_RUNAWAY = 0.2  # a last step that still moves somebody's log hazard by this much is on its way to infinity
_VAGUE = 200.0  # an error this large, between two people, is that of an estimate at infinity
_SAME = 1e-10


@dataclass(frozen=True)
class Evaluation:
    """Log-likelihood, its gradient (p,) and information (p, p), minus the second derivatives, at one point."""

    loglik: float
    gradient: Floats
    information: Floats


@dataclass(frozen=True)
class Maximum:
    """Where the log-likelihood is highest: point (p,), its value, covariance (p, p) and the number of steps taken."""

    point: Floats
    loglik: float
    covariance: Floats
    steps: int


@dataclass(frozen=True)
class Search:
    """How to look for a maximum.

    terms: names of the parameters, for messages. reach: shape (p,), range of each covariate, by which a step of 1 moves
    the linear predictor between two people; without it nothing is said to grow without limit. floor: information (p,) below
    which there is none but rounding. promise: twice the rise in log-likelihood that is not worth another step. most_steps:
    when to give up.
    """

    terms: Sequence[str]
    reach: Floats | None = None
    floor: Floats | float = 0.0
    promise: float = 1e-10
    most_steps: int = 60


def maximise(evaluate: Callable[[Floats], Evaluation], start: Floats, search: Search) -> Maximum:
    """Climb a log-likelihood to its maximum by full Newton steps, halved where they overshoot.

    Parameters
    ----------
    evaluate : callable
        From a point (p,) to an Evaluation; -inf where the point is not allowed.
    start : numpy.ndarray
        First point, shape (p,).
    search : Search
        Names and limits.

    Returns
    -------
    Maximum
        EstimateError 'not estimable' when parameters cannot be told apart or grow without limit.

    Examples
    --------
    >>> def parabola(at):
    ...     return Evaluation(-float((at - 3) @ (at - 3)), -2 * (at - 3), 2 * np.eye(1))
    >>> maximise(parabola, np.zeros(1), Search(["x"])).point.tolist()
    [3.0]
    """
    point, here = start, evaluate(start)
    refuse_collinear(here.information, search.terms, search.floor)
    for count in range(1, search.most_steps + 1):
        step = _step(here)
        promised = float(here.gradient @ step)
        if search.reach is not None and promised < 1e-6:
            _refuse_runaway(step * search.reach, search.terms)
        if promised < search.promise:
            covariance = _inverse(here.information)
            if search.reach is not None:
                _refuse_vague(np.sqrt(np.diag(covariance)) * search.reach, search.terms)
            return Maximum(point + step, here.loglik + promised / 2, covariance, count)
        point, here = _climb(evaluate, point, here, step)
    raise EstimateError(
        Problem(
            "E139",
            f"not estimable: no maximum was found in {search.most_steps} steps",
            fix="leave out covariates or merge categories",
        )
    )


def refuse_collinear(information: Floats, terms: Sequence[str], floor: Floats | float = 0.0) -> None:
    """Raise EstimateError when terms do not vary where it matters or repeat each other.

    information: shape (p, p). floor: shape (p,), what its diagonal must exceed.
    """
    flat = ~(np.diag(information) > floor)
    size = np.sqrt(np.where(flat, 1.0, np.diag(information)))
    if flat.any():
        names = [term for term, none in zip(terms, flat, strict=True) if none]
        raise EstimateError(
            Problem(
                "E137",
                f"not estimable: {_quote(names)} does not differ between people at risk at the same time",
                fix="leave it out, or take it out of the strata",
            )
        )
    values, vectors = np.linalg.eigh(information / np.outer(size, size))
    if values[0] < _SAME:
        part = np.abs(vectors[:, 0])
        names = [term for term, share in zip(terms, part, strict=True) if share > 0.05 * part.max()]
        raise EstimateError(
            Problem("E137", f"not estimable: {_quote(names)} repeat each other (collinear)", fix=_apart(names))
        )


def _step(here: Evaluation) -> Floats:
    """Return the Newton step; uphill even where the surface is not concave."""
    scale = 1 / np.sqrt(np.abs(np.diag(here.information)))
    values, vectors = np.linalg.eigh(here.information * np.outer(scale, scale))
    bent = np.maximum(np.abs(values), 1e-14)
    return np.asarray(scale * (vectors @ ((vectors.T @ (scale * here.gradient)) / bent)))


def _inverse(information: Floats) -> Floats:
    scale = 1 / np.sqrt(np.diag(information))
    return np.linalg.inv(information * np.outer(scale, scale)) * np.outer(scale, scale)


def _climb(
    evaluate: Callable[[Floats], Evaluation], point: Floats, here: Evaluation, step: Floats
) -> tuple[Floats, Evaluation]:
    """Take a step, or the largest half, quarter, ... of it that does not lower the log-likelihood."""
    slack = 1e-12 * max(1.0, abs(here.loglik))
    for _ in range(40):
        there = evaluate(point + step)
        if there.loglik >= here.loglik - slack:
            return point + step, there
        step = step / 2
    return point, here


def _refuse_runaway(moved: Floats, terms: Sequence[str]) -> None:
    _refuse_limitless([term for term, by in zip(terms, np.abs(moved), strict=True) if by > _RUNAWAY])


def _refuse_vague(error: Floats, terms: Sequence[str]) -> None:
    _refuse_limitless([term for term, by in zip(terms, error, strict=True) if by > _VAGUE])


def _refuse_limitless(names: Sequence[str]) -> None:
    if names:
        raise EstimateError(
            Problem(
                "E138",
                f"not estimable: {_quote(names)} separates people with an event from people without, so that the estimate "
                "grows without limit",
                fix="merge categories in which nobody or everybody has the event, or leave the covariate out",
            )
        )


def _apart(names: Sequence[str]) -> str:
    """Say how terms that repeat each other are told apart; a natural spline (cr) adds up to the intercept."""
    natural = any(name.startswith("cr(") and "constraints" not in name for name in names)
    return "write cr(..., constraints='center')" if natural else "leave one of them out"


def _quote(names: Sequence[str]) -> str:
    return " and ".join(f"'{name}'" for name in names)
