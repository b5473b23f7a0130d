"""Specialists side by side: how many job starts (volume) and how likely for each client (rate), shrunken and apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaltools.estimate.regression.caseload_cautions import CASELOAD_CAUTIONS
from evaltools.estimate.regression.mixed_model import MixedFit, mixed_model

__all__ = ["SpecialistEffects", "specialist_effects"]


@dataclass(frozen=True)
class SpecialistEffects:
    """Differences between specialists. Figures of staff are never public.

    effects: frame with specialist, measure ('volume': starts for each full-time month; 'rate': for each client-month),
    months, starts, exposure, observed (starts over exposure), ratio (to the expected one, shrunken), lower, upper. volume,
    rate: the models. reading: what may be said of them. cautions: to print with them.
    """

    effects: pd.DataFrame
    volume: MixedFit
    rate: MixedFit
    reading: tuple[str, ...]
    cautions: tuple[str, ...] = CASELOAD_CAUTIONS


def specialist_effects(  # noqa: PLR0913 - the data, and the columns with a part of their own
    data: pd.DataFrame,
    outcome: str,
    specialist: str,
    full_time: str,
    client_months: str,
    adjust: str = "1",
    level: float = 0.95,
) -> SpecialistEffects:
    """Estimate specialists' volume and rate with random intercepts.

    Parameters
    ----------
    data : pandas.DataFrame
        One row for each specialist and month; starts credited to who held the case at the start.
    outcome, specialist, full_time, client_months : str
        Columns.
    adjust : str
        What is allowed for: "C(site) + ramp_up + handed_over"; months of filling a caseload and clients handed over belong
        here.
    level : float
        Confidence level.

    References
    ----------
    Goldstein and Spiegelhalter (1996), Journal of the Royal Statistical Society A 159, 385-443.
    """
    formula = f"{outcome} ~ {adjust}"
    fits = {
        name: mixed_model(data, formula, specialist, "poisson", exposure, level=level)
        for name, exposure in (("volume", full_time), ("rate", client_months))
    }
    parts = [
        _effects(data, fit, outcome, specialist, exposure).assign(measure=name)
        for (name, fit), exposure in zip(fits.items(), (full_time, client_months), strict=True)
    ]
    columns = ["specialist", "measure", "months", "starts", "exposure", "observed", "ratio", "lower", "upper"]
    reading = tuple(_reading(name, fit) for name, fit in fits.items())
    return SpecialistEffects(pd.concat(parts, ignore_index=True)[columns], fits["volume"], fits["rate"], reading)


def _effects(data: pd.DataFrame, fit: MixedFit, outcome: str, specialist: str, exposure: str) -> pd.DataFrame:
    used = data.iloc[fit.used]
    totals = used.groupby(specialist, observed=True)[[outcome, exposure]].sum().astype(float)
    held = totals.loc[fit.groups["group"]]
    starts, size = held[outcome].to_numpy(), held[exposure].to_numpy()
    return pd.DataFrame(
        {
            "specialist": fit.groups["group"],
            "months": fit.groups["n"],
            "starts": starts,
            "exposure": size,
            "observed": starts / size,
            **{to: np.exp(fit.groups[of]) for to, of in (("ratio", "estimate"), ("lower", "lower"), ("upper", "upper"))},
        }
    )


def _reading(name: str, fit: MixedFit) -> str:
    apart = int(((fit.groups["lower"] > 0) | (fit.groups["upper"] < 0)).sum())
    many = len(fit.groups)
    if not fit.variance:
        return f"{name}: the {many} specialists cannot be told apart"
    return (
        f"{name}: of two specialists at random, the higher has {fit.median_ratio:.2f} times the {name} (median); "
        f"the interval of {apart} of {many} leaves out the programme's expectation"
    )
