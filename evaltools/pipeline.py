"""The order, and nothing else: raw -> 1_prepared -> 2_estimated -> 3_released -> reports. Reads like a recipe."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from evaltools import store
from evaltools.clean.count_fields import count_fields
from evaltools.clean.refuse_must_fix import refuse_must_fix
from evaltools.decisions import answers_hash
from evaltools.derive.apply_links import apply_links
from evaltools.derive.families import derive_families
from evaltools.derive.find_doubts import find_doubts
from evaltools.derive.outcomes import derive_all
from evaltools.domain.harmonised import Harmonised
from evaltools.domain.release import Release
from evaltools.domain.results import Results, combine
from evaltools.estimate.bounds import bounds
from evaltools.estimate.counts import estimate_counts
from evaltools.estimate.data_quality import data_quality
from evaltools.estimate.data_used import count_faults, data_used
from evaltools.estimate.families import estimate_families
from evaltools.estimate.harmonisation_status import harmonisation_status
from evaltools.estimate.homogeneity import homogeneity
from evaltools.estimate.people import estimate_people
from evaltools.estimate.people_reliance import judge_reliance
from evaltools.estimate.productivity import rate_limits
from evaltools.estimate.proportion import wilson_limits
from evaltools.intake import harmonise_study, rejudge
from evaltools.pages import make_pages
from evaltools.provenance import raw_inputs, release_facts, stage_inputs, study_definitions, study_schema
from evaltools.release.other_statistics import Limits
from evaltools.release.profile import find_profile
from evaltools.release.protect import protect
from evaltools.schema.table import Schema
from evaltools.study import Study, read_study

__all__ = ["Checked", "Tell", "check", "estimate", "prepare", "release", "report", "run"]

Tell = Callable[[str], None]
"""Called with a few words at each step, for a progress display."""


def _silent(step: str) -> None: ...


def run(study: str | Path | Study, tell: Tell = _silent) -> Release:
    """Take a study from its provider files to its reports, doing again only what is stale, and give the release.

    study: a name under analyses/studies, the path of a study folder, or a study already read.
    """
    read = study if isinstance(study, Study) else read_study(study)
    report(read, tell=tell)
    return store.open_release(read.build / "3_released")


@dataclass(frozen=True)
class Checked:
    """What `check` found: one row a fault, one row a sheet of every file, and everything that cleaning returned."""

    findings: pd.DataFrame
    accounting: pd.DataFrame
    harmonised: Harmonised


def check(study: Study, tell: Tell = _silent) -> Checked:
    """Read and clean a study's raw files and say what is wrong with them; only the decision sheet is written."""
    done = harmonise_study(study, study_schema(study), tell)
    return Checked(done.findings, done.accounting, done)


def prepare(study: Study, tell: Tell = _silent, strict: bool = False) -> Path:
    """Turn provider files into canonical tables and outcomes; ledger and quarantine go to private/.

    strict: raise DataError when something must be fixed, after everything has been written.
    """
    folder = study.build / "1_prepared"
    inputs = raw_inputs(study) | {"decisions": answers_hash(study)}
    if not (store.is_current(folder, inputs) and (study.build / "private" / "ledger.parquet").is_file()):
        schema = study_schema(study)
        again = rejudge(study, schema, folder, inputs)
        tables = _prepared(study, schema, tell) if again is None else store.read_tables(folder)
        if again is not None:
            tell("judging by the new thresholds")
            store.write_private(study.build / "private", {"findings": again})
            tables["faults"] = count_faults(again)
        with store.stage(folder, inputs) as place:
            store.write_tables(place, tables)
    if strict:
        faults = store.read_tables(folder)["faults"]
        where = f"{study.folder.name}: 'evaltools check' names every file and cell"
        refuse_must_fix(faults, study_schema(study).checks, where)
    return folder


