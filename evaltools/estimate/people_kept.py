"""Work kept: of whom, by which rule, and by what evidence; with what is not known kept apart from what did not happen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from evaltools.domain.alternative import also
from evaltools.domain.definition import Definition
from evaltools.domain.reliance import HEADLINE_IS_THE_RANGE
from evaltools.estimate.bounds import bounds
from evaltools.estimate.share_rows import share_row
from evaltools.estimate.tipping_point import DELTAS, tipping_point

__all__ = ["HEADLINE_IS_THE_RANGE", "evidence_rows", "kept_rows"]

_OPEN = ["not yet", "unknown"]
_GRADES = ("verified", "recorded", "self", "none")


def kept_rows(
    milestones: pd.DataFrame, people: pd.DataFrame, definition: Definition, level: float
) -> Iterator[dict[str, Any]]:
    """Give every reading of work kept at each milestone, of one group.

    milestones: from derive/milestones.py. people: those in the job-start denominator. Yields rows of `estimates`; shares
    without value. First the share of those followed whose outcome is known, then the worst and best case, then all
    starters; then, as further readings: of the job-start denominator, any spell, reported and validated work, evidence by
    grade, the bounds of all starters and of those only whose follow-up ended, Imbens-Manski intervals, and the shares under
    assumptions about the lost.
    """
    for weeks, judged in milestones.groupby("weeks"):
        horizon = {"horizon": 7 * int(str(weeks))}
        followed = judged[judged["followed"]]
        name = f"job starters followed for {definition.weeks_to_follow(int(str(weeks)))} weeks"
        rows = [*_main(judged, followed, name, definition), *_readings(judged, followed, people, name, definition.scope)]
        rows += [
            _lost_contact(followed, name),
            *_evidence(followed, name),
            *_lost(judged, followed, name, int(str(weeks)), definition, level),
        ]
        yield from (row | horizon for row in rows)


def evidence_rows(grades: pd.Series, name: str) -> Iterator[dict[str, Any]]:
    """Give how many of some people have evidence of each grade, best first; nothing where no evidence is kept.

    grades: best grade of each person, missing where a study keeps none. name: those people, in words.
    """
    if grades.notna().any():
        for grade in _GRADES:
            held = int((grades == grade).sum())
            yield share_row("evidence", held, len(grades), 0, name, "job start", term=also(grade))


def _main(judged: pd.DataFrame, followed: pd.DataFrame, name: str, definition: Definition) -> Iterator[dict[str, Any]]:
    kept, lost = _yes(followed), _open(followed)
    limit = definition.loss_limit
    heavy = len(followed) > 0 and int((followed["state"] == "unknown").sum()) / len(followed) > limit
    note = HEADLINE_IS_THE_RANGE if heavy else pd.NA
    yield share_row(
        *("sustained", kept, len(followed) - lost, lost, f"{name} whose outcome is known", "job start"), note=note
    )
    yield _bounds(kept, len(followed), lost, name, note=note)
    yield share_row(
        *("sustained", _yes(judged), len(judged), _open(judged), "all job starters", "job start"),
        term="all starters",
        note="people not yet followed that long, or out of contact, are in the denominator only",
    )


def _bounds(kept: int, whole: int, unknown: int, name: str, **more: Any) -> dict[str, Any]:
    method = "nobody out of contact kept work; everybody did"
    return share_row(
        *("sustained", kept, whole, unknown, name, "job start"), statistic="bounds", ci_method=pd.NA, method=method, **more
    )


def _lost_contact(followed: pd.DataFrame, name: str) -> dict[str, Any]:
    gone = int((followed["state"] == "unknown").sum())
    return share_row("lost_contact", gone, len(followed), 0, name, "job start", term=also("before the milestone"))


def _readings(
    judged: pd.DataFrame, followed: pd.DataFrame, people: pd.DataFrame, name: str, scope: str
) -> Iterator[dict[str, Any]]:
    doubtful = int((people["started"] == "unknown").sum())
    waiting = _open(judged) + doubtful
    yield share_row(
        *("sustained", _yes(judged), len(people), waiting, scope, "engagement"),
        term=also("of the job-start denominator"),
        note="people not yet followed that long, or out of contact, are in the denominator only",
    )
    best = followed["best_state"]
    unsure = int(best.isin(_OPEN).sum())
    yield share_row(
        *("sustained", int((best == "yes").sum()), len(followed) - unsure, unsure),
        *(f"{name} whose outcome in any spell is known", "job start"),
        term=also("any spell"),
    )
    spells, kept, unseen = (int(judged[f"spells_{which}"].sum()) for which in ("followed", "kept", "open"))
    if judged["spells_followed"].notna().any():
        yield share_row(
            *("sustained", kept, spells - unseen, unseen),
            *(f"employment spells {name.removeprefix('job starters ')} whose outcome is known", "job start"),
            term=also("employment spells"),
            unit="job",
            method="share of spells",
        )
    yield _bounds(_yes(judged), len(judged), _open(judged), "all job starters", term=also("all starters"))
    administrative = int((judged["open_because"] == "data cut").sum())
    yield _bounds(
        *(_yes(judged), len(judged), administrative, "all job starters"),
        term=also("all starters, follow-up ended"),
        note="only those still in contact when follow-up ended may have kept work",
    )


def _evidence(followed: pd.DataFrame, name: str) -> Iterator[dict[str, Any]]:
    """Give reported and validated work, and the grades of evidence; nothing where the study keeps no evidence."""
    if followed["evidence"].isna().all():
        return
    yes, unknown = followed["state"] == "yes", _open(followed)
    verified = yes & (followed["evidence"] == "verified")
    for reading, kept in (("reported", yes), ("validated", verified)):
        yield share_row(
            *("sustained", int(kept.sum()), len(followed), unknown, name, "job start"),
            term=also(reading),
            note="work that is not shown to have been kept is in the denominator only",
        )
    yield from evidence_rows(followed["evidence"], name)


def _lost(
    judged: pd.DataFrame, followed: pd.DataFrame, name: str, weeks: int, definition: Definition, level: float
) -> Iterator[dict[str, Any]]:
    targets = dict(zip(definition.sustained_weeks, definition.targets, strict=False))
    for frame, whom, reading in ((followed, name, "followed"), (judged, "all job starters", "all starters")):
        if len(frame):
            found = bounds(_yes(frame), len(frame), _open(frame), level)
            yield _bounds(_yes(frame), len(frame), _open(frame), whom) | {
                "statistic": "bounds_interval",
                "term": also(reading),
                "lower": found.lower,
                "upper": found.upper,
                "ci_method": found.ci_method,
            }
            yield from _shifted(frame, whom, reading, targets.get(weeks))


def _shifted(frame: pd.DataFrame, name: str, reading: str, target: float | None) -> Iterator[dict[str, Any]]:
    """Give the share of all if the odds of the unknown differ from the known's, and the difference that meets the target."""
    kept, unknown = _yes(frame), _open(frame)
    if unknown == len(frame):
        return
    found = tipping_point(kept, len(frame) - unknown, unknown, 0.5 if target is None else target, DELTAS)
    shared = _bounds(kept, len(frame), unknown, name) | {"method": found.method}
    for row in found.table.to_dict("records"):
        term = also(f"delta {row['delta']:g}, {reading}")
        yield shared | {"statistic": "delta_adjusted", "term": term, "value": row["share"]}
    if target is not None:
        delta = float("nan") if found.delta is None else found.delta
        note = f"{found.verdict} {found.reason}".strip()
        term = also(f"target {target:g}, {reading}")
        yield shared | {"statistic": "tipping_point", "term": term, "value": delta, "note": note}


def _yes(frame: pd.DataFrame) -> int:
    return int((frame["state"] == "yes").sum())


def _open(frame: pd.DataFrame) -> int:
    return int(frame["state"].isin(_OPEN).sum())
