"""Sites against a target in a funnel: exact limits, limits that allow for over-dispersion, and where each site stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.sites.beta_binomial import beta_binomial
from evaltools.estimate.sites.funnel_allowance import ALLOWANCES, Allowance, all_limits, allowed_z, position
from evaltools.estimate.sites.funnel_scale import funnel_scale
from evaltools.estimate.sites.over_dispersion import OverDispersion, over_dispersion
from evaltools.estimate.sites.site_counts import Basis, few_sites, site_counts

__all__ = ["Funnel", "funnel"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Funnel:
    """A funnel: its table, its target and its limits, which labels and pictures both come from.

    table: the rows of the frame, with value, target, z, z_transformed, z_overdispersed, lower_95, upper_95, lower_998,
    upper_998 (exact; other levels by their own names), the same with '_overdispersed', position ('within', 'above',
    'below', 'far above', 'far below': outside the first and the last level, over-dispersion allowed for) and note.
    phi, tau2: over-dispersion; dispersion: with its interval. rho: of the beta-binomial allowance. note: on few sites.
    """

    table: pd.DataFrame
    target: float
    dispersion: OverDispersion
    rho: float
    basis: Basis
    allowance: Allowance
    levels: tuple[float, ...]
    external: bool
    transformed: bool
    method: str
    note: str

    @property
    def phi(self) -> float:
        """Over-dispersion factor, of winsorised z-scores."""
        return self.dispersion.phi

    @property
    def tau2(self) -> float:
        """Variance between sites beyond chance, on the scale of the z-scores."""
        return self.dispersion.tau2

    def limits(self, sizes: Sequence[float] | Floats, target: float | None = None) -> pd.DataFrame:
        """Return size, and the limits of every level with and without over-dispersion, for any sizes above 0.

        Sizes of proportions are rounded up to whole people.
        """
        size = np.asarray(sizes, dtype=float)
        size = np.unique(np.ceil(size)) if self.basis == "proportion" else size
        aim = np.full(len(size), self.target if target is None else target)
        scale = funnel_scale(self.basis, self.transformed)
        allowed = (self.allowance, self.phi, self.tau2, self.rho)
        return pd.DataFrame({"size": size} | all_limits(self.basis, scale, self.levels, (size, aim), allowed))


def funnel(  # noqa: PLR0913 - the counts, and five independent choices of a funnel
    df: pd.DataFrame,
    numerator: str,
    denominator: str,
    target: float | Literal["leave-one-out"] | None = None,
    overdispersion: Allowance | None = "additive",
    basis: Basis = "proportion",
    levels: Sequence[float] = (0.95, 0.998),
    transformed: bool = False,
    winsorise: float = 0.1,
) -> Funnel:
    """Hold sites against a target.

    Parameters
    ----------
    df : pandas.DataFrame
        One row a site; the table keeps their order and columns.
    numerator, denominator : str
        Columns: events; people (basis 'proportion'), time at risk ('rate') or expected events ('ratio').
    target : float or 'leave-one-out', optional
        An external target; 'leave-one-out' holds each site against the others together. Without it, the sites together
        (for a ratio, 1). The limits take the target as known.
    overdispersion : {'additive', 'multiplicative', 'beta-binomial', 'none'}, optional
        How the second set of limits allows for sites that differ by more than chance.
    basis : {'proportion', 'rate', 'ratio'}
        What the denominator is.
    levels : sequence of float
        Shares of sites at the target that fall within the limits.
    transformed : bool
        Measure over-dispersion on the arcsine or square-root scale.
    winsorise : float
        Share of z-scores pulled in at each end before over-dispersion is measured.

    Returns
    -------
    Funnel
        EstimateError E230 to E236 when the counts or a choice cannot be used. Sites that cannot be compared stay in the
        table, with a note.

    References
    ----------
    Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202.

    Examples
    --------
    >>> sites = pd.DataFrame({"starts": [219, 84, 170, 358], "engaged": [704, 239, 496, 1171]})
    >>> made = funnel(sites, "starts", "engaged")
    >>> made.table[["value", "z", "position"]].round(3).values.tolist()[1]
    [0.351, 1.098, 'within']
    """
    counts = site_counts(df, numerator, denominator, basis)
    allowance = _checked(overdispersion, basis, levels)
    use = counts.usable
    events, size = counts.events[use], counts.size[use]
    aim, whole = _targets(events, size, target, basis)
    scale = funnel_scale(basis, transformed)
    value = events / size
    found = over_dispersion(
        scale.forward(value),
        scale.forward(aim),
        scale.spread(aim, size),
        winsorise,
        external=isinstance(target, int | float) or basis == "ratio",
    )
    rho = beta_binomial(events, size).rho if allowance == "beta-binomial" else 0.0
    plain, even = funnel_scale(basis, False), funnel_scale(basis, True)
    z = (value - aim) / plain.spread(aim, size)
    columns = {
        "target": aim,
        "z": z,
        "z_transformed": (even.forward(value) - even.forward(aim)) / even.spread(aim, size),
        "z_overdispersed": allowed_z(scale, allowance, (value, aim, size), found, rho),
        **all_limits(basis, scale, levels, (size, aim), (allowance, found.phi, found.tau2, rho)),
    }
    table = df.copy()
    table["value"] = np.divide(counts.events, counts.size, out=np.full(len(df), np.nan), where=counts.size > 0)
    for name, held in columns.items():
        table[name] = np.nan
        table.loc[use, name] = held
    table["position"] = position(table, use, levels)
    table["note"] = list(counts.note)
    method = f"exact {'binomial' if basis == 'proportion' else 'Poisson'} limits; over-dispersion: {allowance}"
    external = isinstance(target, int | float)
    note = few_sites(int(use.sum()))
    return Funnel(table, whole, found, rho, basis, allowance, tuple(levels), external, transformed, method, note)


def _checked(overdispersion: Allowance | None, basis: Basis, levels: Sequence[float]) -> Allowance:
    allowance = overdispersion or "none"
    if allowance not in ALLOWANCES:
        fix = f"use one of: {', '.join(ALLOWANCES)}"
        raise EstimateError(Problem("E234", f"there is no over-dispersion called '{allowance}'", fix=fix))
    if allowance == "beta-binomial" and basis != "proportion":
        raise EstimateError(Problem("E234", "beta-binomial limits are those of proportions", fix="use 'additive'"))
    if not levels:
        raise EstimateError(Problem("E234", "a funnel needs a level", fix="give levels, for example (0.95, 0.998)"))
    return allowance


def _targets(
    events: Floats, size: Floats, target: float | Literal["leave-one-out"] | None, basis: Basis
) -> tuple[Floats, float]:
    """Return the target of each site, shape (I,), and that of all together."""
    pooled = 1.0 if basis == "ratio" else float(events.sum() / size.sum())
    if target == "leave-one-out":
        if len(events) < 2:
            raise EstimateError(Problem("E235", "one site has no others to be held against", fix="give a target"))
        aim = (events.sum() - events) / (size.sum() - size)
    else:
        if isinstance(target, str):
            raise EstimateError(
                Problem("E235", f"there is no target called '{target}'", fix="give a number or 'leave-one-out'")
            )
        pooled = pooled if target is None else float(target)
        aim = np.full(len(events), pooled)
    if not ((aim > 0).all() and (basis != "proportion" or (aim < 1).all())):
        what = "nobody or everybody has the outcome, or the target is out of range: there are no limits around it"
        raise EstimateError(
            Problem("E236", what, fix="give a target" + (" between 0 and 1" if basis == "proportion" else ""))
        )
    return aim, pooled
