"""Reliable change: whether a score moved by more than the instrument's own error can explain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaltools.domain.instrument import Instrument
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.confidence import critical_value

__all__ = ["ReliableChange", "reliable_change"]


@dataclass(frozen=True)
class ReliableChange:
    """What became of each score.

    state: shape (N,): 'improved', 'no reliable change', 'worse', missing where a change is. threshold: smallest change that
    counts, in points. error: standard error of a difference of two scores of somebody who has not changed.
    """

    state: pd.Series
    threshold: float
    error: float
    method: str = "Jacobson-Truax"


def reliable_change(change: pd.Series, instrument: Instrument, level: float = 0.95) -> ReliableChange:
    """Judge changes against the error of the instrument.

    Parameters
    ----------
    change : pandas.Series
        Later score less earlier, above 0 is better; missing is allowed.
    instrument : Instrument
        With reliability and sd; EstimateError without either.
    level : float
        Share of people without any change who would not be called changed.

    Returns
    -------
    ReliableChange
        The error is sd sqrt(2) sqrt(1 - reliability); a change counts beyond 1.96 of it (for level 0.95).

    References
    ----------
    Jacobson and Truax (1991), Journal of Consulting and Clinical Psychology 59, 12-19.

    Examples
    --------
    >>> scale = Instrument("s", "A scale", 0, 100, "higher", reliability=0.8, sd=7.5)
    >>> found = reliable_change(pd.Series([15.0, 2.0, -10.0]), scale)
    >>> round(found.error, 2), found.state.tolist()
    (4.74, ['improved', 'no reliable change', 'worse'])
    """
    if instrument.reliability is None or instrument.sd is None:
        fix = "state both with their source in the study's instruments, or leave reliable change out"
        what = "reliable change needs the instrument's reliability and standard deviation"
        raise EstimateError(Problem("E194", what, f"instrument '{instrument.id}'", fix=fix))
    error = float(instrument.sd * np.sqrt(2 * (1 - instrument.reliability)))
    threshold = critical_value(level) * error
    moved = change.astype("Float64")
    up, down = (moved > threshold).fillna(False).astype(bool), (moved < -threshold).fillna(False).astype(bool)
    state = np.select([up, down], ["improved", "worse"], default="no reliable change")
    return ReliableChange(pd.Series(state, index=change.index, dtype="string").where(moved.notna()), threshold, error)
