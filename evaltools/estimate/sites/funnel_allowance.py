"""Limits that allow for sites that differ by more than chance, and where a site stands by them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.estimate.confidence import critical_value
from evaltools.estimate.sites.funnel_limits import beta_binomial_limits, level_name
from evaltools.estimate.sites.funnel_scale import FunnelScale, exact_limits
from evaltools.estimate.sites.over_dispersion import OverDispersion
from evaltools.estimate.sites.site_counts import Basis

__all__ = ["ALLOWANCES", "Allowance", "all_limits", "allowed_z", "position"]

Floats = NDArray[np.float64]
Allowance = Literal["additive", "multiplicative", "beta-binomial", "none"]
ALLOWANCES: tuple[Allowance, ...] = ("additive", "multiplicative", "beta-binomial", "none")
_OVER = "_overdispersed"


def all_limits(
    basis: Basis,
    scale: FunnelScale,
    levels: Sequence[float],
    at: tuple[Floats, Floats],
    allowed: tuple[Allowance, float, float, float],
) -> dict[str, Floats]:
    """Return the limits of every level, exact and then with the allowance, by name of column, shape (k,) each.

    at: sizes and targets. allowed: the allowance, phi, tau squared and rho. Multiplicative limits are the exact ones,
    sqrt(phi) times as far from the target; additive ones are normal; beta-binomial ones exact.
    """
    size, aim = at
    allowance, phi, tau2, rho = allowed
    found: dict[str, Floats] = {}
    wide: dict[str, Floats] = {}
    for level in levels:
        name = level_name(level)
        exact = exact_limits(basis, size, aim, level)
        found |= {f"lower_{name}": exact[0], f"upper_{name}": exact[1]}
        spread = scale.spread(aim, size)
        if allowance == "beta-binomial" and rho > 0:
            lower, upper = beta_binomial_limits(size, aim, rho, level)
        elif allowance == "additive" and tau2 > 0:
            half = critical_value(level) * np.sqrt(spread**2 + tau2)
            lower, upper = (scale.back(scale.forward(aim) + sign * half) for sign in (-1, 1))
        elif allowance == "multiplicative" and phi > 1:
            lower, upper = (aim + np.sqrt(phi) * (limit - aim) for limit in exact)
        else:
            lower, upper = exact
        wide |= {f"lower_{name}{_OVER}": lower, f"upper_{name}{_OVER}": upper}
    return found | wide


def allowed_z(
    scale: FunnelScale, allowance: Allowance, at: tuple[Floats, Floats, Floats], found: OverDispersion, rho: float
) -> Floats:
    """Return z-scores of values (at: value, target, size) whose spread is that by chance and the allowance together."""
    value, aim, size = at
    spread = scale.spread(aim, size)
    if allowance == "additive":
        spread = np.sqrt(spread**2 + found.tau2)
    elif allowance == "multiplicative":
        spread = spread * np.sqrt(max(1.0, found.phi))
    elif allowance == "beta-binomial":
        spread = spread * np.sqrt(1 + (size - 1) * rho)
    return np.asarray((scale.forward(value) - scale.forward(aim)) / spread)


def position(table: pd.DataFrame, use: NDArray[np.bool_], levels: Sequence[float]) -> list[str]:
    """Say where each row stands by the limits with the allowance; 'not compared' where it has none."""
    ordered = sorted(levels)
    inner, outer = (level_name(level) + _OVER for level in (ordered[0], ordered[-1]))
    value = table["value"].to_numpy(dtype=float)

    def beyond(name: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        lower, upper = (table[f"{side}_{name}"].to_numpy(dtype=float) for side in ("lower", "upper"))
        return value > upper, value < lower

    several = np.full(len(value), len(ordered) > 1)
    choices = [~use, *(several & far for far in beyond(outer)), *beyond(inner)]
    words = ["not compared", "far above", "far below", "above", "below"]
    place = np.select(choices, list(range(len(words))), len(words))
    return [[*words, "within"][at] for at in place]
