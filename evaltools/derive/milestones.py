"""Milestones: for each starter and each length of time, whether work was kept, how that is proved, and at what hours."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.derive.day_numbers import day_numbers
from evaltools.derive.doubtful_spells import UNDATED_JOB
from evaltools.derive.hours_held import known_hours_on
from evaltools.derive.sustainment import any_sustained, sustained
from evaltools.derive.weeks_in_window import weeks_in_window
from evaltools.domain.definition import Definition

__all__ = ["judge_milestones"]

_COUNTS = ("spells_followed", "spells_kept", "spells_open")
_NAMES = ["definition", "participant_id", "site_id"]


def judge_milestones(  # noqa: PLR0913 - everything that a milestone is judged by
    starters: pd.DataFrame,
    spells: pd.DataFrame,
    jobs: pd.DataFrame,
    grades: pd.DataFrame | None,
    definition: Definition,
    wider: pd.DataFrame | None = None,
    undated: np.ndarray | None = None,
) -> pd.DataFrame:
    """Judge every starter at every milestone of a definition.

    starters: one row a person, in order of person: definition, participant_id, site_id, person (whole numbers from 0), and
    of the first spell start_date, known_until, ended, cut, seen_until, open_because. spells: every spell of everybody, with
    person. jobs: every job that counts or (column counts) may count, with person. wider: spells that such a job may have
    made. undated: by person, whether a job of theirs cannot be dated. grades: best evidence of each starter, a column for
    each of the weeks; None when the study keeps no evidence.

    Returns definition, participant_id, site_id, weeks, followed, state, open_because (why a state is open: 'data cut',
    'contact lost', 'end not known', 'hours not known', 'a job is not dated'), best_state (of any spell, not the first
    alone), hours (weekly, on the milestone, jobs held at the same time added; missing when not in work or not known) and
    evidence (grade; missing when none is kept); spells_followed, spells_kept and spells_open: of all spells (missing under a
    rule of weeks in a window).
    """
    parts = [_at(starters, spells, jobs, weeks, definition, wider, undated) for weeks in definition.sustained_weeks]
    if not parts:
        parts = [_at(starters.iloc[:0], spells.iloc[:0], jobs.iloc[:0], 1, definition)]
    for part in parts:
        weeks = int(part["weeks"].iloc[0]) if len(part) else 0
        none = pd.array([None] * len(part), dtype="string")
        part["evidence"] = grades[weeks].array if grades is not None and len(part) else none
        part["evidence"] = part["evidence"].mask(part["evidence"].notna() & (part["state"] == "no"), "none")  # ended before
    return pd.concat(parts, ignore_index=True).astype({"weeks": "int64", "followed": bool})


def _at(  # noqa: PLR0913 - as judge_milestones
    starters: pd.DataFrame,
    spells: pd.DataFrame,
    jobs: pd.DataFrame,
    weeks: int,
    definition: Definition,
    wider: pd.DataFrame | None = None,
    undated: np.ndarray | None = None,
) -> pd.DataFrame:
    counts = {}
    sure = (jobs["counts"] == "yes").to_numpy(dtype=bool) if "counts" in jobs else np.ones(len(jobs), dtype=bool)
    if definition.kept_rule == "weeks_in_window":
        judged = weeks_in_window(jobs, starters, weeks, definition.window_weeks, definition.kept_hours)
        waiting = starters.loc[judged["state"] != "yes", ["person", "cut", "seen_until"]]
        judged = _undated(judged, starters["person"].to_numpy(dtype=np.int64), undated)
        later = jobs[["person", "start_date"]].assign(sure=sure).merge(waiting, on="person")
        again = weeks_in_window(jobs, later, weeks, definition.window_weeks, definition.kept_hours)["state"]
        again = _doubted(again, ~later["sure"].to_numpy(dtype=bool))
        every = pd.concat([judged["state"], again])
        owner = np.concatenate([starters["person"].to_numpy(dtype=np.int64), later["person"].to_numpy(dtype=np.int64)])
    else:
        judged = sustained(starters, weeks, definition.inclusive_days)
        because = starters["open_because"].where(~judged["state"].isin(["yes", "no"]), "")
        judged = judged.assign(open_because=because.astype("string"))
        spell = sustained(spells, weeks, definition.inclusive_days)
        every, owner = spell["state"], spells["person"].to_numpy(dtype=np.int64)
        counts = _of_spells(owner, spell, starters["person"].to_numpy(dtype=np.int64))
        if wider is not None and len(wider):
            may = sustained(wider, weeks, definition.inclusive_days)["state"]
            every = pd.concat([every, _doubted(may, np.ones(len(may), dtype=bool))])
            owner = np.concatenate([owner, wider["person"].to_numpy(dtype=np.int64)])
    best = any_sustained(owner, every, _people(owner, starters)).iloc[starters["person"].to_numpy(dtype=np.int64)]
    day = day_numbers(starters["start_date"]) + 7 * weeks - int(definition.inclusive_days)
    hours = known_hours_on(jobs[sure], starters["person"].to_numpy(dtype=np.int64), day)
    return (
        starters[_NAMES]
        .assign(weeks=weeks, followed=judged["followed"], state=judged["state"], open_because=judged["open_because"])
        .assign(best_state=best.array, hours=pd.array(hours, dtype="Float64"))
        .assign(**{name: pd.array(counts.get(name, [None] * len(starters)), dtype="Int64") for name in _COUNTS})
    )


def _doubted(state: pd.Series, doubtful: np.ndarray) -> pd.Series:
    """Make of what a doubtful job brought about a possibility."""
    return state.mask(doubtful & (state == "yes").to_numpy(dtype=bool), "unknown")


def _undated(judged: pd.DataFrame, person: np.ndarray, undated: np.ndarray | None) -> pd.DataFrame:
    """Leave open what a job that nobody can date may have brought about."""
    if undated is None or not undated.any():
        return judged
    opened = undated[person] & (judged["state"] == "no").to_numpy(dtype=bool)
    return judged.assign(
        state=judged["state"].mask(opened, "unknown"), open_because=judged["open_because"].mask(opened, UNDATED_JOB)
    )


def _of_spells(owner: np.ndarray, spell: pd.DataFrame, persons: np.ndarray) -> dict[str, np.ndarray]:
    """Count each starter's spells that were followed to the milestone, were kept, and are open."""
    followed = spell["followed"].to_numpy(dtype=bool)
    state = spell["state"].to_numpy(dtype=object)
    marks = (followed, followed & (state == "yes"), followed & np.isin(state, ["not yet", "unknown"]))
    most = int(max(owner.max(initial=-1), persons.max(initial=-1))) + 1
    return {name: np.bincount(owner[mark], minlength=most)[persons] for name, mark in zip(_COUNTS, marks, strict=True)}


def _people(owner: np.ndarray, starters: pd.DataFrame) -> int:
    return int(max(owner.max(initial=-1), starters["person"].max() if len(starters) else -1)) + 1
