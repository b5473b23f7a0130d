"""Evaluation and impact analysis of supported-employment programmes. Public names load on first use (PEP 562)."""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "EventTimes": "evaltools.domain.event_times",
    "StateHistory": "evaltools.domain.state_history",
    "aft": "evaltools.estimate.aft",
    "bounds": "evaltools.estimate.bounds",
    "control_chart": "evaltools.estimate.sites.control_chart",
    "count_model": "evaltools.estimate.regression.count_model",
    "cox": "evaltools.estimate.cox",
    "cumulative_incidence": "evaltools.estimate.cumulative_incidence",
    "fine_gray": "evaltools.estimate.fine_gray",
    "funnel": "evaltools.estimate.sites.funnel",
    "gray": "evaltools.estimate.gray",
    "homogeneity": "evaltools.estimate.homogeneity",
    "kaplan_meier": "evaltools.estimate.kaplan_meier",
    "logrank": "evaltools.estimate.logrank",
    "median_time": "evaltools.estimate.median_time",
    "mixed_model": "evaltools.estimate.regression.mixed_model",
    "open_release": "evaltools.store",
    "proportion": "evaltools.estimate.proportion",
    "rank_intervals": "evaltools.estimate.sites.rank_intervals",
    "read_study": "evaltools.study",
    "restricted_mean": "evaltools.estimate.restricted_mean",
    "run": "evaltools.pipeline",
    "shrink": "evaltools.estimate.sites.shrink",
    "standardise": "evaltools.estimate.sites.standardise",
    "state_occupation": "evaltools.estimate.state_occupation",
    "tipping_point": "evaltools.estimate.tipping_point",
}

__all__ = [
    "EventTimes",
    "StateHistory",
    "aft",
    "bounds",
    "control_chart",
    "count_model",
    "cox",
    "cumulative_incidence",
    "fine_gray",
    "funnel",
    "gray",
    "homogeneity",
    "kaplan_meier",
    "logrank",
    "median_time",
    "mixed_model",
    "open_release",
    "proportion",
    "rank_intervals",
    "read_study",
    "restricted_mean",
    "run",
    "shrink",
    "standardise",
    "state_occupation",
    "tipping_point",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'evaltools' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
