"""Log density and log survival of the standard error terms of accelerated failure time models, with two derivatives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_ndtr

__all__ = ["ERROR_TERMS", "Curve", "ErrorTerm", "Family"]

Floats = NDArray[np.float64]
Family = Literal["weibull", "exponential", "lognormal", "loglogistic"]


class Curve(NamedTuple):
    """A function of z with its first two derivatives."""

    value: Floats
    slope: Floats
    bend: Floats


class ErrorTerm(NamedTuple):
    """Log density and log survival of the standard error term."""

    density: Callable[[Floats], Curve]
    survival: Callable[[Floats], Curve]


def _extreme_density(z: Floats) -> Curve:
    return Curve(z - np.exp(z), 1 - np.exp(z), -np.exp(z))


def _extreme_survival(z: Floats) -> Curve:
    return Curve(-np.exp(z), -np.exp(z), -np.exp(z))


def _logistic_density(z: Floats) -> Curve:
    p = expit(z)
    return Curve(z - 2 * np.logaddexp(0, z), 1 - 2 * p, -2 * p * (1 - p))


def _logistic_survival(z: Floats) -> Curve:
    p = expit(z)
    return Curve(-np.logaddexp(0, z), -p, -p * (1 - p))


def _normal_density(z: Floats) -> Curve:
    return Curve(-(z**2) / 2 - np.log(2 * np.pi) / 2, -z, -np.ones_like(z))


def _normal_survival(z: Floats) -> Curve:
    tail = log_ndtr(-z)
    hazard = np.exp(-(z**2) / 2 - np.log(2 * np.pi) / 2 - tail)
    return Curve(tail, -hazard, -hazard * (hazard - z))


ERROR_TERMS: dict[str, ErrorTerm] = {
    "weibull": ErrorTerm(_extreme_density, _extreme_survival),
    "exponential": ErrorTerm(_extreme_density, _extreme_survival),
    "lognormal": ErrorTerm(_normal_density, _normal_survival),
    "loglogistic": ErrorTerm(_logistic_density, _logistic_survival),
}