def _prepared(study: Study, schema: Schema, tell: Tell) -> dict[str, pd.DataFrame]:
    """Read and clean the raw files, write what is private, and give the tables of the stage."""
    done = harmonise_study(study, schema, tell)
    store.write_private(
        study.build / "private",
        {
            "ledger": done.ledger,
            "quarantine": done.quarantine,
            "findings": done.findings,
            "restatements": done.restatements,
            "people": done.people,
            "places": done.places,
            "spots": done.spots,
        },
    )
    tell("working out outcomes")
    fields = count_fields(done.tables, done.places, done.spots, done.findings, schema)
    tables = done.tables | {"accounting": done.accounting, "faults": count_faults(done.findings), "links": done.links}
    tables |= {"fields": fields}
    if study.study.kind == "records":
        doubts = find_doubts(done.quarantine, done.people, done.places, done.spots, done.tables)
        tables["doubts"] = doubts
        people = apply_links({**done.tables, "doubts": doubts}, done.links)
        cuts, cut = study.cuts, study.study.data_cut
        tables |= derive_all(people, study_definitions(study, schema), cuts, cut, study.contacts.open_means_seen)
        tables |= derive_families(people, tables["outcomes"], cuts, cut, study.families)
    return tables


def estimate(study: Study, tell: Tell = _silent) -> Path:
    """Turn prepared tables into tidy estimates."""
    source, folder = prepare(study, tell), study.build / "2_estimated"
    inputs = stage_inputs(source, study)
    if not store.is_current(folder, inputs):
        tell("estimating")
        tables = store.read_tables(source)
        about, schema = study.study, study_schema(study)
        if about.kind == "records":
            definitions, horizons, level = (
                study_definitions(study, schema),
                study.analysis.horizon_days,
                study.analysis.level,
            )
            people = estimate_people(tables["outcomes"], tables["milestones"], definitions, horizons, level, about.data_cut)
            more = estimate_families(tables, definitions, horizons, level, about.data_cut, study.families)
            results = judge_reliance(combine([people, more]))
        else:
            results = estimate_counts(
                tables,
                study.outcomes,
                study.decomposition,
                programme_sites=study.programme.sites,
                level=study.analysis.level,
                data_cut=about.data_cut,
            )
        with store.stage(folder, inputs) as place:
            store.write_results(place, combine([results, Results(counts=data_used(tables)), _quality(study, tables)]))
    return folder


def _quality(study: Study, tables: dict[str, pd.DataFrame]) -> Results:
    """Count the quality of the data, and judge which fields each site can give."""
    if study.study.kind != "records":
        return Results()
    limits = study.checks
    counts = data_quality(tables, limits.heaping_weeks, limits.heaping_hours, limits.heaping_days, limits.heaping_width)
    return Results(counts=counts, checks=harmonisation_status(tables["fields"]))


def release(study: Study, tell: Tell = _silent, profile: str = "") -> Path:
    """Turn estimates into released numbers: the only door to reports."""
    source, folder = estimate(study, tell), study.build / "3_released"
    rule = find_profile(profile or study.release.profile, public=bool(study.study.public_key))
    inputs = stage_inputs(source, study) | {"profile": rule.id}
    if not store.is_current(folder, inputs):
        tell("protecting what is released")
        results = protect(store.read_results(source), rule, wilson_limits, homogeneity, Limits(bounds, rate_limits))
        with store.stage(folder, inputs) as place:
            store.write_release(
                place,
                Release(
                    results,
                    release_facts(study, store.read_tables(study.build / "1_prepared")["sites"], rule.id, rule.words),
                ),
            )
    return folder


def report(study: Study, only: Iterable[str] = (), to: Iterable[str] = ("html",), tell: Tell = _silent) -> list[Path]:
    """Turn released numbers into pages, with everything stale done first.

    only: names of notebooks; all of the study file without it. to: formats beside html, which is always made: 'pdf'.
    """
    return make_pages(study, release(study, tell), only, to, tell)
