"""Survival estimates against their peers: `python benchmarks/survival.py [--rows 2000 200000] [--jobs km aj]`.

Timed from arrays of whole days and codes to the finished frame, event table included; `from_frame` apart. Peers get the
same arrays. CPU and wall seconds are medians of runs in turn in one process. A ratio counts only where the answers agree.
`--fresh` starts a new process for each way, at the fewest rows (time with imports) and at the most (peak memory).
"""

from __future__ import annotations

import argparse
import time
import warnings

import nonparametric
import numpy as np
from side_by_side import Job, compare, fresh, once, report

STARTED = time.process_time()
JOBS: dict[str, Job] = {**nonparametric.JOBS}


def main() -> None:
    """Read what is asked, run it, print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[2_000, 20_000, 200_000, 1_000_000])
    parser.add_argument("--jobs", nargs="+", choices=list(JOBS), default=list(JOBS))
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--once", nargs=3, metavar=("JOB", "LIBRARY", "ROWS"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    warnings.simplefilter("ignore")  # lifelines says at length that it breaks ties by chance
    if asked.once:
        name, library, rows = asked.once
        once(JOBS[name], library, int(rows), STARTED)
        return
    for name in asked.jobs:
        _in_turn(JOBS[name], sorted(asked.rows), asked.repeat)
    if asked.fresh:
        _fresh(asked.jobs, min(asked.rows), max(asked.rows))


def _in_turn(job: Job, sizes: list[int], repeat: int) -> None:
    """Time every way at every size, and say how the cost of ours grows."""
    print(f"\n{job.title:<28}{'rows':>9}  {'library':<16}{'wall ms':>10}{'CPU ms':>10}{'wall x':>8}{'CPU x':>8}")
    cpu = []
    for rows in sizes:
        found = compare(job, rows, repeat)
        report(job, rows, found)
        cpu.append(found["evaltools"].cpu)
    if len(sizes) > 1:
        growth = np.log(cpu[-1] / cpu[-2]) / np.log(sizes[-1] / sizes[-2])
        print(f"{job.title:<28} cost ~ rows to the power {growth:.2f} over the last two sizes")


def _fresh(names: list[str], fewest: int, most: int) -> None:
    print("\nEach way once in a new process")
    print(f"{'':<28}{'library':<16}{'rows':>9}{'CPU ms':>10}{'and imports':>14}{'rows':>12}{'peak growth MiB':>18}")
    for name in names:
        job = JOBS[name]
        for library in job.ways:
            small, large = (fresh(__file__, name, library, rows) for rows in (fewest, most))
            line = f"{job.title:<28}{library:<16}{fewest:>9}{small['cpu'] * 1e3:>10.1f}{small['all_cpu'] * 1e3:>14.1f}"
            within = most <= job.most_rows.get(library, most)
            print(line + (f"{most:>12}{large['mib']:>18.0f}" if within else ""), flush=True)


if __name__ == "__main__":
    main()
