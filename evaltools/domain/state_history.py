"""Who was in which state from when to when: the one shape that every multi-state estimate takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.day_numbers import day_numbers, once_each
from evaltools.errors import EstimateError, Problem

__all__ = ["StateHistory", "Units"]

_MISSING = "(missing)"
_SET_ASIDE = "set these rows aside, with their reason, before estimating"


class Units(NamedTuple):
    """Labels in alphabetical order ('(missing)' last) and the position of each person's label, shape (people,)."""

    codes: NDArray[np.int64]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class StateHistory:
    """Spells in states, ordered by person and start; a spell is in one state and ends in another, or is censored.

    person: shape (m,), position of the spell's person, 0 to people - 1. states: their names.
    origin: shape (m,), position of the state of the spell. target: the state it ends in; -1 when follow-up ends first.
    start, stop: shape (m,), days from the origin of time, start < stop; at risk in start < day <= stop.
    people: how many. unseen: people given without any time at risk, who cannot be among them.
    data: the frame of other columns, in the order of the spells, for `by=` and `cluster=`.
    """

    person: NDArray[np.int64]
    origin: NDArray[np.int64]
    target: NDArray[np.int64]
    start: NDArray[np.float64]
    stop: NDArray[np.float64]
    states: tuple[str, ...]
    people: int
    data: pd.DataFrame
    unseen: int = 0

    @classmethod
    def from_frame(  # noqa: PLR0913 - the columns of a study of states
        cls,
        frame: pd.DataFrame,
        person: str,
        origin: str = "from",
        target: str = "to",
        start: str = "start",
        stop: str = "stop",
        states: Sequence[str] | None = None,
    ) -> StateHistory:
        """Take one row a spell.

        person, origin (state), target (state that ends it; missing when censored), start and stop (days, or spans of time):
        columns. States that are whole numbers are called by them: 1 is '1'.
        states: their names in the order to be shown; by default those that occur, in order of the alphabet.
        Raises EstimateError when a day is missing, a spell has no length, spells of a person overlap, a person goes from one
        state to another without a transition, or a state has no name in `states`.

        >>> spells = pd.DataFrame({"id": 1, "from": ["out", "job"], "to": ["job", None], "start": [0, 5], "stop": [5, 9]})
        >>> StateHistory.from_frame(spells, "id").states
        ('job', 'out')
        """
        _require(frame, person, origin, target, start, stop)
        codes, _ = pd.factorize(frame[person])
        days = {name: day_numbers(frame, name).values for name in (start, stop)}
        was, became = _state_names(frame[origin]), _state_names(frame[target])
        names = tuple(sorted({*was.dropna(), *became.dropna()}) if states is None else map(str, states))
        place = {name: position for position, name in enumerate(names)}
        order = np.lexsort((days[start], codes))
        history = cls(
            codes[order].astype(np.int64),
            was.map(place).fillna(-1).to_numpy(dtype=np.int64)[order],
            became.map(place).fillna(-1).to_numpy(dtype=np.int64)[order],
            days[start][order],
            days[stop][order],
            names,
            int(codes.max(initial=-1)) + 1,
            frame.iloc[order].reset_index(drop=True),
        )
        _check(history, {"person": person, "target": target, "start": start, "stop": stop})
        return history

    @classmethod
    def from_events(  # noqa: PLR0913 - the columns of a study of states
        cls,
        events: pd.DataFrame,
        people: pd.DataFrame,
        person: str,
        follow_up: str,
        states: Sequence[str],
        absorbing: Iterable[str] = (),
        state: str = "state",
        day: str = "day",
    ) -> StateHistory:
        """Take one row each time that somebody enters a state.

        events: columns `person`, `state` and `day`; the first is the state at the start of the person's time at risk.
        people: one row a person, with `follow_up` (last day followed) and columns for `by=`.
        states: in the order in which they follow each other on one day: of several states entered on a day, the last counts.
        absorbing: states that nobody leaves. People without a day at risk are counted in `unseen`.

        >>> seen = pd.DataFrame({"id": [1, 1], "state": ["engaged", "in job"], "day": [0, 5]})
        >>> followed = pd.DataFrame({"id": [1], "last": [9]})
        >>> StateHistory.from_events(seen, followed, "id", "last", states=("engaged", "in job")).stop.tolist()
        [5.0, 9.0]
        """
        _require(events, person, state, day)
        _require(people, person, follow_up)
        stray = int((~events[person].isin(people[person])).sum())
        if stray or people[person].duplicated().any():
            what = (
                f"{stray} of {len(events)} entries belong to nobody"
                if stray
                else "a person has more than one row in `people`"
            )
            raise EstimateError(
                Problem("E154", what, fix="give one row in `people` to everybody with an entry, and no more")
            )
        events = events.assign(**{day: day_numbers(events, day).values, state: _state_names(events[state]).to_numpy()})
        people = people.assign(**{follow_up: day_numbers(people, follow_up).values})
        rank = events[state].map({str(name): position for position, name in enumerate(states)})
        steps = events[[person, state, day]].assign(_rank=rank).sort_values([person, day, "_rank"], kind="stable")
        steps = steps.drop_duplicates([person, day], keep="last")
        steps = steps[steps[state] != steps.groupby(person)[state].shift()]
        following = steps.groupby(person)
        spells = steps.assign(**{"from": steps[state], "to": following[state].shift(-1), "start": steps[day]})
        spells = spells.drop(columns=[state, "_rank"]).assign(stop=following[day].shift(-1)).merge(people, on=person)
        last = spells["stop"].isna()
        late = int((spells["start"] > spells[follow_up]).sum())
        if late:
            what = f"{late} of {len(events)} entries into a state lie after the end of the person's follow-up"
            raise EstimateError(Problem("E154", what, fix=f"let '{follow_up}' be the last day on which anything is known"))
        spells["stop"] = spells["stop"].where(~last, spells[follow_up])
        finished = last & (spells["from"].isin([*map(str, absorbing)]) | (spells["stop"] == spells["start"]))
        kept = spells[~finished]
        history = cls.from_frame(kept, person, states=states)
        unseen = people[person].nunique() - kept[person].nunique()
        return cls(**{**vars(history), "unseen": int(unseen)})

    def __len__(self) -> int:
        return len(self.start)

    def units(self, column: str | None) -> Units:
        """Give each person's label in a column as text: 'all' without one; a missing label is its own group."""
        if column is None:
            return Units(np.zeros(self.people, dtype=np.int64), ("all",))
        _require(self.data, column)
        labels = self.data[column].astype(object).where(self.data[column].notna(), _MISSING).astype(str)
        if labels.groupby(self.person).nunique().gt(1).any():
            what = f"somebody's '{column}' changes from one spell to the next"
            raise EstimateError(Problem("E155", what, fix="group by what is known at the start of each person's time"))
        names = tuple(sorted(set(labels), key=lambda label: (label == _MISSING, label)))
        place = {name: position for position, name in enumerate(names)}
        codes = np.zeros(self.people, dtype=np.int64)
        codes[self.person] = labels.map(place).to_numpy(dtype=np.int64)
        return Units(codes, names)

    def leavable(self) -> NDArray[np.bool_]:
        """Say of each state whether anybody was ever at risk of leaving it."""
        return np.bincount(self.origin, minlength=len(self.states)) > 0


