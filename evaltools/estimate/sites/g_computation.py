"""G-computation: the share with an outcome if everybody in the programme had come to each site in turn."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit, logit

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.confidence import critical_value
from evaltools.estimate.regression.count_likelihood import canonical_fit
from evaltools.estimate.regression.model_rows import model_rows

__all__ = ["g_computation"]

Floats = NDArray[np.float64]
_SITE = "site_of_the_model"


def g_computation(
    people: pd.DataFrame, outcome: str, site: str, formula: str, level: float = 0.95
) -> tuple[pd.DataFrame, float]:
    """Return the average prediction over the programme's people with the site set to each value.

    Parameters
    ----------
    people : pandas.DataFrame
        One row a person.
    outcome : str
        Column of 0 and 1.
    site : str
        Column of sites, added to the model.
    formula : str
        Baseline covariates, without site.
    level : float
        Of the limits (delta method, on the logit scale; the programme's people are taken as given).

    Returns
    -------
    tuple of pandas.DataFrame and float
        site, people, observed, crude, value, se, lower, upper, note. EstimateError E232 with fewer than two sites, E138 when
        a site has no or only outcomes.

    References
    ----------
    Snowden, Rose and Mortimer (2011), American Journal of Epidemiology 173, 731-738.

    Examples
    --------
    >>> people = pd.DataFrame({"job": [1, 0, 1, 1, 0, 0, 1, 0], "site": list("aaaabbbb"), "age": [3, 4, 5, 6, 3, 4, 5, 6]})
    >>> found, _ = g_computation(people, "job", "site", "age")
    >>> bool(found["value"].between(0.2, 0.8).all())
    True
    """
    held = people[people[site].notna()]
    held = held.assign(**{_SITE: held[site].astype(str)})
    if held[_SITE].nunique() < 2:
        raise EstimateError(Problem("E232", "fewer than two sites: there is nothing to compare", fix="add a site"))
    rows = model_rows(held, f"{outcome} ~ {formula} + C({_SITE})", "binomial", groups=(_SITE,), collapse=False)
    found, _ = canonical_fit(rows, "binomial")
    used = held.iloc[rows.used]
    parts = []
    for label in rows.labels[_SITE]:
        own = (used[_SITE] == label).to_numpy()
        matrix = np.column_stack([np.ones(len(used)), _moved(rows.made, used, str(label))])
        p = expit(matrix @ found.point)
        value, slope = float(p.mean()), (p * (1 - p)) @ matrix / len(p)
        se = float(np.sqrt(slope @ found.covariance @ slope))
        half = critical_value(level) * se / (value * (1 - value))
        n, x = float(own.sum()), float(rows.outcome[own].sum())
        lower, upper = (float(expit(logit(value) + sign * half)) for sign in (-1, 1))
        row = {"site": held.loc[held[_SITE] == label, site].iloc[0], "people": n, "observed": x, "crude": x / n}
        parts.append(row | {"value": value, "se": se, "lower": lower, "upper": upper, "note": ""})
    return pd.DataFrame(parts), float(rows.outcome.mean())


def _moved(made: object, people: pd.DataFrame, label: str) -> Floats:
    return np.asarray(made.rows(people.assign(**{_SITE: label})))  # type: ignore[attr-defined]
