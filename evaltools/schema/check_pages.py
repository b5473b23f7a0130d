"""One page of Markdown for each data check, and a list of them all, made from the catalogue."""

from __future__ import annotations

from collections.abc import Iterable

from evaltools.schema.table import Check, Schema
from evaltools.schema.thresholds import Thresholds

__all__ = ["check_pages"]

_SETTINGS = {
    "D127": ("overlap_days",),
    "D129": ("hours_check", "hours_max"),
    "D130": ("hours_max",),
    "D131": ("age_min", "age_max"),
    "D139": ("heaping_weeks", "heaping_hours", "heaping_days", "heaping_width", "heaping_p", "heaping_least"),
    "D140": ("sentinel_dates",),
    "D141": ("evidence_lag_days",),
}
_SEVERITIES = {
    "must fix": "Must fix.** The data cannot be right, or cannot be used, until somebody corrects them.",
    "please check": "Please check.** The data may be right. Somebody who knows should look and say so, or correct them.",
    "changed for you": "Changed for you.** Nothing is asked of anybody. The ledger holds what was changed.",
}
_FIRST = "Made from `data_schema/checks.toml` by `evaltools dictionary --write`; change that file, not this page.\n"


def check_pages(schema: Schema) -> dict[str, str]:
    """Write the pages, by file name.

    >>> from evaltools.schema.table import Schema
    >>> one = Check("D112", "a row stands twice", "changed for you", "Two rows are the same.", "Nothing to do.")
    >>> print(check_pages(Schema({}, {}, {}, {"D112": one}))["D112.md"].splitlines()[0])
    # D112: a row stands twice
    """
    pages = {f"{code}.md": _page(check) for code, check in schema.checks.items()}
    return {"README.md": _index(schema.checks.values())} | pages


def _page(check: Check) -> str:
    parts = [
        f"# {check.code}: {check.title}\n",
        f"**{_SEVERITIES[check.severity]}\n",
        f"## What it means\n\n{check.meaning}\n",
        f"## What to do\n\n{check.fix}\n",
        *_settings(check.code),
        "## Where it is shown\n\n"
        "In `evaltools check`, in the workbook that goes back to the provider (with the cell), and, as a count alone, in "
        "the data-quality report.\n",
        f"[All checks](README.md). {_FIRST}",
    ]
    return "\n".join(parts)


def _settings(code: str) -> list[str]:
    """Say which settings of a study file the check is judged by, with their defaults, as they would be written there."""
    if code not in _SETTINGS:
        return []
    defaults = Thresholds().model_dump()
    lines = [f"{name} = {_toml(defaults[name])}" for name in _SETTINGS[code]]
    words = "A study may set its own limits in `study.toml`; a change is judged without reading the providers' files again."
    return ["## Settings\n\n" + words + " By default:\n\n```toml\n[checks]\n" + "\n".join(lines) + "\n```\n"]


def _toml(value: object) -> str:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, tuple) else str(value)


def _index(checks: Iterable[Check]) -> str:
    lines = [f"| [{check.code}]({check.code}.md) | {check.title} | {check.severity} |" for check in checks]
    return "\n".join(["# Data checks", "", _FIRST, "| Code | Check | Severity |", "|---|---|---|", *lines, ""])
