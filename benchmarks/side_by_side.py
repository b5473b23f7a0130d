"""Time several ways of doing one job, in turn on the same arrays in one process, and say how far their answers differ."""

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

__all__ = ["OURS", "Data", "Job", "Read", "Timing", "Way", "compare", "fresh", "once", "report"]

Data = Mapping[str, Any]
Read = Callable[[], Any]  # how to read the answer, which is not timed
Way = Callable[[Data], Read]
OURS = "evaltools"
LIMIT = 60.0  # seconds a call: beyond it a way is not tried
_ROUNDS, _IN_A_ROW = 7, 3
_SECONDS, _FEWEST = 2.0, 3  # spent on the calls of one way, and calls at least
_ALONE = 4.0  # a first call that took so long is the only one


@dataclass(frozen=True)
class Job:
    """One job: ways by the name of their library, and the difference of answers still called the same.

    An answer has rows of (estimate, standard error), or of estimates alone. made_up: gives the data of so many rows.
    tolerance: relative, of each column. most_rows: rows beyond which a way is known to be over the limit, by library.
    sizes: rows of the job, when other than asked. share: of the work that a way does, by library; its times are scaled up.
    """

    title: str
    ways: Mapping[str, Way]
    made_up: Callable[[int], Data]
    tolerance: tuple[float, ...]
    most_rows: Mapping[str, int] = field(default_factory=dict)
    sizes: tuple[int, ...] = ()
    share: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Timing:
    """Median seconds of one way, of how many calls, the largest relative difference of each column, whether it is ours.

    first: wall seconds of the first call. failed: why there is nothing.
    """

    wall: float
    cpu: float
    calls: int = 0
    difference: tuple[float, ...] = ()
    agrees: bool = False
    failed: str = ""
    first: float = 0.0


def compare(job: Job, rows: int, before: Mapping[str, Timing] | None = None) -> dict[str, Timing]:
    """Call every way once to warm up and to read its answer, then all in turn.

    before: what was found with fewer rows; a way that would take longer than LIMIT is not called.
    """
    data = job.made_up(rows)
    answers, found, first = {}, {}, {}
    for name, way in job.ways.items():
        if rows > job.most_rows.get(name, rows) or _expected(before, name) > LIMIT:
            found[name] = Timing(np.nan, np.nan, failed="over limit: more than a minute, to judge by fewer rows")
            continue
        try:
            *first[name], read = _clock(way, data)
            answer = np.atleast_1d(np.asarray(read(), dtype=float))
            answers[name] = answer.reshape(len(answer), -1)
        except Exception as error:  # a peer that cannot do it is a result, not the end of the run
            found[name] = Timing(np.nan, np.nan, failed=f"{type(error).__name__}: {str(error)[:70]}")
    calls = _take_turns(job, data, {name: first[name][0] for name in answers})
    for name, answer in answers.items():
        wall, cpu = np.median(calls[name] or [first[name]], axis=0) / job.share.get(name, 1.0)
        apart = _difference(answers[OURS], answer)
        agrees = len(apart) > 0 and all(gap <= most for gap, most in zip(apart, job.tolerance, strict=False))
        found[name] = Timing(wall, cpu, len(calls[name]) or 1, apart, agrees, first=first[name][0])
    return found


def _take_turns(job: Job, data: Data, first: Mapping[str, float]) -> dict[str, list[tuple[float, float]]]:
    """Return wall and CPU seconds of every call of every way. first: seconds of its first call, which is not among them."""
    calls: dict[str, list[tuple[float, float]]] = {name: [] for name in first}
    wanted = {name: int(np.clip(_SECONDS / wall, _FEWEST, _ROUNDS * _IN_A_ROW)) for name, wall in first.items()}
    for turn in range(_ROUNDS):
        for name in list(first)[:: 1 if turn % 2 else -1]:
            gc.collect()
            for _ in range(_IN_A_ROW if wanted[name] >= _ROUNDS else 1):
                if len(calls[name]) < wanted[name] and (first[name] < _ALONE or name == OURS):  # ours compiles in the first
                    calls[name].append(_clock(job.ways[name], data)[:2])
    return calls


def _clock(way: Way, data: Data) -> tuple[float, float, Read]:
    wall, cpu = time.perf_counter(), time.process_time()
    read = way(data)
    return time.perf_counter() - wall, time.process_time() - cpu, read


def _expected(before: Mapping[str, Timing] | None, name: str) -> float:
    """Seconds to expect with five or ten times the rows; nothing is expected of what failed for another reason."""
    if not before or name not in before:
        return 0.0
    if before[name].failed:
        return np.inf if before[name].failed.startswith("over") else 0.0
    return 6 * before[name].first if before[name].first > 1 else 0.0


def _difference(ours: np.ndarray, theirs: np.ndarray) -> tuple[float, ...]:
    """Return the largest difference of each column, relative to the largest of ours; nothing when they do not match."""
    if len(ours) != len(theirs):
        return ()
    columns = min(ours.shape[1], theirs.shape[1])
    a, b = ours[:, :columns], theirs[:, :columns]
    gap = np.abs(a - b)
    gap[(a == b) | (np.isnan(a) & np.isnan(b))] = 0.0
    size = np.nanmax(np.where(np.isfinite(a), np.abs(a), 0.0), axis=0)
    return tuple(float(each) for each in np.nan_to_num(gap.max(axis=0) / np.maximum(size, 1e-300), nan=np.inf))


def report(job: Job, rows: int, found: Mapping[str, Timing]) -> None:
    """Print one line a way, with ratios to ours of the ways that agree."""
    ours = found[OURS]
    for name, timing in sorted(found.items(), key=lambda item: (np.nan_to_num(item[1].cpu, nan=np.inf), item[0])):
        line = f"{job.title:<30}{rows:>9}  {name:<20}"
        if timing.failed:
            print(line + timing.failed, flush=True)
            continue
        line += f"{timing.cpu * 1e3:>11.2f}{timing.wall * 1e3:>11.2f}{timing.calls:>6}"
        if name != OURS:
            ratios = f"{timing.cpu / ours.cpu:>9.1f}{timing.wall / ours.wall:>8.1f}"
            line += ratios if timing.agrees else f"{'-':>9}{'-':>8}"
            apart = ", ".join(f"{gap:.0e}" for gap in timing.difference) or "answers do not match"
            line += f"  {apart}{'' if timing.agrees else ': another answer, no ratio'}"
            if job.share.get(name, 1.0) != 1:
                line += f"; {job.share[name]:.1%} of the work done, scaled up"
        print(line, flush=True)


def fresh(script: str, name: str, library: str, rows: int) -> dict[str, float]:
    """Run one way once in a new process: seconds without and with imports, and growth of peak memory in MiB."""
    asked = [sys.executable, script, "--once", name, library, str(rows)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"cpu": np.nan, "all_cpu": np.nan, "all_wall": np.nan, "mib": np.nan}
    return json.loads(done.stdout.splitlines()[-1])


def once(job: Job, library: str, rows: int) -> None:
    """Run one way in this process and print what it cost: with its imports, and then again without."""
    data = job.made_up(rows)
    wall, cpu, _ = _clock(job.ways[library], data)
    before = _peak(reset=True)
    again = _clock(job.ways[library], data)
    print(json.dumps({"cpu": again[1], "all_cpu": cpu, "all_wall": wall, "mib": _peak() - before}))


def _peak(reset: bool = False) -> float:
    """Return the peak memory of this process in MiB, from now on if it is reset (Linux; elsewhere the peak so far)."""
    try:
        if reset:
            Path("/proc/self/clear_refs").write_text("5")
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(float(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
