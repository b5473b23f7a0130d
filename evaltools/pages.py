"""The pages of a study: which notebooks, which of them are stale, HTML and PDF, and the index of all pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from evaltools import store
from evaltools.errors import Problem, StudyError
from evaltools.provenance import stage_inputs
from evaltools.study import Study

__all__ = ["find_notebook", "make_pages", "write_index"]


def make_pages(
    study: Study, source: Path, only: Iterable[str], to: Iterable[str], tell: Callable[[str], None]
) -> list[Path]:
    """Render what is stale from a `3_released` folder, and give the paths of all pages.

    only: names of notebooks; all of the study file without it. to: formats beside html, which is always made: 'pdf'.
    """
    released = store.open_release(source)
    pages = []
    for name in only or study.report.notebooks:
        notebook = find_notebook(study, name)
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


def find_notebook(study: Study, name: str) -> Path:
    """Find a notebook of a study or a shipped one. Raises StudyError (S109) for a name that is neither."""
    for path in (study.folder / f"{name}.ipynb", store.shipped("analyses", f"{name}.ipynb")):
        if path.is_file():
            return path
    place = f"{study.folder.name}/study.toml, [report] notebooks"
    raise StudyError(Problem("S109", f"there is no notebook '{name}'", place, fix="use 'overview', or add the notebook"))


def _pdf(study: Study, page: Path, tell: Callable[[str], None]) -> Path:
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
