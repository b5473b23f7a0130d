"""The order, and nothing else: raw -> 1_prepared -> 2_estimated -> 3_released -> reports. Reads like a recipe."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from evaltools import store
from evaltools.clean.harmonise import harmonise
from evaltools.clean.read_package import read_package
from evaltools.clean.refuse_must_fix import refuse_must_fix
from evaltools.derive.outcomes import derive_all
from evaltools.domain.harmonised import Harmonised
from evaltools.domain.release import Release
from evaltools.domain.results import Results, combine
from evaltools.errors import LayoutError, Problem, StudyError
from evaltools.estimate.counts import estimate_counts
from evaltools.estimate.data_used import count_faults, data_used
from evaltools.estimate.homogeneity import homogeneity
from evaltools.estimate.people import estimate_people
from evaltools.estimate.proportion import wilson_limits
from evaltools.provenance import raw_inputs, release_facts, stage_inputs, study_definitions, study_schema
from evaltools.release.profile import find_profile
from evaltools.release.protect import protect
from evaltools.schema.read_layouts import read_layouts
from evaltools.schema.table import Schema
from evaltools.study import Study, pseudonym_key, read_study

__all__ = ["Checked", "Tell", "check", "estimate", "fetch_raw", "prepare", "release", "report", "run", "write_index"]

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
    """What `check` found: one row a fault, and one row a sheet of every file."""

    findings: pd.DataFrame
    accounting: pd.DataFrame


def check(study: Study, tell: Tell = _silent) -> Checked:
    """Read and clean a study's raw files and say what is wrong with them; writes nothing."""
    done = _harmonised(study, study_schema(study), tell)
    return Checked(done.findings, done.accounting)


def prepare(study: Study, tell: Tell = _silent, strict: bool = False) -> Path:
    """Turn provider files into canonical tables and outcomes; ledger and quarantine go to private/.

    strict: raise DataError when something must be fixed, after everything has been written.
    """
    folder = study.build / "1_prepared"
    inputs = raw_inputs(study)
    if not (store.is_current(folder, inputs) and (study.build / "private" / "ledger.parquet").is_file()):
        schema = study_schema(study)
        done = _harmonised(study, schema, tell)
        store.write_private(
            study.build / "private", {"ledger": done.ledger, "quarantine": done.quarantine, "findings": done.findings}
        )
        tell("working out outcomes")
        tables = done.tables | {"accounting": done.accounting, "faults": count_faults(done.findings)}
        if study.study.kind == "records":
            tables |= derive_all(done.tables, study_definitions(study, schema), study.cuts, study.study.data_cut)
        with store.stage(folder, inputs) as place:
            store.write_tables(place, tables)
    if strict:
        faults = store.read_tables(folder)["faults"]
        where = f"{study.folder.name}: 'evaltools check' names every file and cell"
        refuse_must_fix(faults, study_schema(study).checks, where)
    return folder


def estimate(study: Study, tell: Tell = _silent) -> Path:
    """Turn prepared tables into tidy estimates."""
    source, folder = prepare(study, tell), study.build / "2_estimated"
    inputs = stage_inputs(source, study)
    if not store.is_current(folder, inputs):
        tell("estimating")
        tables = store.read_tables(source)
        about, schema = study.study, study_schema(study)
        if about.kind == "records":
            results = estimate_people(
                tables["outcomes"],
                tables["milestones"],
                study_definitions(study, schema),
                study.analysis.horizon_days,
                study.analysis.level,
                about.data_cut,
            )
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
            store.write_results(place, combine([results, Results(counts=data_used(tables))]))
    return folder


