"""Forget a person who withdraws: leave them out of this run and every later one, and prove it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from evaltools import pipeline
from evaltools.clean.named_elsewhere import LEAST_SEARCHED
from evaltools.clean.pseudonymise import hasher
from evaltools.clean.read_forgotten import FORGOTTEN, add_forgotten, read_forgotten
from evaltools.clean.withdraw_people import WITHDRAWN, participant_pseudonyms, scope_of
from evaltools.decisions import current_questions, forget_questions
from evaltools.domain.links import linked_groups
from evaltools.errors import Problem, UsageError
from evaltools.provenance import study_schema
from evaltools.schema.read_layouts import read_layouts
from evaltools.study import Study, pseudonym_key
from evaltools.verbs.find_traces import find_traces

__all__ = ["Forgotten", "forget"]

_STAGES = ("1_prepared", "2_estimated", "3_released", "4_reports")


@dataclass(frozen=True)
class Forgotten:
    """What was done. It names no person.

    people: how many pseudonyms, those linked to the person with them. rows: records of all who withdrew, by raw file.
    traces: files of build/ and decisions/ that still hold the person.
    unsearched: how many identifiers are too short to be searched for, so that only their pseudonyms were.
    questions: how many were taken out of the decision sheet.
    """

    people: int
    rows: dict[str, int]
    traces: tuple[str, ...]
    unsearched: int
    questions: int


def forget(
    study: Study,
    identifiers: Sequence[str] = (),
    pseudonyms: Sequence[str] = (),
    site: str = "",
    tell: Callable[[str], None] = lambda words: None,
) -> Forgotten:
    """Remove people from everything under build/, now and in every later run.

    The pseudonyms go to decisions/forgotten.csv, with those of people who are linked to them; all that was made from the
    study's files is deleted and, as far as it had been made, made again without them; questions and answers about them
    leave the decision sheet; then every file under build/ and decisions/ is searched. Workbooks to send back are made anew
    by `check`. Raw files are not touched: only the provider can remove the person there.

    Parameters
    ----------
    identifiers
        As the provider writes them. site: whose they are, where two sites use the same.
    pseudonyms
        As in the prepared tables.

    Raises
    ------
    UsageError
        U123 nobody bears an identifier or pseudonym, U124 two sites know the identifier.
    """
    pipeline.prepare(study, tell)
    people = pd.read_parquet(study.build / "private" / "people.parquet", columns=["participant_id"])
    wanted = _wanted(study, people, identifiers, pseudonyms, site)
    every = _with_linked(study.build / "1_prepared", wanted)
    asked = current_questions(study)
    made = [name for name in _STAGES if (study.build / name).is_dir()]
    tell("leaving the person out of later runs")
    add_forgotten(study.folder / "decisions", every)
    tell("deleting what was made from the study's files")
    shutil.rmtree(study.build)
    pipeline.prepare(study, tell)
    quarantine = pd.read_parquet(study.build / "private" / "quarantine.parquet", columns=["code", "file", "sheet", "row"])
    theirs = quarantine[quarantine["code"] == WITHDRAWN]
    searched = [text.strip() for text in identifiers if len(text.strip()) >= LEAST_SEARCHED]
    words = [*every, *searched]
    gone = read_forgotten(study.folder / "decisions")
    questions = forget_questions(study, asked, [*sorted(gone), *searched], theirs)
    _again(study, made, tell)
    tell("searching every file")
    traces = [f"build/{name}" for name in find_traces(study.build.parent, words)]
    decisions = study.folder / "decisions"
    traces += [f"decisions/{name}" for name in find_traces(decisions, words) if name != FORGOTTEN]
    rows = {str(file): int(count) for file, count in theirs.groupby("file").size().items()}
    return Forgotten(len(every), rows, tuple(traces), len(identifiers) - len(searched), questions)


def _wanted(
    study: Study, people: pd.DataFrame, identifiers: Sequence[str], pseudonyms: Sequence[str], site: str
) -> list[str]:
    known = {*people["participant_id"].dropna(), *read_forgotten(study.folder / "decisions")}
    found, nobody = [text for text in pseudonyms if text in known], [text for text in pseudonyms if text not in known]
    scopes = _scopes(study, site)
    pseudonym = hasher(pseudonym_key(study))
    for identifier in identifiers:
        read = {scope: participant_pseudonyms([identifier], scope, pseudonym)[0] for scope in scopes}
        here = {scope: value for scope, value in read.items() if value in known}
        if len(here) > 1:
            what, fix = "two sites use this identifier, perhaps for two people", f"add --site: {', '.join(sorted(here))}"
            raise UsageError(Problem("U124", what, study.folder.name, fix=fix))
        found += here.values()
        nobody += [] if here else [identifier]
    if nobody or not found:
        what = f"nobody in this study bears {len(nobody) or 'any'} of the identifiers"
        fix = "check the identifier (capitals and leading zeros count) and the site; nothing was changed"
        raise UsageError(Problem("U123", what, study.folder.name, fix=fix))
    return found


def _scopes(study: Study, site: str) -> list[str]:
    """Give whose identifiers there are: each layout's site, or its files where it serves several sites."""
    layouts = read_layouts(study.folder / "sites", study_schema(study))
    scopes = list(dict.fromkeys(map(scope_of, layouts)))
    several = {scope_of(layout) for layout in layouts if not layout.site}
    if site and site not in scopes and site not in {each.id for each in study.sites}:
        raise UsageError(
            Problem("U105", f"there is no site '{site}'", study.folder.name, fix=f"sites are: {', '.join(scopes)}")
        )
    return [scope for scope in scopes if not site or scope == site or scope in several]


def _with_linked(prepared: Path, wanted: Sequence[str]) -> list[str]:
    """Add the people who are linked to them: a person withdraws as a whole."""
    path = prepared / "links.parquet"
    if not path.is_file():
        return sorted(set(wanted))
    links = pd.read_parquet(path)
    groups = linked_groups(links[links["status"] == "linked"])
    hit = groups.loc[groups["participant_id"].isin(wanted), "linked_id"]
    return sorted({*wanted, *groups.loc[groups["linked_id"].isin(hit), "participant_id"]})


def _again(study: Study, made: Sequence[str], tell: Callable[[str], None]) -> None:
    """Make again what had been made before."""
    if "4_reports" in made:
        pipeline.report(study, tell=tell)
    elif "3_released" in made:
        pipeline.release(study, tell)
    elif "2_estimated" in made:
        pipeline.estimate(study, tell)
    else:
        pipeline.prepare(study, tell)
