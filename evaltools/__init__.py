"""Evaluation and impact analysis of supported-employment programmes. Public names load on first use (PEP 562)."""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "EventTimes": "evaltools.domain.event_times",
    "cumulative_incidence": "evaltools.estimate.cumulative_incidence",
    "homogeneity": "evaltools.estimate.homogeneity",
    "kaplan_meier": "evaltools.estimate.kaplan_meier",
    "median_time": "evaltools.estimate.median_time",
    "open_release": "evaltools.store",
    "proportion": "evaltools.estimate.proportion",
    "read_study": "evaltools.study",
    "run": "evaltools.pipeline",
}

__all__ = [
    "EventTimes",
    "cumulative_incidence",
    "homogeneity",
    "kaplan_meier",
    "median_time",
    "open_release",
    "proportion",
    "read_study",
    "run",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'evaltools' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
