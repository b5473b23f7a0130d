"""Survival estimates against their peers, in one run on the same arrays: `python benchmarks/survival.py`.

    --rows 2000 200000   other numbers of rows        --jobs km aj   some of the jobs        --no-fresh   no new processes

How it is timed. Every way of a job gets the same arrays of whole days and whole-number codes, in one process. Ours
starts from those arrays and ends with the finished table: making the EventTimes, the event table, and for a Cox model
the formula and the design matrix are all within; `from_frame`, with its checks, is timed apart. Peers get what they
take ready made. The first call of each way is dropped (imports, compiling); then ways take turns, up to seven rounds of
three calls in a row, at least three calls and about two seconds for each way. A peer whose first call takes longer than
four seconds has that call alone ('calls' says how many), and one that would take longer than a minute is not called:
'over limit'. Times are medians over calls of CPU seconds of the process (all threads) and of wall seconds. 'CPU x' and
'wall x' are the peer's time over ours, and are given only where the answers agree; 'apart' is the largest difference of
estimates, and of standard errors, relative to the largest of ours. Then each way once in a new process, with its
imports (but numpy and pandas, which all need), and the growth of peak memory in a second call.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
import warnings
from importlib.metadata import PackageNotFoundError, version

import bootstrap
import cox
import nonparametric
import numpy as np
from r_survival import r_line, rscript
from side_by_side import OURS, Job, Timing, compare, fresh, once, report

JOBS: dict[str, Job] = {**nonparametric.JOBS, **cox.JOBS, **bootstrap.JOBS}
PEERS = ("numpy", "pandas", "lifelines", "statsmodels", "scikit-survival", "greenwood", "comprisk", "survival", "numba")
GOALS = (  # job, rows, peer (the best without a name), times faster
    ("km", 1_000_000, "", 8),
    ("logrank", 1_000_000, "", 15),
    ("aj", 1_000_000, "", 15),
    ("rmst", 1_000_000, "", 30),
    ("cox", 1_000_000, "lifelines", 6),
    ("cox_cluster", 1_000_000, "", 4),
    ("cox_cluster", 200_000, "statsmodels", 60),
    ("boot_km", 20_000, "statsmodels, frames", 100),
    ("boot_cox", 20_000, "lifelines, frames", 15),
    ("fine_gray", 1_000_000, "comprisk", 1),
)
Found = dict[tuple[str, int], dict[str, Timing]]


def main() -> None:
    """Read what is asked, run it, print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[2_000, 20_000, 200_000, 1_000_000])
    parser.add_argument("--jobs", nargs="+", choices=list(JOBS), default=list(JOBS))
    parser.add_argument("--no-fresh", action="store_true")
    parser.add_argument("--once", nargs=3, metavar=("JOB", "LIBRARY", "ROWS"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    warnings.simplefilter("ignore")  # lifelines says at length that it breaks ties by chance
    if asked.once:
        name, library, rows = asked.once
        once(JOBS[name], library, int(rows))
        return
    print(__doc__)
    print(f"Python {sys.version.split()[0]}, {', '.join(map(_version, PEERS))}; {os.cpu_count()} processors")
    print(f"R: {rscript() or 'not installed'}")
    found: Found = {}
    for name in asked.jobs:
        found |= _in_turn(name, sorted(asked.rows))
    _goals(found)
    _growth(found)
    if not asked.no_fresh:
        _fresh(asked.jobs, min(asked.rows), max(asked.rows), found)
        _import()


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"{package} not installed"


def _in_turn(name: str, sizes: list[int]) -> Found:
    """Time every way at every size."""
    job = JOBS[name]
    print(f"\n{'':<30}{'rows':>9}  {'library':<20}{'CPU ms':>11}{'wall ms':>11}{'calls':>6}{'CPU x':>9}{'wall x':>8}  apart")
    found: Found = {}
    before: dict[str, Timing] = {}
    for rows in job.sizes or sizes:
        found[name, rows] = before = compare(job, rows, before)
        report(job, rows, before)
        if rscript():
            print(f"{job.title:<30}{rows:>9}  {'R':<20}{r_line(name, job.made_up(rows))}", flush=True)
    return found


def _goals(found: Found) -> None:
    """Print which goals are reached."""
    print(f"\nGoals: {'':<34}{'rows':>9}  {'peer':<22}{'goal':>6}{'CPU x':>8}{'wall x':>8}")
    for name, rows, peer, goal in GOALS:
        timings = found.get((name, rows), {})
        peers = {key: each for key, each in timings.items() if key != OURS and each.agrees and (not peer or key == peer)}
        if not peers:
            continue
        best = min(peers, key=lambda key: peers[key].cpu)
        ours = timings[OURS]
        cpu, wall = peers[best].cpu / ours.cpu, peers[best].wall / ours.wall
        said = "reached" if min(cpu, wall) >= goal else "reached by one of the two" if max(cpu, wall) >= goal else "missed"
        title = JOBS[name].title
        print(f"  {title:<39}{rows:>9}  {best:<22}{goal:>6}{cpu:>8.1f}{wall:>8.1f}  {said}")


def _growth(found: Found) -> None:
    """Print the exponent b of cost = rows ^ b over the last two sizes, and from the first size to the last."""
    print("\nGrowth of CPU time with rows (goal: at most 1.15)")
    for name in dict.fromkeys(name for name, _ in found):
        sizes = sorted(rows for job, rows in found if job == name)
        if len(sizes) < 2:
            continue
        cpu = [found[name, rows][OURS].cpu for rows in sizes]
        last = np.log(cpu[-1] / cpu[-2]) / np.log(sizes[-1] / sizes[-2])
        whole = np.log(cpu[-1] / cpu[0]) / np.log(sizes[-1] / sizes[0])
        print(f"  {JOBS[name].title:<39}{last:>7.2f} over the last two sizes, {whole:.2f} over all")


def _fresh(names: list[str], fewest: int, most: int, found: Found) -> None:
    """Run ways in new processes: all with the fewest rows; ours and lifelines with the most that lifelines can do."""
    print(f"\nIn a new process with its imports, {fewest:,} rows; growth of peak memory in a second call, with more rows")
    print(f"{'':<30}{'library':<22}{'CPU s':>9}{'wall s':>9}{'rows':>12}{'growth MiB':>12}")
    for name in names:
        job = JOBS[name]
        sizes = [rows for job_name, rows in found if job_name == name and rows <= most]
        for library in job.ways:
            lifelines = next((key for key in job.ways if key.startswith("lifelines")), OURS)
            able = [rows for rows in sizes if not found[name, rows][lifelines].failed]
            line = f"{job.title:<30}{library:<22}"
            if not job.sizes:
                runs = [fresh(__file__, name, library, fewest) for _ in range(2)]
                line += "".join(f"{np.median([run[key] for run in runs]):>9.2f}" for key in ("all_cpu", "all_wall"))
            else:
                line += f"{'-':>9}{'-':>9}"
            if library in (OURS, lifelines) and able:
                line += f"{max(able):>12}{fresh(__file__, name, library, max(able))['mib']:>12.0f}"
            print(line, flush=True)


def _import() -> None:
    """Print what `import evaltools` costs beyond bare Python."""
    spent: dict[str, list[tuple[float, float]]] = {"pass": [], "import evaltools": []}
    for _ in range(9):
        for code, clocks in spent.items():
            wall, cpu = time.perf_counter(), sum(os.times()[2:4])
            subprocess.run([sys.executable, "-c", code], check=True)
            clocks.append((sum(os.times()[2:4]) - cpu, time.perf_counter() - wall))
    cpu, wall = np.median(spent["import evaltools"], axis=0) - np.median(spent["pass"], axis=0)
    print(f"\nimport evaltools: {cpu:.3f} CPU s and {wall:.3f} wall s more than bare Python (goal: at most 0.1 CPU s)")


if __name__ == "__main__":
    main()
