"""Time several ways of doing one job, in turn on the same arrays in one process, and say whether their answers agree."""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

Data = Mapping[str, np.ndarray]
_IN_A_ROW = 3  # so that most runs find the caches as a user in a loop does, not as the way before left them
Read = Callable[[], Any]  # how to read the answer, which is not timed
Way = Callable[[Data], Read]


@dataclass(frozen=True)
class Job:
    """One job: ways by the name of their library, ours being 'evaltools', and the relative difference still called equal.

    made_up: gives the data of so many rows. most_rows: rows beyond which a way is not tried, by library.
    """

    title: str
    ways: Mapping[str, Way]
    made_up: Callable[[int], Data]
    tolerance: float | tuple[float, ...]  # one for each column of the answer
    most_rows: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Timing:
    """Median seconds of one way, and whether its answer is ours."""

    wall: float
    cpu: float
    agrees: bool
    failed: str = ""


def compare(job: Job, rows: int, repeat: int) -> dict[str, Timing]:
    """Run every way once to warm up and read its answer, then in turn `repeat` times, each time three in a row."""
    data = job.made_up(rows)
    answers, failures = {}, {}
    for name, way in job.ways.items():
        if rows <= job.most_rows.get(name, rows):
            try:
                answers[name] = np.asarray(way(data)(), dtype=float)
            except Exception as error:  # a peer that cannot do it is a result, not the end of the run
                failures[name] = f"{type(error).__name__}: {str(error)[:60]}"
    clocks: dict[str, list[tuple[float, float]]] = {name: [] for name in answers}
    for turn in range(repeat):
        for name in list(answers)[:: 1 if turn % 2 else -1]:
            gc.collect()
            for _ in range(_IN_A_ROW):
                wall, cpu = time.perf_counter(), time.process_time()
                job.ways[name](data)
                clocks[name].append((time.perf_counter() - wall, time.process_time() - cpu))
    found = {}
    for name, answer in answers.items():
        wall, cpu = np.median(clocks[name], axis=0)
        found[name] = Timing(wall, cpu, _equal(answers["evaltools"], answer, job.tolerance))
    return found | {name: Timing(np.nan, np.nan, False, why) for name, why in failures.items()}


def _equal(ours: np.ndarray, theirs: np.ndarray, tolerance: float | tuple[float, ...]) -> bool:
    return ours.shape == theirs.shape and bool(
        np.allclose(ours, theirs, rtol=np.array(tolerance), atol=1e-12, equal_nan=True)
    )


def report(job: Job, rows: int, found: Mapping[str, Timing]) -> None:
    """Print one line a way, with ratios to ours of the ways that agree."""
    ours = found["evaltools"]
    for name, timing in sorted(found.items(), key=lambda item: item[1].cpu):
        line = f"{job.title:<28}{rows:>9}  {name:<16}"
        if timing.failed:
            line += timing.failed
        else:
            line += f"{timing.wall * 1e3:>10.2f}{timing.cpu * 1e3:>10.2f}"
        if name != "evaltools" and not timing.failed:
            ratios = f"{timing.wall / ours.wall:>8.1f}{timing.cpu / ours.cpu:>8.1f}"
            line += ratios if timing.agrees else "   another answer: no ratio"
        print(line, flush=True)


def fresh(script: str, name: str, library: str, rows: int) -> dict[str, float]:
    """Run one way once in a new process: CPU seconds without and with imports, and growth of peak memory in MiB."""
    asked = [sys.executable, script, "--once", name, library, str(rows)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"cpu": np.nan, "all_cpu": np.nan, "mib": np.nan}
    return json.loads(done.stdout.splitlines()[-1])


def once(job: Job, library: str, rows: int, started: float) -> None:
    """Run one way in this process and print what it cost; a small run before takes the imports upon itself."""
    small, data = job.made_up(50), job.made_up(rows)
    imports = time.process_time()
    job.ways[library](small)
    before, cpu = _peak(reset=True), time.process_time()
    answer = job.ways[library](data)
    spent, grown = time.process_time() - cpu, _peak() - before
    print(json.dumps({"cpu": spent, "all_cpu": time.process_time() - imports + started, "mib": grown}))
    del answer


def _peak(reset: bool = False) -> float:
    """Return the peak memory of this process in MiB, from now on if it is reset (Linux; elsewhere the peak so far)."""
    try:
        if reset:
            Path("/proc/self/clear_refs").write_text("5")
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(float(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
