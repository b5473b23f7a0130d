"""Close readings: a further reading that few people set apart from another figure would give those people away."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.domain.alternative import is_default
from evaltools.release.profile import Profile

__all__ = ["close_readings"]

_SAME = ["definition", "outcome", "group_by", "group"]
_NESTED = ("job_start",)  # its cohorts of people followed for longer are part of those followed for less


def close_readings(
    estimates: pd.DataFrame, shown: pd.Series, profile: Profile, counts: tuple[str, ...] = ("numerator", "denominator")
) -> pd.Series:
    """Say which estimates to hide, because subtracting another one shown leaves 1 to smallest - 1 people.

    Parameters
    ----------
    estimates : pandas.DataFrame
        Exact rows of `estimates`, shape (n, ...).
    shown : pandas.Series
        Which of them would be released, bool, shape (n,).
    profile : Profile
        Whose `smallest` holds.
    counts : tuple of str
        The columns to subtract.

    Returns
    -------
    pandas.Series
        bool, shape (n,). Compared are rows of one definition, outcome, group and horizon; of job starts whatever the
        horizon, since people followed for longer are part of those followed for less. A further reading
        (domain/alternative.py) is hidden when one of its counts is that close to another row's; any other row with a term
        when its numerator is the same and its denominator that close. Rows without a term are never hidden, and a hidden row
        hides no other.
    """
    held_counts = estimates[list(counts)].to_numpy(dtype=float, na_value=np.nan)
    further = (~is_default(estimates["term"])).to_numpy(dtype=bool)
    main = estimates["term"].isna().to_numpy(dtype=bool)
    hidden = np.zeros(len(estimates), dtype=bool)
    held = estimates.reset_index(drop=True)[shown.to_numpy(dtype=bool)]
    keys: list[pd.Series] = [held[name].astype("string").fillna("") for name in _SAME]
    keys.append(held["horizon"].astype("Float64").fillna(-1).mask(held["outcome"].isin(_NESTED), -1))
    for _, rows in held.groupby(keys, sort=False):
        places = rows.index.to_numpy()
        kept = [at for at in places if main[at]]
        for at in sorted((at for at in places if not main[at]), key=lambda at: (further[at], at)):
            if _too_close(held_counts[at], held_counts[kept], profile, bool(further[at])):
                hidden[at] = True
            else:
                kept.append(at)
    return pd.Series(hidden, index=estimates.index)


def _too_close(row: np.ndarray, others: np.ndarray, profile: Profile, further: bool) -> bool:
    apart = np.abs(others - row)
    few = (apart > 0) & (apart < profile.smallest)
    return bool(few.any() if further else (few[:, 1:].any(axis=1) & (apart[:, 0] == 0)).any())
