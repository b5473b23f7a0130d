"""Table: everybody from the rows that were sent to a known outcome, with every reason for which people left the flow."""

from __future__ import annotations

import re

import pandas as pd

from evaltools.domain.release import Release
from evaltools.report.figure import not_shown
from evaltools.report.flow_table import flow
from evaltools.report.html import Html
from evaltools.report.rows import picked
from evaltools.report.table import Table, numbered
from evaltools.report.words import HIDDEN, count

__all__ = ["participant_flow"]

_ROWS = {"rows": "Rows sent", "merged": "merged with another row", "quarantined": "set aside", "kept": "Rows used"}
_STEPS = {
    "enrolments": "Referrals recorded",
    "less_again": "referred again",
    "referred": "People referred",
    "less_not_accepted": "not accepted",
    "less_waiting": "waiting for a decision",
    "accepted": "Accepted",
    "less_left_before": "left before they engaged",
    "less_engagement_unknown": "engagement not known",
    "less_never_engaged": "never engaged, and no job",
    "less_not_engaged_yet": "not engaged yet",
    "engaged": "Engaged",
    "less_in_work": "in work when referred",
    "less_work_status_unknown": "work when referred not known",
    "less_not_closed": "referral not closed",
    "engaged_in_scope": "Engaged and in scope",
    "start_unknown": "start of work not known",
    "less_left_without_job": "left without a job",
    "less_died": "died without a job",
    "less_no_job_yet": "no job yet",
    "less_dates_wrong": "dates that contradict each other",
    "started": "Started a first job",
}
_AFTER = {
    "less_too_recent": "started less than {} weeks before the end of the data",
    "followed": "Followed for {} weeks",
    "lost_contact": "out of contact before {} weeks",
    "less_open": "{} weeks not over",
    "ended": "ended before {} weeks",
    "kept": "Kept it {} weeks",
    "less_no_evidence": "without evidence at {} weeks",
    "evidenced": "Kept it {} weeks, with evidence",
}
Cells = dict[tuple[str, str], float | None]


def participant_flow(release: Release) -> Html | None:
    """Rows, people and reasons, a column for each site; None for studies of totals.

    A step stands with a capital letter; a line with a dash under it counts those who went no further. Reasons that nobody
    had are left out.
    """
    if release.meta.kind != "records":
        return None
    caption = "Everybody from the rows that were sent to a known outcome"
    cells = _rows(release) | flow(release)
    if ("all", "accepted") not in cells:
        return not_shown(caption, "the release holds no counts of it")
    words = _words(cells)
    sites = [site for site in release.meta.sites if any(row == site for row, _ in cells)]
    groups = [*sites, "all"] if len(sites) > 1 else ["all"]
    shown = [step for step in words if _tells(step, cells, groups)]
    body = tuple((_label(words[step]), *(count(cells.get((group, step))) for group in groups)) for step in shown)
    heads = [release.meta.sites.get(group, release.meta.programme) for group in groups]
    hidden = any(HIDDEN in row for row in body)
    note = "A line with a dash counts those who went no further, at the step between the lines around it."
    note += f"\n\n{HIDDEN}: {release.meta.rule}" if hidden else ""
    return numbered(Table("participant-flow", caption, ("Step", *heads), body, note=note))


def _label(words: str) -> str:
    return words if words[:1].isupper() else f"– {words}"


def _rows(release: Release) -> Cells:
    found = picked(release.results.counts, table_id="rows")
    return {
        (str(row), str(column)): None if pd.isna(n) else float(n)
        for row, column, n in found[["row", "column", "n"]].itertuples(index=False)
    }


def _words(cells: Cells) -> dict[str, str]:
    weeks = sorted({int(found[1]) for _, step in cells if (found := re.fullmatch(r"followed_(\d+)", step))})
    after = {f"{step}_{k}": words.format(k) for k in weeks for step, words in _AFTER.items()}
    return {**_ROWS, **_STEPS, **after}


def _tells(step: str, cells: Cells, groups: list[str]) -> bool:
    """Say whether any group has the step, or for a reason, whether anybody had it."""
    held = [cells[group, step] for group in groups if (group, step) in cells]
    reason = step in ("merged", "quarantined", "start_unknown") or step.startswith(("less_", "lost_contact_", "ended_"))
    return any(n != 0 for n in held) if reason else bool(held)
