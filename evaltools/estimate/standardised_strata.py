"""Standardisation without a model: each group's curve in each stratum, averaged over the strata of everybody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from evaltools.domain.event_times import EventTimes, Groups
from evaltools.estimate.resampled_survival import ClusterDays, cluster_days, resampled_survival, survival_on

__all__ = ["StandardisedStrata"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class StandardisedStrata:
    """cells: counts of each group and stratum, missing where a group has nobody in a stratum.

    sizes: table of strata by clusters, people. ends: shape (groups, strata), last day followed; infinite where the last of
    the cell had the event, minus infinity where there is nobody. labels: of the strata.
    """

    cells: tuple[tuple[ClusterDays | None, ...], ...]
    sizes: csr_array
    ends: Floats
    labels: tuple[str, ...]

    @classmethod
    def from_people(
        cls, times: EventTimes, groups: Groups, strata: Groups, unit: NDArray[np.int64], units: int
    ) -> StandardisedStrata:
        """Count people by group, stratum and cluster."""
        cells, ends = [], np.full((len(groups.labels), len(strata.labels)), -np.inf)
        for g in range(len(groups.labels)):
            row: list[ClusterDays | None] = []
            for s in range(len(strata.labels)):
                members = np.flatnonzero((groups.codes == g) & (strata.codes == s))
                row.append(cluster_days(times, members, unit, units) if len(members) else None)
                if len(members):
                    last = times.duration[members].max()
                    finished = (times.cause[members][times.duration[members] == last] != 0).all()
                    ends[g, s] = np.inf if finished else last
            cells.append(tuple(row))
        sizes = csr_array((np.ones(len(unit)), (strata.codes, unit)), shape=(len(strata.labels), units))
        return cls(tuple(cells), sizes, ends, strata.labels)

    def survival(self, counts: Floats, asked: Floats) -> Floats:
        """Return the standardised survival, shape (groups, days, b); missing where a cell that is needed has nobody."""
        people = self.sizes @ counts
        share = people / people.sum(axis=0)
        found = np.zeros((len(self.cells), len(asked), counts.shape[1]))
        for g, row in enumerate(self.cells):
            for s, cell in enumerate(row):
                if cell is None:
                    found[g, :, share[s] > 0] = np.nan
                    continue
                survival, empty = resampled_survival(cell, counts)
                part = share[s] * survival_on(cell.time, survival, asked)
                part[:, empty & (share[s] > 0)] = np.nan
                found[g] += part
        return found

    def reasons(self, asked: Floats) -> list[list[str]]:
        """Say, for each group and day, why there is no estimate; empty where there is one."""
        said = []
        for ends in self.ends:
            absent = [label for label, end in zip(self.labels, ends, strict=True) if np.isneginf(end)]
            short = [[label for label, end in zip(self.labels, ends, strict=True) if end < day] for day in asked]
            said.append(
                [
                    f"not estimable: nobody of the group in {_some(absent)} (no overlap)"
                    if absent
                    else f"not estimable: nobody of the group is followed so long in {_some(late)}"
                    if late
                    else ""
                    for late in short
                ]
            )
        return said


def _some(labels: list[str]) -> str:
    shown = ", ".join(f"'{label}'" for label in labels[:3])
    return shown if len(labels) <= 3 else f"{shown} and {len(labels) - 3} more strata"
