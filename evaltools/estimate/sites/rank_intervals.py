"""How sure the order of sites is: ranks with intervals, the chance of being best, and reliability."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.sites.funnel_limits import tails
from evaltools.estimate.sites.shrink import Shrunk, shrink
from evaltools.estimate.sites.site_counts import Basis

__all__ = ["Ranks", "league_table", "rank_intervals"]

Floats = NDArray[np.float64]
_FEWEST = 10_000


@dataclass(frozen=True)
class Ranks:
    """Ranks, 1 the highest value.

    table: the rows of the frame with value, lower, upper (shrunken), median_rank, lower_rank,
    upper_rank, p_best, p_top_half, p_above_target, reliability and note; missing for a site that is not compared.

    reliability: share of the variance of own numbers that is not chance, of the whole. target: what p_above_target
    is about. shrunk: the distribution behind it.
    """

    table: pd.DataFrame
    reliability: float
    target: float
    draws: int
    seed: int
    shrunk: Shrunk
    method: str
    note: str


def rank_intervals(  # noqa: PLR0913 - the counts, and independent choices
    df: pd.DataFrame,
    numerator: str,
    denominator: str,
    basis: Basis = "proportion",
    target: float | None = None,
    level: float = 0.95,
    draws: int = _FEWEST,
    seed: int = 1,
    shrunk: Shrunk | None = None,
) -> Ranks:
    """Rank sites by draws from the posterior of their true values.

    Parameters
    ----------
    df, numerator, denominator, basis
        As in `shrink`.
    target : float, optional
        Value that sites may exceed; the sites together by default.
    level : float
        Of the rank intervals.
    draws, seed : int
        10,000 draws or more (EstimateError E239 otherwise), and their seed.
    shrunk : Shrunk, optional
        The result of `shrink` of the same frame, when it was made already.

    References
    ----------
    Goldstein and Spiegelhalter (1996), Journal of the Royal Statistical Society A 159, 385-443; Laird and Louis (1989),
    Journal of Educational Statistics 14, 29-46.

    Examples
    --------
    >>> sites = pd.DataFrame({"x": [10, 50], "n": [100, 100]})
    >>> rank_intervals(sites, "x", "n").table["median_rank"].tolist()
    [2.0, 1.0]
    """
    if draws < _FEWEST:
        raise EstimateError(Problem("E239", f"{draws} draws are too few for ranks", fix=f"use {_FEWEST} or more"))
    found = shrunk or shrink(df, numerator, denominator, basis, level=level, draws=draws, seed=seed)
    use, drawn = found.usable, found.draws
    rng = np.random.default_rng(seed + 1)
    order = np.lexsort((rng.random(drawn.shape), -drawn), axis=1)  # sites that are alike stand in any order
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.arange(1, drawn.shape[1] + 1)[None, :], axis=1)
    events, size = (df[name].to_numpy(dtype=float)[use] for name in (numerator, denominator))
    aim = float(events.sum() / size.sum()) if target is None else float(target)
    lower, upper = np.quantile(rank, tails(level), axis=0, method="inverted_cdf")
    noise = found.mean * ((1 - found.mean) if basis == "proportion" else 1.0) / size
    between = found.rho * found.mean * (1 - found.mean) if basis == "proportion" else found.rho
    columns = {
        "median_rank": np.median(rank, axis=0),
        "lower_rank": lower,
        "upper_rank": upper,
        "p_best": (rank == 1).mean(axis=0),
        "p_top_half": (rank <= drawn.shape[1] / 2).mean(axis=0),
        "p_above_target": (drawn > aim).mean(axis=0),
        "reliability": between / (between + noise) if found.mean > 0 else np.zeros(len(size)),
    }
    table = found.table.drop(columns="weight")
    for name, held in columns.items():
        table[name] = np.nan
        table.loc[use, name] = np.asarray(held, dtype=float)
    table["note"] = table.pop("note")
    whole = float(between / (between + noise.mean())) if between > 0 else 0.0
    method = f"{draws:,} draws, seed {seed}; {found.method}"
    return Ranks(table, whole, aim, draws, seed, found, method, found.note)


def league_table(df: pd.DataFrame, numerator: str, denominator: str, i_know: bool = False) -> pd.DataFrame:
    """Order sites by their own numbers alone, which says nothing of chance: refused unless asked for by name.

    Parameters
    ----------
    df, numerator, denominator
        As in `shrink`, of proportions.
    i_know : bool
        Whoever asks knows that such an order is mostly chance.

    Returns
    -------
    pandas.DataFrame
        Sites from the highest value to the lowest, with value and rank and, always, the rank interval beside it.
        EstimateError E240 without `i_know`.
    """
    if not i_know:
        raise EstimateError(
            Problem(
                "E240",
                "a league table of point estimates is not made: its order is mostly chance",
                fix="use rank_intervals or funnel; if you must, league_table(..., i_know=True)",
            )
        )
    ranks = rank_intervals(df, numerator, denominator).table
    ordered = ranks.sort_values("raw", ascending=False, kind="stable").reset_index(drop=True)
    return ordered.assign(rank=ordered["raw"].rank(ascending=False, method="min"))