def release(study: Study, tell: Tell = _silent, profile: str = "") -> Path:
    """Turn estimates into released numbers: the only door to reports."""
    source, folder = estimate(study, tell), study.build / "3_released"
    rule = find_profile(profile or study.release.profile, public=bool(study.study.public_key))
    inputs = stage_inputs(source, study) | {"profile": rule.id}
    if not store.is_current(folder, inputs):
        tell("protecting what is released")
        results = protect(store.read_results(source), rule, wilson_limits, homogeneity)
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
    source = release(study, tell)
    released = store.open_release(source)
    pages = []
    for name in only or study.report.notebooks:
        notebook = _notebook(study, name)
        style = store.shipped("reports", "style")
        made = stage_inputs(source, study) | {"notebook": store.file_hash(notebook)} | store.files_hash(style)
        page = study.root / "reports" / study.folder.name / f"{name}.html"
        if store.read_page_inputs(study.build, page) != made:
            from evaltools.report.render import render  # seconds of imports, only when something is stale

            tell(f"rendering {name}")
            render(notebook, source, released, page.parent, style)
            store.write_page_inputs(study.build, page, made)
        pages.append(page)
        if "pdf" in to:
            pages.append(_pdf(study, page, tell))
    index = study.root / "reports" / "index.html"
    if not index.is_file() or index.stat().st_mtime < max(page.stat().st_mtime for page in pages):
        write_index(study.root)
    return pages


def _notebook(study: Study, name: str) -> Path:
    for path in (study.folder / f"{name}.ipynb", store.shipped("analyses", f"{name}.ipynb")):
        if path.is_file():
            return path
    place = f"{study.folder.name}/study.toml, [report] notebooks"
    raise StudyError(Problem("S109", f"there is no notebook '{name}'", place, fix="use 'overview', or add the notebook"))


def _pdf(study: Study, page: Path, tell: Tell) -> Path:
    path, made = page.with_suffix(".pdf"), {"page": store.file_hash(page)}
    if store.read_page_inputs(study.build, path) != made:
        from evaltools.report.pdf import pdf_bytes

        tell(f"writing {path.name}")
        store.write_bytes(path, pdf_bytes(page.read_text(encoding="utf-8")))
        store.write_page_inputs(study.build, path, made)
    return path


def write_index(root: Path) -> Path:
    """Write reports/index.html: every page that was rendered."""
    from evaltools.report.index import Entry, index_page

    entries = []
    for folder in sorted((root / "build").glob("*/3_released")):
        pages = sorted(path.name for path in (root / "reports" / folder.parent.name).glob("*.*"))
        if pages and (folder / "manifest.json").is_file():
            entries.append(Entry(folder.parent.name, store.open_release(folder).meta, tuple(pages)))
    path = root / "reports" / "index.html"
    css = store.shipped("reports", "style", "evaltools.css").read_text("utf-8")
    store.write_text(path, index_page(entries, css))
    return path


def _harmonised(study: Study, schema: Schema, tell: Tell) -> Harmonised:
    layouts = read_layouts(study.folder / "sites", schema)
    files = sorted(p for p in study.raw.rglob("*") if (p.is_file() or p.is_symlink()) and not p.name.startswith((".", "~$")))
    _need_input(study, bool(files), bool(layouts))
    return harmonise(
        files,
        study.raw,
        layouts,
        schema,
        pseudonym_key(study),
        study.study.data_cut,
        study.site_table(schema.tables["sites"]),
        tell,
    )


def _need_input(study: Study, files: bool, layouts: bool) -> None:
    """Refuse what cannot come to anything before the first file is read."""
    find_profile(study.release.profile, public=bool(study.study.public_key))
    study_definitions(study, study_schema(study))
    for name in study.report.notebooks:
        _notebook(study, name)
    if not files:
        fix = "put the providers' files there, as they were sent"
        raise StudyError(Problem("S112", "the study has no provider files", f"{study.folder.name}/raw", fix=fix))
    if not layouts:
        fix = "add one YAML file for each provider; analyses/studies/demo/sites shows the form"
        raise LayoutError(Problem("L207", "the study has no site layouts", f"{study.folder.name}/sites", fix=fix))


def fetch_raw(study: Study) -> bool:
    """Write raw files that an installed package holds. False where the package is missing: the study is then skipped."""
    source = study.raw_from
    if source is None or (study.raw / source.file).is_file():
        return True
    content = read_package(source.package, source.vendor, source.item)
    if content is not None:
        store.write_bytes(study.raw / source.file, content)
    return content is not None
