"""Published totals by site, subgroup and measure, added up without ever counting an unknown as zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

__all__ = ["UNKNOWN", "Totals"]

UNKNOWN = "unknown"
"""Code of the subgroup whose members are not known, in every codelist."""


@dataclass(frozen=True)
class Totals:
    """Counts of a study of totals.

    cells: count by (site, group_by, group, measure); group_by and group are empty for a whole site. programme: the sites
    that make up the programme, in order. sites: these and then every other site with counts.
    """

    cells: Mapping[tuple[str, str, str, str], float]
    programme: tuple[str, ...]
    sites: tuple[str, ...]
    subgroups: Mapping[str, tuple[str, ...]]  # groups of each group_by, in the order of the source

    @classmethod
    def from_frame(cls, counts: pd.DataFrame, programme: Sequence[str] = ()) -> Totals:
        """Take the canonical table `counts`; periods of one measure are added.

        Parameters
        ----------
        counts : pandas.DataFrame
            The canonical table: site_id, measure, group_by, group, count.
        programme : sequence of str
            Sites of the programme; every site without it.

        Examples
        --------
        >>> frame = pd.DataFrame({"site_id": ["a", "b"], "measure": "engaged", "count": [3, None]})
        >>> totals = Totals.from_frame(frame.assign(group_by="", group=""))
        >>> totals.add(["a"], ["engaged"]), totals.add(["a", "b"], ["engaged"])
        (3.0, nan)
        """
        keys = ["site_id", "group_by", "group", "measure"]
        frame = counts[keys].astype("object").where(counts[keys].notna(), "")
        values = pd.to_numeric(counts["count"]).to_numpy(dtype=float, na_value=np.nan)
        cells: dict[tuple[str, str, str, str], float] = {}
        for site, group_by, group, measure, value in zip(*(frame[key] for key in keys), values, strict=True):
            key = (str(site), str(group_by), str(group), str(measure))
            cells[key] = cells.get(key, 0.0) + value
        found = tuple(dict.fromkeys(site for site, *_ in cells))
        chosen = tuple(programme) or found
        subgroups: dict[str, dict[str, None]] = {}
        for _, group_by, group, _ in cells:
            if group_by:
                subgroups.setdefault(group_by, {})[group] = None
        ordered = {name: tuple(sorted(groups, key=lambda group: group == UNKNOWN)) for name, groups in subgroups.items()}
        return cls(cells, chosen, (*chosen, *(site for site in found if site not in chosen)), ordered)

    def add(self, sites: Iterable[str], measures: Iterable[str], group_by: str = "", group: str = "") -> float:
        """Add counts over sites and measures; missing when any of them is missing or was not published.

        Parameters
        ----------
        sites, measures : iterable of str
            Ids.
        group_by, group : str
            A subgroup; empty for the whole of each site.
        """
        names = tuple(measures)
        return float(sum(self.cells.get((site, group_by, group, name), np.nan) for site in sites for name in names))

    def populations(self) -> dict[str, tuple[str, ...]]:
        """Sites of each population that is described: the programme first, then each site."""
        return {"programme": self.programme, **{site: (site,) for site in self.sites}}
