"""A Cox model fitted again to rows that count several times or not at all, as a bootstrap resample makes them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from evaltools.estimate.event_days import EventDays
from evaltools.estimate.risk_sets import weighted_gram

__all__ = ["RepeatedCox"]

Floats = NDArray[np.float64]
_CONVERGED = 1e-8  # twice the rise that the next step promises; that step leaves an error of its square
_MOST_STEPS = 12


@dataclass(frozen=True)
class RepeatedCox:
    """Rows of a Cox model with Efron ties. A row that counts twice is two rows, which are tied at an event.

    matrix: shape (n, p), covariates less their means. event: shape (n,). days: the place of each row among the event times.
    at_stop, at_entry, at_event: tables of bins (for events: event times) by rows, 1 where the row belongs.
    """

    matrix: Floats
    event: NDArray[np.bool_]
    days: EventDays
    at_stop: csr_array
    at_entry: csr_array | None
    at_event: csr_array

    @classmethod
    def from_rows(cls, matrix: Floats, event: NDArray[np.bool_], days: EventDays) -> RepeatedCox:
        """Prepare the tables. matrix: shape (n, p). event: shape (n,)."""
        bins, rows = int(days.starts[-1]), np.arange(len(event))

        def table(place: NDArray, which: NDArray) -> csr_array:
            return csr_array((np.ones(len(which)), (place, which)), shape=(bins, len(event)))

        happened = np.flatnonzero(event)
        return cls(
            matrix,
            event,
            days,
            table(days.stop, rows),
            None if days.entry is None else table(days.entry, rows),
            table(days.stop[happened], happened)[days.bin],
        )

    def fit(self, counts: Floats, start: Floats) -> Floats:
        """Return the coefficients when row i counts counts[i] times, missing when no maximum is found.

        counts: shape (n,), whole numbers. start: shape (p,).
        """
        beta = start
        for _ in range(_MOST_STEPS):
            gradient, information = self._slope(counts, beta)
            try:
                step = np.linalg.solve(information, gradient)
            except np.linalg.LinAlgError:
                break
            promised = float(gradient @ step)
            if not np.isfinite(promised) or promised < 0 or np.abs(step).max() > 10:
                break
            beta = beta + step
            if promised < _CONVERGED:
                return beta
        return np.full(len(start), np.nan)

    def hazard(self, counts: Floats, beta: Floats) -> Floats:
        """Return the steps of the cumulative hazard of somebody with mean covariates at the event times, shape (K,)."""
        risk = counts * np.exp(self.matrix @ beta)
        s0, t0 = self._sums(risk, np.ones((len(risk), 1)))
        return self._ties(s0[:, 0], t0[:, 0], self.at_event @ counts)[0]

    def _slope(self, counts: Floats, beta: Floats) -> tuple[Floats, Floats]:
        """Return gradient and information of the log partial likelihood."""
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            risk = counts * np.exp(self.matrix @ beta)
            s1, t1 = self._sums(risk, self.matrix)
            s0, t0 = self._sums(risk)
            deaths = self.at_event @ counts
            hazard, tied, square, cross, square_tied = self._ties(s0, t0, deaths)
            lived = self.days.up_to(hazard)
            own = lived[self.days.stop] if self.days.entry is None else lived[self.days.stop] - lived[self.days.entry]
            spent = risk * (own - self.at_event.T @ tied)
            mixed = s1.T @ (cross[:, np.newaxis] * t1)
            outer = s1.T @ (square[:, np.newaxis] * s1) + t1.T @ (square_tied[:, np.newaxis] * t1) - mixed - mixed.T
            gram = weighted_gram(self.matrix, spent)
        return self.matrix.T @ (counts * self.event - spent), gram - outer

    def _sums(self, risk: Floats, matrix: Floats | None = None) -> tuple[Floats, Floats]:
        """Add up risk, or risk times covariates, over those at risk and over the events of each event time."""
        values = risk if matrix is None else risk[:, np.newaxis] * matrix
        entering = None if self.at_entry is None else self.at_entry @ values
        return self.days.at_risk(self.at_stop @ values, entering), self.at_event @ values

    @staticmethod
    def _ties(s0: Floats, t0: Floats, deaths: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
        """Return Efron's sums over the deaths of each event time.

        With f = S0 - r T0 and r = 0, 1/d ... (d-1)/d, they are the sums of 1/f, r/f, 1/f^2, r/f^2 and r^2/f^2.
        """
        count = deaths.round().astype(np.int64)
        of = np.repeat(np.arange(len(count)), count)
        share = (np.arange(len(of)) - (np.cumsum(count) - count)[of]) / deaths[of]
        inverse = 1 / (s0[of] - share * t0[of])
        square = inverse * inverse
        parts = (inverse, share * inverse, square, share * square, share * share * square)
        one, two, three, four, five = (np.bincount(of, part, len(count)).astype(float) for part in parts)
        return one, two, three, four, five
