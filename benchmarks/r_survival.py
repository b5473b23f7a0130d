"""The same jobs in R, on the same arrays, when R and its packages survival and cmprsk are installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["r_line", "rscript"]

_LONGEST = 300
_READ = """
suppressMessages(library(survival))
path <- commandArgs(TRUE)[1]
column <- function(name) readBin(file.path(path, name), "double", n = 2e9, endian = "little")
days <- column("days"); status <- column("event"); cause <- column("cause"); group <- column("group")
if (file.exists(file.path(path, "x"))) { x <- matrix(column("x"), ncol = 15); cluster <- column("cluster") }
state <- factor(cause, 0:2, c("none", "job", "left"))
job <- function() { %s }
answer <- job()
clock <- sapply(1:3, function(turn) { spent <- system.time(job()); c(sum(spent[c(1, 2, 4, 5)], na.rm = TRUE), spent[[3]]) })
cat(median(clock[1, ]), median(clock[2, ]), "\\n")
"""
_JOBS = {
    "km": 'survfit(Surv(days, status) ~ 1, conf.type = "log-log")',
    "logrank": "survdiff(Surv(days, status) ~ group)",
    "aj": 'survfit(Surv(days, state) ~ group, conf.type = "log-log")',
    "rmst": "summary(survfit(Surv(days, status) ~ group), rmean = 365)$table",
    "cox": "coxph(Surv(days, status) ~ x)",
    "cox_cluster": "coxph(Surv(days, status) ~ x, cluster = cluster)",
    "fine_gray": "suppressMessages(library(cmprsk)); crr(days, cause, x)",
}


def rscript() -> str | None:
    """Return where Rscript is, or None."""
    return shutil.which("Rscript")


def r_line(name: str, data: Mapping[str, Any]) -> str:
    """Return 'CPU ms, wall ms' of a job in R (median of three calls after a first), or why there is none."""
    command = rscript()
    if command is None:
        return "not installed"
    if name not in _JOBS:
        return "no such job in R"
    with tempfile.TemporaryDirectory() as folder:
        columns = {key: data[key] for key in ("days", "event", "cause", "group", "x") if key in data}
        if "frame" in data:
            columns["cluster"] = data["frame"]["cluster"]
        for key, values in columns.items():
            np.asarray(values, dtype="<f8").ravel(order="F").tofile(Path(folder) / key)
        if "group" not in columns:
            np.zeros(1, dtype="<f8").tofile(Path(folder) / "group")
        try:
            done = subprocess.run(
                [command, "-e", _READ % _JOBS[name], folder], capture_output=True, text=True, check=True, timeout=_LONGEST
            )
        except subprocess.TimeoutExpired:
            return f"over limit: more than {_LONGEST} seconds for four calls"
        except subprocess.CalledProcessError as error:
            return f"failed: {error.stderr.strip().splitlines()[-1] if error.stderr.strip() else 'no words'}"
    cpu, wall = (1e3 * float(number) for number in done.stdout.split()[-2:])
    return f"{cpu:>11.2f}{wall:>11.2f}{3:>6}"
