"""A control chart: a series with limits from a frozen baseline, explicit phases, signals by rule, immature months marked."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.formula_terms import closest_name
from evaltools.estimate.sites.chart_rules import DEFAULT_RULES, false_alarms, signals
from evaltools.estimate.sites.laney import ChartLimits, individuals_limits, laney_limits

__all__ = ["KINDS", "ControlChart", "Kind", "control_chart"]

Floats = NDArray[np.float64]
Kind = Literal["xmr", "p", "p'", "u", "u'"]
KINDS: tuple[Kind, ...] = ("xmr", "p", "p'", "u", "u'")
_FEWEST = 12


@dataclass(frozen=True)
class ControlChart:
    """A chart.

    table: the rows of the frame with value, phase, centre, lower, upper, sigma, z, a column for each rule
    ('signal_outside'), signal, baseline, immature and note. centre, sigma_z: of the last phase. phases: one row each. rules:
    chosen beforehand. false_alarms: how often they give a signal in a series as long as this one when nothing changes.
    """

    table: pd.DataFrame
    kind: Kind
    centre: float
    sigma_z: float
    phases: pd.DataFrame
    rules: tuple[str, ...]
    false_alarms: pd.DataFrame
    method: str


def control_chart(  # noqa: PLR0913 - the series, and independent choices
    df: pd.DataFrame,
    value: str,
    denominator: str | None = None,
    kind: Kind | None = None,
    baseline: int | None = None,
    phases: Sequence[int] = (),
    immature: int = 0,
    rules: Sequence[str] = DEFAULT_RULES,
    seed: int = 1,
) -> ControlChart:
    """Draw up a control chart of one series.

    Parameters
    ----------
    df : pandas.DataFrame
        One row a month (or week), in order of time.
    value, denominator : str
        Columns: values (kind 'xmr'), or events and the people ('p', "p'") or exposure ('u', "u'") behind them.
    kind : {'xmr', 'p', "p'", 'u', "u'"}, optional
        'xmr' without a denominator, else "p'".
    baseline : int, optional
        The first so many points of each phase, from which its limits are made and then frozen; every mature point of the
        phase without it. 12 or more.
    phases : sequence of int
        Positions at which a new phase begins, chosen by a person; limits never move by themselves.
    immature : int
        The last so many points, whose outcomes are not all in yet: shown, never judged, in no limit.
    rules : sequence of str
        The rules of `chart_rules`, chosen beforehand.
    seed : int
        Of the false-alarm rates.

    Returns
    -------
    ControlChart
        EstimateError E242 when a phase has fewer than 12 points to make limits from, E243 when phases are not in order or
        overlap the baseline before them. A point without value or exposure is kept with a note and takes no part.

    References
    ----------
    Laney (2002), Quality Engineering 14, 531-537; NHS England, Making Data Count (2019).

    Examples
    --------
    >>> months = pd.DataFrame({"starts": [5, 7, 6, 4, 8, 5, 6, 7, 5, 6, 4, 7, 19]})
    >>> chart = control_chart(months, "starts", baseline=12)
    >>> chart.table["signal"].tolist()[-2:]
    [False, True]
    """
    chosen: Kind = kind or ("xmr" if denominator is None else "p'")
    events, size, note = _series(df, value, denominator, chosen)
    begins = _begins(phases, len(df))
    used = np.array([not words for words in note], dtype=bool)
    mature = np.arange(len(df)) < len(df) - immature
    columns: dict[str, Floats] = {
        name: np.full(len(df), np.nan) for name in ("centre", "lower", "upper", "sigma", "z", "moving_range_upper")
    }
    in_baseline = np.zeros(len(df), dtype=bool)
    summary = []
    judged: dict[str, NDArray[np.bool_]] = {rule: np.zeros(len(df), dtype=bool) for rule in rules}
    for number, (begin, end) in enumerate(zip(begins, [*begins[1:], len(df)], strict=True), start=1):
        at = np.arange(begin, end)[used[begin:end]]
        base = _baseline(at, mature, baseline, number)
        in_baseline[base] = True
        limits = _limits(chosen, events[at], size[at], np.isin(at, base))
        values = events[at] / size[at]
        z = np.divide(values - limits.centre, limits.sigma, out=np.zeros(len(at)), where=limits.sigma > 0)
        z = np.where((limits.sigma == 0) & (values != limits.centre), np.sign(values - limits.centre) * 4, z)
        for name, held in zip(columns, (*limits[:1], *limits[2:4], limits.sigma, z, limits.range_upper), strict=True):
            columns[name][at] = held
        for rule, flags in signals(z[mature[at]], rules).items():
            judged[rule][at[mature[at]]] = flags
        summary.append(
            {"phase": number, "begins": begin, "points": len(at), "baseline": len(base), "centre": limits.centre,
             "sigma_z": limits.sigma_z}
        )  # fmt: skip
    table = df.copy()
    table["value"] = np.where(used, np.divide(events, size, out=np.zeros(len(df)), where=used), np.nan)
    table["phase"] = np.searchsorted(begins, np.arange(len(df)), side="right")
    table = table.assign(**columns, **{f"signal_{rule}": flags for rule, flags in judged.items()})
    table["signal"] = np.any(list(judged.values()), axis=0)
    table["baseline"], table["immature"] = in_baseline, ~mature
    table["note"] = note
    method = {"xmr": "XmR", "p": "p", "u": "u", "p'": "p' (Laney)", "u'": "u' (Laney)"}[chosen]
    whole = pd.DataFrame(summary)
    return ControlChart(
        table, chosen, float(whole["centre"].iloc[-1]), float(whole["sigma_z"].iloc[-1]), whole, tuple(rules),
        false_alarms(max(int((used & mature).sum()), 1), rules, 4000, seed), f"{method} chart, limits at three sigma",
    )  # fmt: skip


def _series(df: pd.DataFrame, value: str, denominator: str | None, kind: Kind) -> tuple[Floats, Floats, list[str]]:
    if kind not in KINDS:
        raise EstimateError(Problem("E244", f"there is no chart called '{kind}'", fix=f"use one of: {', '.join(KINDS)}"))
    if kind != "xmr" and denominator is None:
        raise EstimateError(Problem("E244", f"a {kind} chart needs a denominator", fix="name its column, or use kind='xmr'"))
    for name in filter(None, (value, denominator)):
        if name not in df:
            raise EstimateError(Problem("E230", f"there is no column '{name}'", fix=closest_name(name, df.columns)))
    events = pd.to_numeric(df[value], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    size = (
        np.ones(len(df))
        if denominator is None
        else pd.to_numeric(df[denominator], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    )
    if kind != "xmr" and ((events < 0).any() or (size < 0).any()):
        raise EstimateError(Problem("E231", "the series holds a negative count or exposure", fix="give counts"))
    above = (events > size) & (kind in ("p", "p'"))
    lacking = ~(np.isfinite(events) & np.isfinite(size))
    words = ["a count is not known", "nothing to divide by: the denominator is 0", "more events than people; not judged"]
    return events, size, [str(word) for word in np.select([lacking, size == 0, above], words, "")]


def _begins(phases: Sequence[int], points: int) -> list[int]:
    begins = [0, *phases]
    if any(later <= earlier for earlier, later in itertools.pairwise(begins)) or begins[-1] >= points > 0:
        raise EstimateError(
            Problem(
                "E243", "phases overlap or lie outside the series", fix=f"give rising positions between 1 and {points - 1}"
            )
        )
    return begins


def _baseline(at: NDArray[np.int64], mature: NDArray[np.bool_], baseline: int | None, phase: int) -> NDArray[np.int64]:
    held = at[mature[at]]
    many = len(held) if baseline is None else baseline
    if many < _FEWEST or len(held) < many:
        fix = "wait for more points, join phases, or show the series without limits"
        what = f"phase {phase} has {min(many, len(held))} points to make limits from; a chart needs {max(_FEWEST, many)}"
        raise EstimateError(Problem("E242", what, fix=fix))
    return held[:many]


def _limits(kind: Kind, events: Floats, size: Floats, base: NDArray[np.bool_]) -> ChartLimits:
    if kind == "xmr":
        return individuals_limits(events / size, base)
    return laney_limits(events, size, base, shares=kind[0] == "p", widen=kind.endswith("'"))
