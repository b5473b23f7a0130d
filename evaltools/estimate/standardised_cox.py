"""Standardisation by a Cox model: everybody's predicted curve if they belonged to each group, averaged (g-computation)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes, Groups
from evaltools.estimate.cox_bootstrap import CoxResamples, cox_resamples

__all__ = ["StandardisedCox"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class StandardisedCox:
    """resamples: the model. rows: for each group, the covariates (less their means) of everybody used as its members."""

    resamples: CoxResamples
    rows: tuple[Floats, ...]
    last: float

    @classmethod
    def from_people(cls, times: EventTimes, by: str, groups: Groups, formula: str, cluster: str | None) -> StandardisedCox:
        """Fit the model with the group as a category beside the covariates of the formula."""
        labels = np.array(groups.labels, dtype=object)
        data = times.data.assign(**{by: labels[groups.codes]})
        ready = cox_resamples(replace(times, data=data, strata=()), f"C({by}) + {formula}", cluster)
        made = ready.model.design
        used = data.iloc[made.used]
        own = made.expanded()
        shift = made.rows(used) - own  # zero where rows come less their means, the means where they do not
        rows = tuple(made.rows(used.assign(**{by: label})) - shift for label in labels)
        return cls(ready, rows, float(ready.model.duration.max()))

    def survival(self, counts: Floats, asked: Floats) -> Floats:
        """Return the standardised survival, shape (groups, days, b); missing where a resample has no estimate."""
        found = np.empty((len(self.rows), len(asked), counts.shape[1]))
        place = np.searchsorted(self.resamples.model.days.time, asked, side="right")
        for b, drawn in enumerate(np.ascontiguousarray(counts.T)):
            repeats, beta = self.resamples.draw(drawn)
            if np.isnan(beta).any():
                found[:, :, b] = np.nan
                continue
            hazard = np.concatenate([[0.0], np.cumsum(self.resamples.rows.hazard(repeats, beta))])[place]
            people = repeats / repeats.sum()
            for g, rows in enumerate(self.rows):
                risk = np.exp(rows @ beta)
                found[g, :, b] = [people @ np.exp(-step * risk) for step in hazard]
        return found

    def reasons(self, asked: Floats) -> list[list[str]]:
        """Say, for each group and day, why there is no estimate; empty where there is one."""
        late = f"not estimable: nobody is followed beyond day {self.last:g}"
        return [[late if day > self.last else "" for day in asked] for _ in self.rows]