def _state_names(column: pd.Series) -> pd.Series:
    """Return states as text, missing where missing; a whole number that pandas holds as 1.0 is '1'."""
    codes, values = pd.factorize(column)
    names = [str(int(value)) if isinstance(value, float) and value.is_integer() else str(value) for value in values]
    return pd.Series(np.array([*names, None], dtype=object)[codes])  # code -1, a missing state, finds the last


def _require(frame: pd.DataFrame, *columns: str) -> None:
    once_each(frame)
    absent = [name for name in columns if name not in frame]
    if absent:
        what = f"there is no column '{absent[0]}' in the frame"
        raise EstimateError(Problem("E120", what, fix=f"use one of: {', '.join(map(str, frame))}"))


def _check(history: StateHistory, names: dict[str, str]) -> None:
    """Refuse spells that nobody can have lived."""
    start, stop, target = (names[key] for key in ("start", "stop", "target"))
    same = history.person[1:] == history.person[:-1]
    gap = history.start[1:] - history.stop[:-1]
    ended = np.where(history.target[:-1] >= 0, history.target[:-1], history.origin[:-1])
    faults = {
        f"{names['person']} is missing": history.person < 0,
        f"{start} or {stop} is missing or infinite": ~np.isfinite(history.start) | ~np.isfinite(history.stop),
        f"{start} is not before {stop}": history.start >= history.stop,
        "the state of the spell is missing or not in states": history.origin < 0,
        f"{target} is not in states": history.data[target].notna().to_numpy() & (history.target < 0),
        "the spell ends in the state it was in": history.target == history.origin,
        "the spell begins before the person's last one ends": same & (gap < 0),
        "the spell is in another state than the one the person was last in": same & (history.origin[1:] != ended),
    }
    problems = [
        Problem("E153", f"{int(bad.sum())} of {len(history)} spells cannot be used", detail=what, fix=_SET_ASIDE)
        for what, bad in faults.items()
        if bad.any()
    ]
    if problems:
        raise EstimateError(*problems)
