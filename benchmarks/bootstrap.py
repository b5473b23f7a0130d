"""A thousand cluster-bootstrap replicates, ours against loops over statsmodels and lifelines, on the same resamples.

    python benchmarks/bootstrap.py [--rows 20000] [--replicates 1000] [--peer-replicates 20] [--rounds 3]

Peers are timed on a few replicates and scaled up. A ratio counts only where the answers agree, which is checked first.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.cluster_bootstrap import cluster_bootstrap
from evaltools.estimate.cox_bootstrap import cox_bootstrap
from evaltools.estimate.multinomial_counts import draw_counts

SITES, SPECIALISTS, DAYS, COLUMNS = 6, 300, 1000, 15
SEED = 20260101


def people(rows: int) -> pd.DataFrame:
    """Whole days, six sites, 300 specialists, fifteen covariates of which ten are yes or no."""
    rng = np.random.default_rng(1)
    x = np.column_stack([rng.normal(size=(rows, 5)), rng.integers(0, 2, size=(rows, COLUMNS - 5))])
    specialist = rng.integers(0, SPECIALISTS, rows)
    site = specialist % SITES
    hazard = 0.002 * np.exp(x @ np.linspace(-0.3, 0.3, COLUMNS) - site / 10)
    event = np.minimum(rng.exponential(1 / hazard), 5 * DAYS).astype(int) + 1
    end = rng.integers(DAYS // 10, DAYS + 1, rows)
    frame = pd.DataFrame(x, columns=[f"x{column}" for column in range(COLUMNS)])
    return frame.assign(days=np.minimum(event, end), status=(event <= end).astype(int), site=site, specialist=specialist)


@dataclass(frozen=True)
class Draws:
    """What a loop over resamples starts from: the rows of each specialist, and the specialists drawn each time."""

    frame: pd.DataFrame
    members: list[np.ndarray]
    drawn: list[np.ndarray]

    def rows(self) -> Iterator[np.ndarray]:
        """Give the rows of each resample."""
        for each in self.drawn:
            yield np.concatenate([self.members[specialist] for specialist in each])


def draws(times: EventTimes, frame: pd.DataFrame, most: int) -> Draws:
    """Draw the specialists that ours draws."""
    codes = times.grouped("specialist").codes
    counts = next(draw_counts(int(codes.max()) + 1, most, SEED))
    members = np.split(np.argsort(codes, kind="stable"), np.cumsum(np.bincount(codes))[:-1])
    return Draws(frame, members, [np.repeat(np.arange(len(counts)), counts[:, b].astype(int)) for b in range(most)])


def statsmodels_frames(draws: Draws) -> np.ndarray:
    """Loop as a user writes it: resample the frame, group it by site."""
    from statsmodels.duration.survfunc import SurvfuncRight

    return np.array(
        [
            [SurvfuncRight(part["days"], part["status"]).quantile(0.5) for _, part in draws.frame.iloc[rows].groupby("site")]
            for rows in draws.rows()
        ]
    ).T


def statsmodels_arrays(draws: Draws) -> np.ndarray:
    """Loop over bare arrays, the leanest that statsmodels allows."""
    from statsmodels.duration.survfunc import SurvfuncRight

    days, status, site = (draws.frame[name].to_numpy() for name in ("days", "status", "site"))
    found = []
    for rows in draws.rows():
        members = [rows[site[rows] == code] for code in range(SITES)]
        found.append([SurvfuncRight(days[each], status[each]).quantile(0.5) for each in members])
    return np.array(found).T


def lifelines_cox(draws: Draws) -> np.ndarray:
    """Loop as a user writes it with lifelines."""
    from lifelines import CoxPHFitter

    columns = [f"x{column}" for column in range(COLUMNS)]
    data = draws.frame[["days", "status", *columns]]
    return np.array([CoxPHFitter().fit(data.iloc[rows], "days", "status").params_[columns] for rows in draws.rows()])


def timed(job: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median CPU and wall seconds."""
    spent = []
    for _ in range(rounds):
        cpu, wall = time.process_time(), time.perf_counter()
        job()
        spent.append((time.process_time() - cpu, time.perf_counter() - wall))
    cpu, wall = np.median(np.array(spent), axis=0)
    return float(cpu), float(wall)


def line(name: str, cpu: float, wall: float, ours: tuple[float, float]) -> None:
    """Print one row."""
    print(f"{name:<44} {cpu:>9.3f} {wall:>9.3f} {cpu / ours[0]:>8.1f} {wall / ours[1]:>8.1f}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--replicates", type=int, default=1000)
    parser.add_argument("--peer-replicates", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    frame = people(args.rows)
    times = EventTimes.from_frame(frame, "days", "status")
    drawn = draws(times, frame, args.peer_replicates)
    two = Draws(frame, drawn.members, drawn.drawn[:2])
    scale = args.replicates / args.peer_replicates
    formula = " + ".join(f"x{column}" for column in range(COLUMNS))

    def medians(replicates: int) -> np.ndarray:
        return cluster_bootstrap(times, "site", "specialist", replicates=replicates, seed=SEED).draws

    def coefficients(replicates: int) -> np.ndarray:
        return cox_bootstrap(times, formula, "specialist", replicates=replicates, seed=SEED).draws

    few = max(args.peer_replicates, 20)
    assert np.array_equal(medians(few)[:, : args.peer_replicates], statsmodels_arrays(drawn)), "medians differ"
    gap = np.abs(coefficients(few)[:2] - lifelines_cox(two)).max()
    assert gap < 1e-5, f"coefficients differ by {gap}"
    print(f"{args.rows:,} rows, {SPECIALISTS} specialists, {args.replicates:,} replicates (peers: {args.peer_replicates})")
    print(f"medians equal; coefficients within {gap:.0e}\n")
    print(f"{'':<44} {'CPU s':>9} {'wall s':>9} {'x CPU':>8} {'x wall':>8}")
    jobs: list[tuple[str, Callable[[int], np.ndarray], tuple[Callable[[Draws], np.ndarray], ...]]] = [
        ("Kaplan-Meier medians of 6 sites", medians, (statsmodels_frames, statsmodels_arrays)),
        (f"Cox, Efron, {COLUMNS} columns", coefficients, (lifelines_cox,)),
    ]
    for title, ours, peers in jobs:
        print(title)
        base = timed(partial(ours, args.replicates), args.rounds)
        line("  evaltools", *base, base)
        for peer in peers:
            cpu, wall = timed(partial(peer, drawn), args.rounds)
            line(f"  {peer.__name__.replace('_', ', ')} (loop)", cpu * scale, wall * scale, base)


if __name__ == "__main__":
    main()
