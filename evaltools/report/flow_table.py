"""Table: how many people were referred, engaged, started work and kept it."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from evaltools.domain.release import Release
from evaltools.report.figure import not_shown
from evaltools.report.html import Html
from evaltools.report.rows import headline, picked
from evaltools.report.table import Table, numbered
from evaltools.report.words import HIDDEN, count

__all__ = ["flow", "flow_table"]

_STEPS = {
    "referred": "Referred",
    "engaged": "Engaged",
    "in_scope": "In scope",
    "started": "Started a first job",
    "start_unknown": "Start not known",
}
Cells = Mapping[tuple[str, str], float | None]
_ALWAYS = ("referred", "engaged", "started")
_REASONS = ("less_", "ended_", "evidenced_", "enrolments", "accepted", "engaged_in_scope")  # told by the participant flow


def flow(release: Release) -> dict[tuple[str, str], float | None]:
    """Give the counts of people under the headline definition, by row ('all' or a site's id) and step."""
    found = picked(release.results.counts, table_id="flow")
    prefix = f"{headline(release)}."
    return {
        (str(row), str(step).removeprefix(prefix)): None if pd.isna(n) else float(n)
        for row, step, n in found[["row", "column", "n"]].itertuples(index=False)
        if "." not in str(step) or str(step).startswith(prefix)
    }


def _head(step: str) -> str:
    kept = re.fullmatch(r"kept_(\d+)", step)
    return f"Kept it {kept[1]} weeks" if kept else _STEPS.get(step, step.replace("_", " "))


def _telling(cells: Cells) -> list[str]:
    """Leave out steps that say nothing, such as a scope that is everybody engaged, and those told beside another."""
    steps = list(dict.fromkeys(step for _, step in cells))
    same = all(cells.get((row, "engaged")) == n for (row, step), n in cells.items() if step == "in_scope")
    empty = {step for step in steps if all(n == 0 for (_, other), n in cells.items() if other == step)}
    beside = {step for step in steps if step.startswith(("followed_", "lost_contact_", *_REASONS))}
    silent = (empty - set(_ALWAYS)) | ({"in_scope"} if same else set()) | beside
    return [step for step in steps if step not in silent]


def _cell(cells: Cells, group: str, step: str) -> str:
    """Count of a step; under people who kept a job, of how many who were followed for that long."""
    n = count(cells.get((group, step)))
    followed = (group, step.replace("kept_", "followed_"))
    return f"{n}\nof {count(cells[followed])} followed" if step.startswith("kept_") and followed in cells else n


def flow_table(release: Release) -> Html | None:
    """People at each step from referral to a job that lasts, a row for each site; None for studies of totals."""
    if release.meta.kind != "records":
        return None
    cells = flow(release)
    if not cells:
        return not_shown("The flow from referral to work", "the release holds no counts of it")
    steps = _telling(cells)
    names = {**release.meta.sites, "all": release.meta.programme}
    groups = [group for group in names if any((group, step) in cells for step in steps)]
    groups = groups if len(release.meta.sites) > 1 else groups[-1:]
    body = tuple((names[group], *(_cell(cells, group, step) for step in steps)) for group in groups)
    hidden = any(HIDDEN in cell for row in body for cell in row)
    table = Table(
        "flow",
        "People at each step from referral to a job that lasts",
        ("Site", *(_head(step) for step in steps)),
        body,
        note=f"{HIDDEN}: {release.meta.rule}" if hidden else "",
        total=len(groups) > 1,
    )
    return numbered(table)
