"""Change of scores: how much well-being and self-reliance moved, one instrument at a time, with the lost people bounded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import t as students_t

from evaltools.domain.instrument import INSTRUMENTS, Instrument
from evaltools.domain.results import COUNTS, Results, tidy
from evaltools.estimate.finished_rows import bounded, finished_rows
from evaltools.estimate.people_groups import people_groups
from evaltools.estimate.reliable_change import reliable_change
from evaltools.estimate.share_rows import share_row

__all__ = ["estimate_measures"]

Row = dict[str, Any]


def estimate_measures(
    people: pd.DataFrame,
    scores: pd.DataFrame,
    level: float,
    data_cut: date,
    instruments: Mapping[str, Instrument] = INSTRUMENTS,
) -> Results:
    """Estimate changes of scores under every definition profile, for the programme and each site that uses an instrument.

    Parameters
    ----------
    people, scores : pandas.DataFrame
        From derive/measure_change.py, all definitions.
    level : float
        Confidence level.
    data_cut : datetime.date
        Last day of data.
    instruments : mapping of str to Instrument
        With reliability and sd where the study states them.

    Returns
    -------
    Results
        estimates: outcome 'change_<instrument>' ('mean_change' in points with its t interval; 'mean_change_bounds' if
        everybody without a follow-up had moved as far as the scale goes, down or up), 'improved_<instrument>' (share, with
        bounds; any change for the better) and, where reliability and sd are stated, 'reliably_improved_<instrument>' and
        'reliably_worse_<instrument>' likewise. counts: table 'scores', the scores used and set aside, by reason.

        Nothing where there are no scores.
    """
    rows: list[Row] = []
    for name, mine in people.groupby("instrument", sort=True) if len(people) else ():
        scale = instruments.get(str(name))
        for keys, held in people_groups(mine):
            rows += [row | keys for row in _group(held, str(name), scale, level)]
    counts = [
        {"table_id": "scores", "row": row, "column": f"{name}.{use}", "n": int(held["n"].sum())}
        for by_site in (False, True)
        for (row, name, use), held in scores.assign(site_id=scores["site_id"] if by_site else "all").groupby(
            ["site_id", "instrument", "use"]
        )
    ]
    return Results(estimates=finished_rows(rows, {}, level, data_cut), counts=tidy(counts, COUNTS))


def _group(people: pd.DataFrame, name: str, scale: Instrument | None, level: float) -> list[Row]:
    due = people[people["state"].isin(["known", "no follow-up"])]
    change = due["change"].astype("Float64")
    label = scale.label if scale else name
    question = f"How did scores on the {label} change?"
    days = int(people["days"].iloc[0])
    whom = f"people engaged with a baseline score on {name} whose follow-up was due"
    note = f"{int((people['state'] == 'no baseline').sum())} people engaged without a baseline score"
    rows = [_mean(change, name, whom, level) | {"note": note}, *_mean_bounds(due, name, whom)]
    better = due["better"].notna().any()
    if better:
        rows += _shares(f"improved_{name}", change.gt(0), whom)
    if better and scale and scale.reliability is not None and scale.sd is not None:
        judged = reliable_change(change, scale)
        rows += _shares(f"reliably_improved_{name}", _is(judged.state, "improved"), whom)
        rows += _shares(f"reliably_worse_{name}", _is(judged.state, "worse"), whom)
    return [row | {"question": question, "horizon": days} for row in rows]


def _is(state: pd.Series, said: str) -> pd.Series:
    return state.eq(said).astype("boolean")


def _shares(outcome: str, had_it: pd.Series, whom: str) -> list[Row]:
    unknown = int(had_it.isna().sum())
    yes = int(had_it.fillna(False).sum())
    known = share_row(outcome, yes, len(had_it) - unknown, unknown, f"{whom} and is known", "engagement")
    return [known, *bounded(known, whom)]


def _mean(change: pd.Series, name: str, whom: str, level: float) -> Row:
    known = change.dropna().to_numpy(dtype=float)
    n = len(known)
    value = float(known.mean()) if n else np.nan
    se = float(known.std(ddof=1) / np.sqrt(n)) if n > 1 else np.nan
    half = se * float(students_t.ppf(0.5 + level / 2, n - 1)) if n > 1 else np.nan
    return {
        "outcome": f"change_{name}",
        "statistic": "mean_change",
        "value": value,
        "se": se,
        "lower": value - half,
        "upper": value + half,
        "unit": "point",
        "numerator": float(known.sum()),
        "denominator": n,
        "denominator_name": f"{whom} and is known",
        "population": whom,
        "n": n,
        "missing": int(change.isna().sum()),
        "method": "mean difference of two scores of one person; above 0 is better",
        "ci_method": "t",
        "clock": "engagement",
    }


def _mean_bounds(due: pd.DataFrame, name: str, whom: str) -> list[Row]:
    """Bound the mean by the ends of the scale: each missing follow-up lies somewhere on it."""
    if due.empty:
        return []
    change = due["change"].to_numpy(dtype=float, na_value=np.nan)
    lost, base = np.isnan(change), due["baseline"].to_numpy(dtype=float)
    down, up = (due[end].to_numpy(dtype=float) - base for end in ("minimum", "maximum"))
    worst, best = (-up, -down) if due["better"].eq("lower").any() else (down, up)
    limits = [float(np.where(lost, end, change).mean()) for end in (worst, best)]
    row = _mean(due["change"], name, whom, 0.95)
    return [
        row
        | {
            "statistic": "mean_change_bounds",
            "value": np.nan,
            "se": np.nan,
            "lower": limits[0],
            "upper": limits[1],
            "numerator": np.nan,
            "denominator": len(due),
            "n": len(due),
            "denominator_name": whom,
            "method": "everybody without a follow-up score fell to, or rose to, the end of the scale",
            "ci_method": pd.NA,
        }
    ]
