"""Achieved over target of published totals: each measure, and the exact parts of those that the study divides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from evaltools.domain.counted_outcome import CountedOutcome, Decomposition
from evaltools.estimate.decomposition import decompose
from evaltools.estimate.totals import Totals

__all__ = ["counted_targets", "targets_as_totals"]

Row = dict[str, Any]
_PARTS = {"engaged": "engagement", "job_starts": "conversion", "sustained_13": "sustainment"}


def targets_as_totals(targets: pd.DataFrame, scenario: str, programme: Sequence[str]) -> Totals:
    """Return the targets of one scenario in the shape of published totals.

    Parameters
    ----------
    targets : pandas.DataFrame
        The canonical table: site_id, measure, scenario, target.
    scenario : str
        For example 'high'.
    programme : sequence of str
        Sites of the programme.
    """
    chosen = targets[targets["scenario"] == scenario].rename(columns={"target": "count"})
    return Totals.from_frame(chosen.assign(group_by="", group=""), programme)


def counted_targets(
    totals: Totals, targets: pd.DataFrame, decompositions: Sequence[Decomposition], outcomes: Sequence[CountedOutcome]
) -> list[Row]:
    """Return achieved over target at each site and for the programme.

    Parameters
    ----------
    totals : Totals
        What was achieved.
    targets : pandas.DataFrame
        The canonical table.
    decompositions : sequence of Decomposition
        Measures in stages; a stage may be the id of an outcome, and then its numerator's measures are added.
    outcomes : sequence of CountedOutcome
        The study's outcomes.

    Returns
    -------
    list of dict
        Rows of `estimates` with statistic achieved_over_target: term total for each measure with a target; for the last
        stage of a decomposition also its parts (engagement, conversion, sustainment), which multiply to the total.
    """
    added = {outcome.id: outcome.numerator for outcome in outcomes}
    rows: list[Row] = []
    for scenario in dict.fromkeys(str(each) for each in targets["scenario"]):
        aims = targets_as_totals(targets, scenario, totals.programme)
        measures = dict.fromkeys(measure for *_, measure in aims.cells)
        stages = [each.measures for each in decompositions if each.scenario == scenario]
        whole = {chain[-1] for chain in stages}
        stages = [(measure,) for measure in measures if measure not in whole] + stages
        for chain in stages:
            for population, sites in totals.populations().items():
                rows += _chain(chain, added, (totals, aims), (population, sites), scenario)
    return rows


def _chain(
    chain: Sequence[str],
    added: dict[str, tuple[str, ...]],
    both: tuple[Totals, Totals],
    where: tuple[str, Sequence[str]],
    scenario: str,
) -> list[Row]:
    """Return the rows of one chain of stages in one population; none where it has no target."""
    achieved, target = ([of.add(where[1], added.get(name, (name,))) for name in chain] for of in both)
    if np.isnan(target).all():
        return []
    table = decompose(achieved, target, [_PARTS.get(name, name) for name in chain])
    kept = table if len(chain) > 1 else table.head(1)
    programme = where[0] == "programme"
    return [
        {
            "outcome": chain[-1],
            "population": "all",
            "group_by": "programme" if programme else "site",
            "group": "all" if programme else where[0],
            "term": part,
            "statistic": "achieved_over_target",
            "value": value,
            "unit": "ratio",
            "numerator": done,
            "denominator": aim,
            "denominator_name": f"{scenario}-case target" + (" conversion" if at > 1 else ""),
            "method": "exact product of parts" if len(chain) > 1 else "ratio",
            "note": "" if not np.isnan(value) else "not published, or the target is 0",
        }
        for at, (part, done, aim, value) in enumerate(kept.itertuples(index=False))
    ]
