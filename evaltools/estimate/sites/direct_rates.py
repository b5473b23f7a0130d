"""Direct standardisation: each site's shares in classes of people, put together in the programme's proportions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.confidence import critical_value

__all__ = ["direct_rates"]


def direct_rates(
    people: pd.DataFrame, outcome: str, site: str, strata: Sequence[str], level: float = 0.95
) -> tuple[pd.DataFrame, float]:
    """Return the directly standardised share of each site, and that of the programme.

    Parameters
    ----------
    people : pandas.DataFrame
        One row a person.
    outcome : str
        Column of 0 and 1; people without it, or without a class, are left out.
    site : str
        Column of sites.
    strata : sequence of str
        Columns whose combinations are the classes.
    level : float
        Of the limits, symmetric on the logit scale.

    Returns
    -------
    tuple of pandas.DataFrame and float
        site, people, observed, crude, covered (share of the programme's people in classes that the site has), value, lower,
        upper, note. Without people in every class there is no value, and a note.

    Examples
    --------
    >>> people = pd.DataFrame({"job": [1, 0, 1, 1, 0, 0, 1, 0], "site": list("aaaabbbb"), "sex": list("ffmmffmm")})
    >>> direct_rates(people, "job", "site", ["sex"])[0][["crude", "value"]].values.tolist()
    [[0.75, 0.75], [0.25, 0.25]]
    """
    held = people[[site, outcome, *strata]].dropna()
    values = held[outcome].to_numpy(dtype=float)
    if not len(held) or not np.isin(values, (0, 1)).all():
        raise EstimateError(Problem("E231", f"'{outcome}' does not hold 0 and 1 of anybody", fix="give outcomes of 0 and 1"))
    group = held.groupby(list(strata), observed=True, sort=False).ngroup().to_numpy()
    place, labels = pd.factorize(held[site])
    shape = (len(labels), int(group.max()) + 1)
    cell = place * shape[1] + group
    n = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape).astype(float)
    x = np.bincount(cell, values, shape[0] * shape[1]).reshape(shape)
    weight = n.sum(axis=0) / n.sum()
    share = np.divide(x, n, out=np.zeros(shape), where=n > 0)
    covered = ((n > 0) * weight).sum(axis=1)
    value = share @ weight
    variance = (weight**2 * share * (1 - share) / np.maximum(n, 1)).sum(axis=1)
    whole = covered > 1 - 1e-12
    inside = whole & (value > 0) & (value < 1) & (variance > 0)
    p = np.where(inside, value, 0.5)
    half = critical_value(level) * np.sqrt(variance) / (p * (1 - p))
    table = pd.DataFrame({"site": labels, "people": n.sum(axis=1), "observed": x.sum(axis=1)})
    table["crude"] = table["observed"] / table["people"]
    table["covered"] = covered
    table["value"] = np.where(whole, value, np.nan)
    for name, sign in (("lower", -1), ("upper", 1)):
        table[name] = np.where(inside, expit(logit(p) + sign * half), np.nan)
    lacking = (n == 0).sum(axis=1)
    table["note"] = [
        "" if full else f"nobody in {none} of {shape[1]} classes: not comparable"
        for full, none in zip(whole, lacking, strict=True)
    ]
    return table, float(values.mean())
