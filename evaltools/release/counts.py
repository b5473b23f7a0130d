"""Protected counts: small ones hidden, all others rounded, totals and denominators too."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.release.profile import Profile

__all__ = ["is_small", "protect_counts", "round_counts"]


def is_small(counts: pd.Series, profile: Profile) -> pd.Series:
    """Say which counts lie between 1 and the smallest that may be shown; a missing count is not small."""
    return ((counts > 0) & (counts < profile.smallest)).fillna(False).astype(bool)


def round_counts(counts: pd.Series, profile: Profile) -> pd.Series:
    """Round to the nearest multiple, half up.

    >>> from evaltools.release.profile import PROFILES
    >>> round_counts(pd.Series([0.0, 12.0, 12.5, 1926.0]), PROFILES["uk-public"]).tolist()
    [0.0, 10.0, 15.0, 1925.0]
    """
    return np.floor(counts / profile.multiple + 0.5) * profile.multiple


def protect_counts(counts: pd.Series, profile: Profile) -> pd.Series:
    """Hide small counts (missing) and round the others.

    >>> from evaltools.release.profile import PROFILES
    >>> protect_counts(pd.Series([0.0, 3.0, 12.0]), PROFILES["uk-public"]).tolist()
    [0.0, nan, 10.0]
    """
    return round_counts(counts, profile).mask(is_small(counts, profile))
